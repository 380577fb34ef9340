// The numbers are Keras' in tests/golden/fit_callbacks.json; here is where we differ from it.
#include "antler/callbacks/swap_ema_weights.h"

#include <gtest/gtest.h>

#include "antler/callbacks/early_stopping.h"
#include "antler/core/error.h"
#include "tests/callbacks/scripted.h"

namespace antler::testing {
namespace {

Sequential averaged_model() {
  Sequential model({Input({2}), Dense(1, {.kernel_initializer = "ones"})});
  model.compile({.optimizer = SGD({.learning_rate = 0.05, .use_ema = true, .ema_momentum = 0.5}),
                 .loss = "mse"});
  return model;
}

Tensor average_of(const Model& model) {
  return model.optimizer().base().moving_averages().at(0).read();
}

TEST(SwapEMAWeights, TestsAndPredictsWithTheAverages) {
  const Sequential model = averaged_model();
  for (int i = 0; i < 3; ++i) model.train_on_batch(four_rows(), four_targets());
  const Tensor own = model.get_weights()[0];
  const Tensor average = average_of(model);
  ASSERT_FALSE(identical(own, average));
  const double loss = model.evaluate(four_rows(), four_targets())["loss"];
  const Tensor predicted = model.predict(four_rows());

  const SwapEMAWeights swap;
  const double averaged_loss =
      model.evaluate(four_rows(), four_targets(), {.callbacks = {swap}})["loss"];
  EXPECT_TRUE(identical(model.get_weights()[0], own));
  const Tensor averaged = model.predict(four_rows(), {.callbacks = {swap}});
  EXPECT_TRUE(identical(model.get_weights()[0], own)) << "Keras leaves the averages there";
  EXPECT_TRUE(identical(average_of(model), average));

  EXPECT_NE(averaged_loss, loss);
  EXPECT_FALSE(identical(averaged, predicted));
  model.optimizer().base().finalize_variable_values();
  EXPECT_EQ(model.evaluate(four_rows(), four_targets())["loss"], averaged_loss);
  EXPECT_TRUE(identical(model.predict(four_rows()), averaged));
}

TEST(SwapEMAWeights, ShowsTheAveragesToCallbacksBehindIt) {
  const Sequential model = averaged_model();
  int seen = 0;
  const auto check = [&](int, Logs&) {
    EXPECT_EQ(identical(model.get_weights()[0], average_of(model)), seen > 0);
    ++seen;
  };
  model.fit(four_rows(), four_targets(),
            {.batch_size = 2,
             .verbose = 0,
             .callbacks = {LambdaCallback({.on_epoch_end = check}),
                           SwapEMAWeights({.swap_on_epoch = true}),
                           LambdaCallback({.on_epoch_end = check})}});
  EXPECT_EQ(seen, 2);
}

// As without the callback: what fit leaves are the averages, also after a stop.
TEST(SwapEMAWeights, LeavesTheAveragesAfterAStop) {
  const auto trained = [](std::vector<Callback> callbacks) {
    const Sequential model = averaged_model();
    callbacks.push_back(LambdaCallback({.on_epoch_end = [&](int epoch, Logs&) {
      if (epoch == 1) model.stop_training();
    }}));
    model.fit(four_rows(), four_targets(),
              {.epochs = 5, .verbose = 0, .callbacks = callbacks, .shuffle = false});
    return model.get_weights()[0];
  };
  EXPECT_TRUE(identical(trained({SwapEMAWeights({.swap_on_epoch = true})}), trained({})));
}

TEST(SwapEMAWeights, ChangesNothingBeforeTheFirstStep) {
  const Sequential model = averaged_model();
  const double loss = model.evaluate(four_rows(), four_targets())["loss"];
  EXPECT_EQ(model.evaluate(four_rows(), four_targets(), {.callbacks = {SwapEMAWeights()}})["loss"],
            loss);
}

TEST(SwapEMAWeights, NamesAnOptimizerWithoutAverages) {
  EXPECT_EQ(error_of<StateError>([] {
              small_model().evaluate(four_rows(), four_targets(),
                                     {.callbacks = {SwapEMAWeights()}});
            }),
            "SwapEMAWeights: expected an optimizer with use_ema = true, got SGD without");
}

}  // namespace
}  // namespace antler::testing
