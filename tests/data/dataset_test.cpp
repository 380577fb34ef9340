#include "antler/data/dataset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "antler/data/rows.h"
#include "tests/data/files.h"

namespace antler {
namespace {

using testing::error_text;
using Order = std::vector<std::int64_t>;

Tensor counting(std::int64_t n) {
  std::vector<std::int64_t> values(static_cast<std::size_t>(n));
  std::iota(values.begin(), values.end(), 0);
  return Tensor::from(values);
}
// Row i is (10 i, 10 i + 1); the target is i; the weight i / 2.
Dataset examples(std::int64_t n) {
  Tensor x = Tensor::uninitialized(DType::int32, {n, 2});
  Tensor weight = Tensor::uninitialized(DType::float32, {n});
  for (std::int64_t i = 0; i < n; ++i) {
    const auto at = static_cast<std::size_t>(i);
    x.mutable_data<std::int32_t>()[2 * at] = static_cast<std::int32_t>(10 * i);
    x.mutable_data<std::int32_t>()[2 * at + 1] = static_cast<std::int32_t>(10 * i + 1);
    weight.mutable_data<float>()[at] = static_cast<float>(i) / 2;
  }
  return Dataset(x, counting(n), weight);
}

// The targets of an epoch batch by batch; checks that x and weights belong to them.
std::vector<Order> epoch(BatchReader& reader, std::uint64_t step) {
  std::vector<Order> batches;
  Batch batch;
  for (reader.start(step); reader.next(batch);) {
    Order rows;
    for (std::int64_t i = 0; i < batch.size; ++i) {
      const auto row = batch.y[0].item<std::int64_t>(i);
      EXPECT_EQ(batch.x[0].item<std::int64_t>(2 * i + 1), 10 * row + 1);
      EXPECT_EQ(batch.sample_weight[0].item(i), static_cast<double>(row) / 2);
      rows.push_back(row);
    }
    batches.push_back(rows);
  }
  EXPECT_FALSE(reader.next(batch)) << "after the end";
  return batches;
}
std::vector<Order> epoch(const Dataset& dataset, std::uint64_t step = 0) {
  BatchReader reader(dataset);
  return epoch(reader, step);
}

TEST(Dataset, BatchesInOrderAndKeepsTheRest) {
  const Dataset dataset = examples(5).batch(2);
  EXPECT_EQ(epoch(dataset), (std::vector<Order>{{0, 1}, {2, 3}, {4}}));
  EXPECT_EQ(dataset.batch_count(), 3);
  const Dataset dropped = examples(5).batch(2, true);
  EXPECT_EQ(epoch(dropped), (std::vector<Order>{{0, 1}, {2, 3}}));
  EXPECT_EQ(dropped.batch_count(), 2);
  EXPECT_EQ(examples(5000).batch_count(), 157) << "32 a batch, as in Keras";
  EXPECT_EQ(epoch(examples(3).batch(10)), (std::vector<Order>{{0, 1, 2}}));
}

TEST(Dataset, ShufflesByTheStepAtTheStartOfTheEpoch) {
  const Dataset dataset = examples(10).batch(10).shuffle(3);
  EXPECT_EQ(epoch(dataset, 5)[0], shuffled_order(10, 3, 5));
  EXPECT_EQ(epoch(dataset, 6)[0], shuffled_order(10, 3, 6));
  BatchReader reader(dataset);
  EXPECT_EQ(epoch(reader, 6)[0], shuffled_order(10, 3, 6));
  EXPECT_EQ(epoch(reader, 5)[0], shuffled_order(10, 3, 5)) << "a reader is used again";
}

TEST(Dataset, ChoosesExamples) {
  const Dataset dataset = examples(10).batch(100);
  EXPECT_EQ(epoch(dataset.skip(7)), (std::vector<Order>{{7, 8, 9}}));
  EXPECT_EQ(epoch(dataset.skip(2).take(3)), (std::vector<Order>{{2, 3, 4}}));
  EXPECT_EQ(epoch(dataset.skip(2).skip(3)), (std::vector<Order>{{5, 6, 7, 8, 9}}));
  EXPECT_EQ(epoch(dataset.take(99)).at(0).size(), 10U);
  const auto [first, second] = dataset.split(0.75);
  EXPECT_EQ(first.example_count(), 7);
  EXPECT_EQ(epoch(second), (std::vector<Order>{{7, 8, 9}}));
  Order shuffled = epoch(second.shuffle(1))[0];
  std::sort(shuffled.begin(), shuffled.end());
  EXPECT_EQ(shuffled, (Order{7, 8, 9}));
}

TEST(Dataset, ViewsCopyNothing) {
  const Dataset dataset = examples(5).skip(1).batch(3);
  const Batch last = dataset.view(1);
  EXPECT_EQ(last.size, 1);
  EXPECT_EQ(last.y[0].shape(), (Shape{1}));
  EXPECT_EQ(last.y[0].item<int>(), 4);
  EXPECT_EQ(last.sample_weight[0].item(), 2.0);
  EXPECT_EQ(last.x[0].raw(), dataset.x()[0].raw() + 3 * 2 * sizeof(std::int32_t));
  EXPECT_EQ(dataset.y()[0].shape(), (Shape{4}));
  EXPECT_EQ(dataset.sample_weight()[0].item(0), 0.5);
}

TEST(Dataset, ViewsRowsWithoutElementsAndLeavesEmptyWeights) {
  const Tensor nothing(DType::float32, {5, 0});
  const Dataset dataset({counting(5), nothing}, {}, {Tensor(), Tensor::ones({5})});
  const Batch last = dataset.batch(3).view(1);
  EXPECT_EQ(last.x[1].shape(), (Shape{2, 0}));
  EXPECT_FALSE(last.sample_weight[0]);
  EXPECT_EQ(last.sample_weight[1].shape(), Shape{2});
}

TEST(Dataset, SeveralInputsAndNoTargets) {
  const Dataset dataset({counting(3), Tensor::zeros({3, 2, 2})}, {});
  BatchReader reader(dataset);
  Batch batch;
  batch.sample_weight = {Tensor{1, 2}};
  reader.start(0);
  ASSERT_TRUE(reader.next(batch));
  EXPECT_EQ(batch.x.size(), 2U);
  EXPECT_EQ(batch.x[1].shape(), (Shape{3, 2, 2}));
  EXPECT_TRUE(batch.y.empty());
  EXPECT_TRUE(batch.sample_weight.empty()) << "what the batch held before is gone";
  EXPECT_TRUE(Dataset(counting(3)).sample_weight().empty());
}

TEST(Dataset, PrefetchingGivesTheSameBatches) {
  const Dataset plain = examples(1000).batch(7).shuffle(2);
  BatchReader reader(plain.prefetch());
  for (const std::uint64_t step : {0, 1, 2}) EXPECT_EQ(epoch(reader, step), epoch(plain, step));
  Batch batch;
  reader.start(3);
  ASSERT_TRUE(reader.next(batch));
  EXPECT_EQ(epoch(reader, 4), epoch(plain, 4)) << "after an epoch that was left early";
  BatchReader unused(plain.prefetch());
  EXPECT_FALSE(unused.next(batch)) << "before start()";
  BatchReader dropped(plain.prefetch());
  dropped.start(0);
}

TEST(Dataset, ABatchThatTheUserKeepsDoesNotChange) {
  BatchReader reader(examples(4).batch(2));
  Batch batch;
  reader.start(0);
  reader.next(batch);
  const Tensor kept = batch.y[0];
  reader.next(batch);
  EXPECT_EQ(kept.item<int>(0), 0);
  EXPECT_EQ(batch.y[0].item<int>(0), 2);
}

// Counts 0, 1, 2 in each epoch and then ends it.
Dataset::Generator three_batches() {
  return [i = 0](Batch& batch) mutable {
    if (i == 3) {
      i = 0;
      return false;
    }
    batch.x = {Tensor::full({2}, i++, DType::int64)};
    return true;
  };
}

Order generated(const Dataset& dataset, int epochs) {
  BatchReader reader(dataset);
  Order out;
  Batch batch;
  for (int i = 0; i < epochs; ++i) {
    for (reader.start(0); reader.next(batch);) {
      EXPECT_EQ(batch.size, 2);
      out.push_back(batch.x[0].item<std::int64_t>(0));
    }
  }
  return out;
}

TEST(Dataset, GeneratorsSayWhenAnEpochEnds) {
  const Dataset dataset = Dataset::from_generator(three_batches());
  EXPECT_EQ(dataset.batch_count(), std::nullopt);
  EXPECT_EQ(dataset.example_count(), std::nullopt);
  EXPECT_EQ(generated(dataset, 2), (Order{0, 1, 2, 0, 1, 2}));
  EXPECT_EQ(generated(dataset.prefetch(), 2), (Order{0, 1, 2, 0, 1, 2}));
  const Dataset two = Dataset::from_generator(three_batches(), 2);
  EXPECT_EQ(two.batch_count(), 2);
  EXPECT_EQ(generated(two, 1), (Order{0, 1}));
  const Dataset endless = Dataset::from_generator(
      [i = 0](Batch& batch) mutable {
        batch.x = {Tensor::full({2}, i++, DType::int64)};
        return true;
      },
      2);
  EXPECT_EQ(generated(endless, 2), (Order{0, 1, 2, 3}));
  EXPECT_EQ(generated(two.prefetch(), 1), (Order{0, 1}));
}

TEST(Dataset, AGeneratorsMistakesAreNamed) {
  for (const bool prefetch : {false, true}) {
    const auto error = [&](Dataset::Generator generator, std::optional<std::int64_t> batches = {}) {
      const Dataset dataset = Dataset::from_generator(std::move(generator), batches);
      return error_text<Error>([&] { generated(prefetch ? dataset.prefetch() : dataset, 1); });
    };
    EXPECT_EQ(error(three_batches(), 4),
              "Dataset: expected 4 batches from the generator, got 3; let it go on, or leave the "
              "number out");
    EXPECT_EQ(error([](Batch&) { return true; }), "Dataset: the generator made a batch without x");
    EXPECT_EQ(error([](Batch& batch) {
                batch.x = {Tensor::zeros({2})};
                batch.y = {Tensor::zeros({1})};
                return true;
              }),
              "Dataset: expected at least 2 rows in the generator's y, got (1,)");
    EXPECT_EQ(error([](Batch&) -> bool { throw FileError("disk gone"); }), "disk gone");
  }
}

TEST(Dataset, NamesWhatDoesNotFit) {
  const auto shape_error = [](auto body) { return error_text<ShapeError>(body); };
  EXPECT_EQ(
      shape_error([] { Dataset(counting(3), counting(2)); }),
      "Dataset: expected 3 rows in y as in x, got (2,); does each example have its target and "
      "weight?");
  EXPECT_EQ(shape_error([] {
              Dataset({counting(3), counting(4)}, {});
            }),
            "Dataset: expected 3 rows in x[1] as in x, got (4,); does each example have its target "
            "and weight?");
  EXPECT_EQ(
      shape_error([] {
        Dataset(counting(3), counting(3), Tensor{1, 2});
      }),
      "Dataset: expected 3 rows in sample_weight as in x, got (2,); does each example have its "
      "target and weight?");
  EXPECT_EQ(shape_error([] { Dataset(Tensor(1.0F)); }),
            "Dataset: expected a batch axis in x, got a scalar; put the examples along the first "
            "axis");
  EXPECT_EQ(shape_error([] { Dataset{Tensor()}; }),
            "Dataset: expected at least one example, got none");
}

TEST(Dataset, NamesAWrongCall) {
  const Dataset dataset = examples(10);
  const auto value_error = [](auto body) { return error_text<ValueError>(body); };
  EXPECT_EQ(value_error([&] { dataset.batch(0); }),
            "Dataset: expected a batch size of at least 1, got 0");
  EXPECT_EQ(value_error([&] { dataset.skip(10); }),
            "Dataset: expected to skip 0 to 9 of 10 examples, got 10");
  EXPECT_EQ(value_error([&] { dataset.take(0); }),
            "Dataset: expected to take at least 1 example, got 0");
  EXPECT_EQ(value_error([&] { dataset.split(1.0); }),
            "Dataset: expected a fraction that leaves examples in both parts of 10, got 1.000000");
  EXPECT_EQ(value_error([&] { dataset.view(1); }), "Dataset: expected a batch in [0, 1), got 1");
  EXPECT_EQ(value_error([&] { Dataset::from_generator({}); }),
            "Dataset: expected a generator, got an empty function");
  EXPECT_EQ(value_error([&] { Dataset::from_generator(three_batches(), 0); }),
            "Dataset: expected at least 1 batch an epoch, got 0");
  EXPECT_EQ(error_text<StateError>([&] { dataset.shuffle(1).take(2); }),
            "Dataset: take chooses examples by position, and this dataset is shuffled; call it "
            "before shuffle()");
  EXPECT_EQ(
      error_text<StateError>([&] { Dataset::from_generator(three_batches()).batch(2); }),
      "Dataset: batch needs examples to choose from, and this dataset is a generator; let the "
      "generator do it");
}

TEST(Dataset, MapChangesEveryBatch) {
  const Dataset mapped = examples(5).batch(2).map([](Batch& batch) {
    Tensor doubled(DType::float32, batch.x[0].shape());
    for (std::int64_t i = 0; i < doubled.size(); ++i) {
      doubled.mutable_data<float>()[static_cast<std::size_t>(i)] = 2 * batch.x[0].item<float>(i);
    }
    batch.x = {doubled};
  });
  for (const Dataset& dataset : {mapped, mapped.prefetch()}) {
    BatchReader reader(dataset);
    Batch batch;
    for (int repeat = 0; repeat < 2; ++repeat) {
      reader.start(0);
      for (const std::int64_t rows : {2, 2, 1}) {
        ASSERT_TRUE(reader.next(batch));
        EXPECT_EQ(batch.x[0].shape(), (Shape{rows, 2}));
        EXPECT_EQ(batch.y[0].length(), rows);
      }
      EXPECT_EQ(batch.x[0].item(0), 80);
      EXPECT_FALSE(reader.next(batch));
    }
  }
  EXPECT_EQ(mapped.view(1).x[0].item(1), 42);
  EXPECT_EQ(mapped.x()[0].dtype(), DType::int32) << "before map()";
}

TEST(Dataset, MapsOneXInTheOrderOfTheCalls) {
  const auto plus = [](int n) {
    return [n](const Tensor& x) { return Tensor(x.item<int>() + n).reshape({1, 1}); };
  };
  const auto times = [](int n) {
    return [n](const Tensor& x) { return Tensor(x.item<int>() * n).reshape({1, 1}); };
  };
  const Dataset data(Tensor{3}.reshape({1, 1}));
  EXPECT_EQ(data.map(plus(1)).map(times(2)).view(0).x[0].item(), 8);
}

TEST(Dataset, SaysWhatAMapDidWrong) {
  const Dataset data = examples(4).batch(2);
  const Dataset shortened = data.map([](Batch& batch) { batch.y[0] = batch.y[0].slice(0, 1); });
  EXPECT_EQ(error_text<ShapeError>([&] { shortened.view(0); }),
            "Dataset: expected 2 rows in y after map(), got (1,); x, y and sample_weight keep one "
            "length, and `size` tells it");
  const Dataset two({counting(2), counting(2)}, {});
  EXPECT_EQ(error_text<ShapeError>([&] { two.map([](const Tensor& x) { return x; }).view(0); }),
            "Dataset: expected one x to map, got 2; give map a function of the Batch");
  EXPECT_EQ(error_text<ValueError>([&] { data.map(Dataset::Change()); }),
            "Dataset: expected a function to map, got an empty one");
}

TEST(Dataset, BatchesStrings) {
  const Dataset data(Tensor::strings({"a", "b", "a text that no short string holds inside"}));
  std::vector<std::string> seen;
  BatchReader reader(data.shuffle(1).batch(2).prefetch());
  Batch batch;
  for (reader.start(0); reader.next(batch);) {
    for (std::int64_t i = 0; i < batch.size; ++i) seen.push_back(batch.x[0].item<std::string>(i));
  }
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(seen, (std::vector<std::string>{"a", "a text that no short string holds inside", "b"}));
}

}  // namespace
}  // namespace antler
