// Which windows there are, and their targets, follows Keras' own tests and formulas.
#include "antler/data/timeseries_dataset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tests/data/files.h"

namespace antler::utils {
namespace {

using antler::testing::error_text;
using Numbers = std::vector<std::int64_t>;

Tensor counting(std::int64_t n, std::int64_t factor = 1) {
  Numbers numbers(static_cast<std::size_t>(n));
  for (std::int64_t i = 0; i < n; ++i) numbers[static_cast<std::size_t>(i)] = i * factor;
  return Tensor::from(numbers);
}

struct Window {
  Numbers x;
  std::int64_t y = -1;
};

std::vector<Window> windows(const Dataset& dataset) {
  std::vector<Window> out;
  BatchReader reader(dataset);
  Batch batch;
  for (reader.start(0); reader.next(batch);) {
    for (std::int64_t i = 0; i < batch.size; ++i) {
      const Tensor x = batch.x[0][i].astype(DType::int64);
      const auto values = x.data<std::int64_t>();
      out.push_back({{values.begin(), values.end()},
                     batch.y.empty() ? -1 : batch.y[0].item<std::int64_t>(i)});
    }
  }
  return out;
}

TEST(TimeseriesDataset, PairsEachWindowWithTheTargetOfItsStart) {
  const Dataset dataset =
      timeseries_dataset_from_array(counting(100), counting(100, 2), 9, {.batch_size = 5});
  EXPECT_EQ(dataset.example_count(), 92);
  EXPECT_EQ(dataset.batch_count(), 19);
  const std::vector<Window> all = windows(dataset);
  for (std::int64_t i = 0; i < 92; ++i) {
    const Window& window = all[static_cast<std::size_t>(i)];
    ASSERT_EQ(window.x.size(), 9U);
    for (std::int64_t j = 0; j < 9; ++j) EXPECT_EQ(window.x[static_cast<std::size_t>(j)], i + j);
    EXPECT_EQ(window.y, 2 * i);
  }
}

TEST(TimeseriesDataset, FewerTargetsAreFewerWindows) {
  const std::vector<Window> all =
      windows(timeseries_dataset_from_array(counting(20), counting(5), 3));
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all.back().x, (Numbers{4, 5, 6}));
  EXPECT_EQ(windows(timeseries_dataset_from_array(counting(20), {}, 3)).size(), 18U);
}

TEST(TimeseriesDataset, StridesAndSamples) {
  const std::vector<Window> all = windows(timeseries_dataset_from_array(
      counting(100), counting(100), 9, {.sequence_stride = 3, .sampling_rate = 2}));
  EXPECT_EQ(all.size(), 28U);  // starts 0, 3, ..., 81 of 100 - 8 * 2 = 84
  EXPECT_EQ(all[1].x, (Numbers{3, 5, 7, 9, 11, 13, 15, 17, 19}));
  EXPECT_EQ(all.back().y, 81);
}

TEST(TimeseriesDataset, KeepsBetweenStartAndEnd) {
  const std::vector<Window> all = windows(timeseries_dataset_from_array(
      counting(100), counting(100), 9, {.start_index = 10, .end_index = 90}));
  EXPECT_EQ(all.size(), 72U);
  EXPECT_EQ(all.front().x.front(), 10);
  EXPECT_EQ(all.front().y, 10);
  EXPECT_EQ(all.back().x.back(), 89);
}

TEST(TimeseriesDataset, KeepsFeaturesAndTypes) {
  Tensor data = Tensor::zeros({6, 2});
  for (std::size_t i = 0; i < 12; ++i) data.mutable_data<float>()[i] = static_cast<float>(i);
  const Dataset dataset =
      timeseries_dataset_from_array(data, {}, 2, {.sampling_rate = 2, .batch_size = 3});
  BatchReader reader(dataset);
  Batch batch;
  reader.start(0);
  ASSERT_TRUE(reader.next(batch));
  EXPECT_EQ(batch.x[0].shape(), (Shape{3, 2, 2}));
  EXPECT_TRUE(batch.y.empty());
  EXPECT_TRUE(identical(batch.x[0][1], Tensor{{2, 3}, {6, 7}}));
}

TEST(TimeseriesDataset, LargeBatchesAreTheSameInThreads) {
  const Dataset dataset =
      timeseries_dataset_from_array(counting(5000), {}, 1000, {.batch_size = 512});
  const std::vector<Window> all = windows(dataset);
  ASSERT_EQ(all.size(), 4001U);
  for (std::size_t i = 0; i < all.size(); ++i) {
    ASSERT_EQ(all[i].x.front(), static_cast<std::int64_t>(i));
    ASSERT_EQ(all[i].x.back(), static_cast<std::int64_t>(i) + 999);
  }
}

TEST(TimeseriesDataset, ShufflesBySeedAndSplits) {
  const TimeseriesDatasetOptions options = {.shuffle = true, .seed = 2};
  const Dataset dataset = timeseries_dataset_from_array(counting(50), counting(50), 4, options);
  std::vector<Window> all = windows(dataset);
  Numbers targets;
  for (const Window& window : all) {
    EXPECT_EQ(window.x, (Numbers{window.y, window.y + 1, window.y + 2, window.y + 3}));
    targets.push_back(window.y);
  }
  EXPECT_FALSE(std::is_sorted(targets.begin(), targets.end()));
  std::sort(targets.begin(), targets.end());
  EXPECT_EQ(targets.size(), 47U);
  EXPECT_EQ(targets.back(), 46);
  const Dataset plain = timeseries_dataset_from_array(counting(50), counting(50), 4);
  EXPECT_EQ(windows(plain.skip(40).prefetch()).front().y, 40);
}

TEST(TimeseriesDataset, NamesWhatDoesNotFit) {
  const auto error = [](std::int64_t length, const TimeseriesDatasetOptions& options,
                        std::int64_t targets = 0) {
    return error_text<ValueError>(
        [&] { timeseries_dataset_from_array(counting(10), counting(targets), length, options); });
  };
  const std::string start = "timeseries_dataset_from_array: expected ";
  EXPECT_EQ(error(0, {}),
            start + "a sequence_length of at least 1 and at most the 10 rows of data, got 0");
  EXPECT_EQ(error(2, {.start_index = -1}),
            start + "start_index of at least 0 and below the 10 rows of data, got -1");
  EXPECT_EQ(error(2, {.end_index = 10}),
            start + "end_index above start_index (0) and below the 10 rows of data, got 10");
  EXPECT_EQ(error(2, {.sampling_rate = 0}),
            start + "sampling_rate of at least 1 and below the 10 rows of data, got 0");
  EXPECT_EQ(error(2, {.sequence_stride = 10}),
            start + "sequence_stride of at least 1 and below the 10 rows of data, got 10");
  EXPECT_EQ(error(6, {.sampling_rate = 2}),
            start + "at least 11 rows of data for one window, got 10");
  EXPECT_EQ(error(2, {.start_index = 5}, 6),
            start +
                "a target for the window that starts at row 8, got 6 targets; they are counted "
                "from row 0 of data, as the windows are");
  EXPECT_EQ(error_text<TypeError>([] {
              timeseries_dataset_from_array(Tensor::strings({"a", "b"}), {}, 1);
            }),
            start + "numbers, got strings");
}

}  // namespace
}  // namespace antler::utils
