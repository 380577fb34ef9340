// fit, evaluate and predict take Datasets, whatever they are made of.
#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/data/py_dataset.h"
#include "tests/models/data.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

// The seven rows in batches of two.
struct Pairs : utils::PyDataset {
  std::int64_t batch_count() const override { return 4; }
  Batch batch(std::int64_t index) override {
    const std::int64_t begin = 2 * index, end = std::min<std::int64_t>(7, begin + 2);
    return {.x = {seven_rows().slice(begin, end)}, .y = {seven_targets().slice(begin, end)}};
  }
};

Sequential model_of_rows() {
  return line_model({.optimizer = SGD({.learning_rate = 0.05}), .loss = "mse"});
}

TEST(DatasetFit, GivesTheNumbersOfTensors) {
  const Sequential by_tensors = model_of_rows();
  const History expected = by_tensors.fit(seven_rows(), seven_targets(),
                                          {.batch_size = 2,
                                           .epochs = 3,
                                           .verbose = 0,
                                           .validation_data = {seven_rows(), seven_targets()},
                                           .shuffle = false});
  const Dataset rows = Dataset(seven_rows(), seven_targets()).batch(2);
  for (const Dataset& data : {rows, rows.prefetch(), make_dataset<Pairs>()}) {
    const Sequential model = model_of_rows();
    const History history =
        model.fit(data, {.epochs = 3, .verbose = 0, .validation_data = rows.batch(3)});
    EXPECT_EQ(history["loss"], expected["loss"]);
    expect_values(history, "val_loss", expected["val_loss"]);
    EXPECT_TRUE(identical(model.predict(data), by_tensors.predict(seven_rows())));
    EXPECT_EQ(model.evaluate(data)["loss"],
              by_tensors.evaluate(seven_rows(), seven_targets(), {.batch_size = 2})["loss"]);
  }
}

TEST(DatasetFit, PredictsWhatItIsNotToldTheLengthOf) {
  const Sequential model = model_of_rows();
  const Tensor expected = model.predict(seven_rows());
  const auto one_by_one = [i = 0](Batch& batch) mutable {
    if (i == 7) return false;
    batch.x = {seven_rows().slice(i, i + 1)};
    ++i;
    return true;
  };
  EXPECT_TRUE(identical(model.predict(Dataset::from_generator(one_by_one)), expected));
  EXPECT_TRUE(identical(model.predict(Dataset::from_generator(one_by_one), {.steps = 3}),
                        expected.slice(0, 3)));
  const Dataset rows = Dataset(seven_rows()).batch(4);
  EXPECT_TRUE(identical(model.predict(rows.select({6, 1})), model.predict(Tensor{{1, 2}, {1, 0}})));
  EXPECT_EQ(model.predict_all(rows).size(), 1U);
  EXPECT_EQ(error_of<ValueError>([&] { model.predict(rows, {.batch_size = 2}); }),
            "predict: expected batch_size only with tensors; batch the Dataset itself");
  EXPECT_EQ(error_of<ValueError>(
                [&] { model.predict(Dataset::from_generator([](Batch&) { return false; })); }),
            "predict: expected at least one batch, got none");
}

}  // namespace
}  // namespace antler::testing
