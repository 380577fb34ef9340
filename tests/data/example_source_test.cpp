#include "antler/data/example_source.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "antler/data/py_dataset.h"
#include "tests/data/files.h"

namespace antler {
namespace {

using testing::error_text;
using Numbers = std::vector<std::int64_t>;

// Example i is the number 10 i; counts what it is asked for.
struct Tens : ExampleSource {
  explicit Tens(std::int64_t n) : n(n) {}
  std::int64_t size() const override { return n; }
  void gather(const Wanted& wanted, Batch& batch) override {
    gathered += batch.size;
    batch.x.resize(1);
    make_room(DType::int64, {}, wanted.capacity, batch.x[0]);
    const auto x = batch.x[0].mutable_data<std::int64_t>();
    for (std::size_t i = 0; i < wanted.examples.size(); ++i) x[i] = 10 * wanted.examples[i];
  }
  void on_epoch_end() override { ++epochs; }

  std::int64_t n;
  std::int64_t gathered = 0;
  int epochs = 0;
};

// Batch i holds i + 1 examples, all of them i.
struct Growing : utils::PyDataset {
  std::int64_t batch_count() const override { return 4; }
  Batch batch(std::int64_t index) override {
    const Tensor x = Tensor::full({index + 1}, static_cast<double>(index), DType::int64);
    return {.x = {x}, .y = {x}};
  }
  void on_epoch_end() override { ++epochs; }
  int epochs = 0;
};

std::vector<Numbers> epoch(BatchReader& reader, std::uint64_t step = 0) {
  std::vector<Numbers> batches;
  Batch batch;
  for (reader.start(step); reader.next(batch);) {
    Numbers rows;
    for (std::int64_t i = 0; i < batch.size; ++i) rows.push_back(batch.x[0].item<std::int64_t>(i));
    batches.push_back(rows);
  }
  return batches;
}
std::vector<Numbers> epoch(const Dataset& dataset, std::uint64_t step = 0) {
  BatchReader reader(dataset);
  return epoch(reader, step);
}

TEST(ExampleSource, IsBatchedChosenAndShuffledLikeTensors) {
  const auto source = std::make_shared<Tens>(7);
  const Dataset dataset = Dataset::from_source(source).batch(3);
  EXPECT_EQ(epoch(dataset), (std::vector<Numbers>{{0, 10, 20}, {30, 40, 50}, {60}}));
  EXPECT_EQ(source->gathered, 7);
  EXPECT_EQ(dataset.example_count(), 7);
  EXPECT_EQ(dataset.batch_count(), 3);
  EXPECT_EQ(epoch(dataset.skip(2).take(4)), (std::vector<Numbers>{{20, 30, 40}, {50}}));
  const auto [first, second] = dataset.split(0.5);
  EXPECT_EQ(epoch(second.prefetch()), (std::vector<Numbers>{{30, 40, 50}, {60}}));
  std::vector<Numbers> shuffled = {{}, {}, {}};
  const Numbers order = shuffled_order(7, 5, 2);
  for (std::size_t i = 0; i < order.size(); ++i) shuffled[i / 3].push_back(10 * order[i]);
  EXPECT_EQ(epoch(dataset.shuffle(5), 2), shuffled);
  EXPECT_EQ(epoch(dataset.shuffle(5).prefetch(), 2), shuffled);
}

TEST(ExampleSource, HearsTheEndOfAnEpochOnce) {
  const auto source = std::make_shared<Tens>(3);
  BatchReader reader(Dataset::from_source(source).batch(3));
  Batch batch;
  reader.start(0);
  reader.next(batch);
  EXPECT_EQ(source->epochs, 0);
  EXPECT_FALSE(reader.next(batch));
  EXPECT_FALSE(reader.next(batch));
  EXPECT_EQ(source->epochs, 1);
  epoch(reader);
  EXPECT_EQ(source->epochs, 2);
}

TEST(ExampleSource, HasNoTensorsToShow) {
  const Dataset dataset = make_dataset<Tens>(3);
  EXPECT_FALSE(dataset.is_tensors());
  EXPECT_EQ(
      error_text<StateError>([&] { dataset.x(); }),
      "Dataset: x() needs rows of tensors in memory, and this dataset gathers its examples when "
      "they are wanted; read them with a BatchReader");
  EXPECT_EQ(error_text<ValueError>([] { make_dataset<Tens>(0); }),
            "Dataset: expected a source of at least 1 example, got 0");
  EXPECT_EQ(error_text<ValueError>([] { Dataset::from_source(nullptr); }),
            "Dataset: expected a source, got an empty pointer");
}

TEST(ExampleSource, SelectsByNumber) {
  const Dataset dataset = make_dataset<Tens>(7).batch(3);
  const Dataset some = dataset.skip(1).select({5, 0, 0, 2});
  EXPECT_EQ(epoch(some), (std::vector<Numbers>{{60, 10, 10}, {30}}));
  EXPECT_EQ(some.example_count(), 4);
  EXPECT_EQ(epoch(some.skip(1).select({2, 1})), (std::vector<Numbers>{{30, 10}}));
  EXPECT_EQ(epoch(some.take(2)), (std::vector<Numbers>{{60, 10}}));
  Numbers shuffled = epoch(some.batch(4).shuffle(1))[0];
  std::sort(shuffled.begin(), shuffled.end());
  EXPECT_EQ(shuffled, (Numbers{10, 10, 30, 60}));
  EXPECT_EQ(epoch(make_dataset<Growing>().select({2, 0})), (std::vector<Numbers>{{2, 2, 2}, {0}}));
  EXPECT_EQ(error_text<ValueError>([&] { some.select({4}); }),
            "Dataset: expected to select examples in [0, 4), got 4");
  EXPECT_EQ(error_text<ValueError>([&] { some.select({}); }),
            "Dataset: expected to select at least 1 example, got none");
  EXPECT_EQ(error_text<StateError>([&] { some.shuffle(1).select({0}); }),
            "Dataset: select chooses examples by position, and this dataset is shuffled; call it "
            "before shuffle()");
  EXPECT_EQ(error_text<StateError>([&] {
              Dataset(Tensor{1, 2}).select({1}).y();
            }),
            "Dataset: y() needs rows of tensors in memory, and this dataset gathers its examples "
            "when they are wanted; read them with a BatchReader");
}

TEST(PyDataset, MakesItsOwnBatches) {
  const auto source = std::make_shared<Growing>();
  const Dataset dataset = Dataset::from_source(source);
  EXPECT_EQ(epoch(dataset), (std::vector<Numbers>{{0}, {1, 1}, {2, 2, 2}, {3, 3, 3, 3}}));
  EXPECT_EQ(source->epochs, 1);
  EXPECT_EQ(dataset.batch_count(), 4);
  EXPECT_EQ(dataset.example_count(), std::nullopt);
  EXPECT_EQ(epoch(dataset.skip(1).take(2)), (std::vector<Numbers>{{1, 1}, {2, 2, 2}}));
  EXPECT_EQ(dataset.take(3).batch_count(), 3);
  std::vector<Numbers> shuffled;
  for (const std::int64_t i : shuffled_order(4, 9, 1)) {
    shuffled.push_back(Numbers(static_cast<std::size_t>(i + 1), i));
  }
  EXPECT_EQ(epoch(dataset.shuffle(9), 1), shuffled);
  EXPECT_EQ(epoch(dataset.shuffle(9).prefetch(), 1), shuffled);
}

TEST(PyDataset, MistakesAreNamedWithTheirBatch) {
  struct WithoutX : utils::PyDataset {
    std::int64_t batch_count() const override { return 2; }
    Batch batch(std::int64_t index) override {
      if (index == 0) return {.x = {Tensor{1}}};
      return {};
    }
  };
  struct ShortTargets : utils::PyDataset {
    std::int64_t batch_count() const override { return 1; }
    Batch batch(std::int64_t) override { return {.x = {Tensor{1, 2}}, .y = {Tensor{1}}}; }
  };
  struct Nothing : Growing {
    std::int64_t batch_count() const override { return 0; }
  };
  EXPECT_EQ(error_text<ShapeError>([] { epoch(make_dataset<WithoutX>()); }),
            "Dataset: expected x in batch 1, got none");
  EXPECT_EQ(error_text<ShapeError>([] { epoch(make_dataset<ShortTargets>()); }),
            "Dataset: expected at least 2 rows in y of batch 0, got (1,)");
  EXPECT_EQ(error_text<ValueError>([] { make_dataset<Nothing>(); }),
            "Dataset: expected a source of at least 1 batch, got 0");
  EXPECT_EQ(error_text<StateError>([] { make_dataset<Growing>().batch(2); }),
            "Dataset: batch cannot cut anew what makes its own batches; change their size there");
}

}  // namespace
}  // namespace antler
