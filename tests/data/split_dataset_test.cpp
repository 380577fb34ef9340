#include "antler/data/split_dataset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "antler/data/rows.h"
#include "tests/data/files.h"

namespace antler::utils {
namespace {

using antler::testing::error_text;
using Numbers = std::vector<std::int64_t>;

Dataset ten() {
  Numbers numbers(10);
  std::iota(numbers.begin(), numbers.end(), 0);
  return Dataset(Tensor::from(numbers)).batch(100);
}

Numbers examples(const Dataset& dataset) {
  BatchReader reader(dataset);
  Batch batch;
  reader.start(0);
  reader.next(batch);
  Numbers out;
  for (std::int64_t i = 0; i < batch.size; ++i) out.push_back(batch.x[0].item<std::int64_t>(i));
  return out;
}

Numbers sizes(const SplitDatasetOptions& options) {
  const auto [left, right] = split_dataset(ten(), options);
  return {left.example_count().value(), right.example_count().value()};
}

TEST(SplitDataset, TakesTheFirstAndTheLast) {
  const auto [left, right] = split_dataset(ten(), {.left_size = 0.8});
  EXPECT_EQ(examples(left), (Numbers{0, 1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(examples(right), (Numbers{8, 9}));
  const auto [first, last] = split_dataset(ten(), {.left_size = 2, .right_size = 0.3});
  EXPECT_EQ(examples(first), (Numbers{0, 1}));
  EXPECT_EQ(examples(last), (Numbers{7, 8, 9}));
}

// Sizes as Keras gives them: fractions are rounded, halves to even.
TEST(SplitDataset, CountsAsKeras) {
  EXPECT_EQ(sizes({.left_size = 0.25}), (Numbers{2, 8}));
  EXPECT_EQ(sizes({.left_size = 0.35}), (Numbers{4, 6}));
  EXPECT_EQ(sizes({.right_size = 0.75}), (Numbers{2, 8}));
  EXPECT_EQ(sizes({.right_size = 1}), (Numbers{9, 1}));
  EXPECT_EQ(sizes({.left_size = 4, .right_size = 6}), (Numbers{4, 6}));
}

TEST(SplitDataset, MixesOnceBySeed) {
  const auto [left, right] = split_dataset(ten(), {.left_size = 7, .shuffle = true, .seed = 3});
  Numbers all = examples(left);
  const Numbers rest = examples(right);
  all.insert(all.end(), rest.begin(), rest.end());
  EXPECT_EQ(all, shuffled_order(10, 3, 0));
  const auto [again, other] = split_dataset(ten(), {.left_size = 7, .shuffle = true, .seed = 4});
  EXPECT_NE(examples(again), examples(left));
  EXPECT_EQ(examples(left), examples(left)) << "the order is the same in each epoch";
}

TEST(SplitDataset, NamesSizesThatDoNotFit) {
  const auto error = [](const SplitDatasetOptions& options) {
    return error_text<ValueError>([&] { split_dataset(ten(), options); });
  };
  EXPECT_EQ(error({}), "split_dataset: expected left_size or right_size, got neither");
  EXPECT_EQ(error({.left_size = 10}),
            "split_dataset: expected left_size between 0 and 10, exclusive, got 10");
  EXPECT_EQ(error({.right_size = 1.0}),
            "split_dataset: expected right_size between 0 and 1, exclusive, got 1.000000");
  EXPECT_EQ(error({.left_size = -1}),
            "split_dataset: expected left_size between 0 and 10, exclusive, got -1");
  EXPECT_EQ(error({.left_size = 6, .right_size = 5}),
            "split_dataset: expected two parts of at least 1 and at most 10 examples together, "
            "got 6 and 5");
  EXPECT_EQ(error({.left_size = 0.01}),
            "split_dataset: expected two parts of at least 1 and at most 10 examples together, "
            "got 0 and 10");
  EXPECT_EQ(error({.left_size = 0.51, .right_size = 0.5}),
            "split_dataset: expected fractions of at most 1 together, got 0.510000 and 0.500000");
  EXPECT_EQ(error_text<StateError>([] {
              split_dataset(Dataset::from_generator([](Batch&) { return false; }),
                            {.left_size = 1});
            }),
            "split_dataset: expected examples to choose from, got a generator");
}

}  // namespace
}  // namespace antler::utils
