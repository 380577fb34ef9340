// What a deep model costs: as many calls as layers, and no deep recursion.
#include <gtest/gtest.h>
#include <time.h>

#include <algorithm>

#include "antler/core/error.h"
#include "antler/layers/dense.h"
#include "antler/layers/flatten.h"
#include "antler/layers/input.h"
#include "antler/layers/integer_lookup.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/sgd.h"
#include "tests/models/data.h"

namespace antler::testing {
namespace {

Sequential stacked(int layers) {
  Sequential model;
  model.add(Input({4}));
  for (int i = 0; i < layers; ++i) model.add(Dense(4, {.activation = "tanh"}));
  model.add(Dense(1));
  return model;
}

// Of this thread alone: other work on the machine does not count.
double processor_seconds() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double seconds_of(int layers) {
  const double begin = processor_seconds();
  const Sequential model = stacked(layers);
  model.compile({.optimizer = SGD({.learning_rate = 0.01}), .loss = "mse"});
  model.train_on_batch(Tensor::ones({3, 4}), Tensor::ones({3, 1}));
  return processor_seconds() - begin;
}

// Four times the layers take about four times as long; sixteen, if something looks at all of them
// for each. The least of three runs, for caches that others use too.
TEST(Depth, TimeGrowsWithTheNumberOfLayers) {
  double few = 1e9, many = 1e9;
  for (int run = 0; run < 3; ++run) {
    few = std::min(few, seconds_of(100));
    many = std::min(many, seconds_of(400));
  }
  EXPECT_LT(many, 9 * few);
}

// Layer by layer or all at once: the same model, down to the names and the initial weights.
TEST(Depth, AddingOneByOneGivesTheSameModel) {
  set_random_seed(3);
  const Sequential one_by_one = stacked(3);
  set_random_seed(3);
  const Sequential at_once({Input({4}), Dense(4, {.activation = "tanh"}),
                            Dense(4, {.activation = "tanh"}), Dense(4, {.activation = "tanh"}),
                            Dense(1)});
  EXPECT_EQ(one_by_one.get_config().find("layers")->to_string(),
            at_once.get_config().find("layers")->to_string());
  const std::vector<Tensor> a = one_by_one.get_weights(), b = at_once.get_weights();
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(identical(a[i], b[i]));
  const Tensor x = Tensor::ones({2, 4});
  EXPECT_TRUE(identical(one_by_one.predict(x), at_once.predict(x)));
}

// A layer that stands there already, a model, and what follows a layer that was taken off.
TEST(Depth, AddsWhatIsNoNewLayer) {
  const Dense shared(4);
  Sequential model({Input({4}), shared});
  model.add(shared);
  EXPECT_EQ(model.layers().size(), 2U);
  EXPECT_EQ(model.weights().size(), 2U);
  model.add(Sequential({Input({4}), Dense(2)}));
  model.pop();
  model.add(Dense(3));
  EXPECT_EQ(model.predict(Tensor::ones({5, 4})).shape(), Shape({5, 3}));
  EXPECT_EQ(model.outputs()[0].shape(), Shape({None, 3}));
}

// A layer that runs on the host must stand at the inputs, also when it comes later.
TEST(Depth, AHostLayerOnTopIsRefused) {
  Sequential model({Input({4}, {.dtype = DType::int64}), Flatten()});
  EXPECT_THROW(model.add(IntegerLookup({.vocabulary = {1, 2, 3}})), StateError);
}

// An Input is an error where it is added.
TEST(Depth, ALayerThatDoesNotFitIsRefusedAtOnce) {
  Sequential model({Input({4}), Dense(4)});
  EXPECT_THROW(model.add(Input({3})), ValueError);
}

}  // namespace
}  // namespace antler::testing
