#include <gtest/gtest.h>

#include <thread>

#include "antler/core/random.h"
#include "antler/core/thread_pool.h"
#include "antler/layers/dropout.h"
#include "antler/optimizers/adam.h"
#include "tests/models/data.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

Sequential network() {
  set_random_seed(5);
  return Sequential({Input({12}), Dense(16, {.activation = "relu"}), Dense(3)});
}

Tensor rows(std::int64_t count) { return normal({count, 12}).astype(DType::float32); }

TEST(Predict, GivesTheSameRowsInAnyBatches) {
  const Sequential model = network();
  const Tensor all = model.predict(rows(100), {.batch_size = 100});
  for (const std::int64_t batch : {1, 7, 31, 32, 99, 1000}) {
    EXPECT_TRUE(is_near(model.predict(rows(100), {.batch_size = batch}), all, 1e-6)) << batch;
  }
  EXPECT_TRUE(is_near(model.predict_on_batch(rows(100)), all, 1e-6));
  EXPECT_EQ(model.predict(rows(100), {.batch_size = 8, .steps = 3}).shape(), Shape({24, 3}));
}

TEST(Predict, RunsInSeveralThreads) {
  const Sequential built = network();
  const Sequential unbuilt({Dense(16, {.activation = "relu"}), Dense(3)});
  for (const Sequential& model : {built, unbuilt}) {
    std::vector<Tensor> results(8);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < results.size(); ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 20; ++i) {
          results[t] = model.predict(rows(33 + static_cast<std::int64_t>(t % 3)));
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (std::size_t t = 0; t < results.size(); ++t) {
      EXPECT_TRUE(
          is_near(results[t], model.predict(rows(33 + static_cast<std::int64_t>(t % 3))), 1e-6));
    }
  }
}

TEST(Fit, TakesBatchesOf1And31) {
  for (const std::int64_t batch : {1, 31}) {
    const Sequential model = network();
    model.compile({.optimizer = "adam", .loss = "mse"});
    const History history = model.fit(rows(62), Tensor::ones({62, 3}),
                                      {.batch_size = batch, .epochs = 5, .verbose = 0});
    EXPECT_LT(history["loss"].back(), history["loss"].front()) << batch;
  }
}

TEST(Fit, TrainsAThousandLayers) {
  std::vector<Layer> layers = {Input({4})};
  for (int i = 0; i < 1000; ++i) {
    layers.push_back(Dense(4, {.kernel_initializer = "identity"}));
  }
  const Sequential model(layers);
  model.compile({.optimizer = SGD({.learning_rate = 1e-6}), .loss = "mse"});
  const Tensor x = Tensor::ones({2, 4});
  const double loss = model.train_on_batch(x, Tensor::zeros({2, 4}))["loss"];
  EXPECT_NEAR(loss, 1, 1e-5);
  EXPECT_LT(model.test_on_batch(x, Tensor::zeros({2, 4}))["loss"], loss);
  EXPECT_EQ(model.layers().back().name(), "dense_999");
}

TEST(Fit, GivesTheSameBitsWithAnyNumberOfThreads) {
  const int before = num_threads();
  std::vector<Tensor> kernels;
  std::vector<double> losses;
  for (const int threads : {1, 2, 3}) {
    set_num_threads(threads);
    set_random_seed(9);
    const Sequential model({Input({12}), Dense(64, {.activation = "relu"}), Dropout(0.2),
                            Dense(32, {.activation = "tanh"}), Dense(3)});
    model.compile({.optimizer = Adam(), .loss = "mse"});
    const History history = model.fit(rows(500), Tensor::ones({500, 3}),
                                      {.batch_size = 128, .epochs = 3, .verbose = 0});
    kernels.push_back(model.get_weights()[0]);
    losses.push_back(history["loss"].back());
  }
  set_num_threads(before);
  for (std::size_t i = 1; i < kernels.size(); ++i) {
    EXPECT_TRUE(identical(kernels[i], kernels[0])) << i + 1 << " threads";
    EXPECT_EQ(losses[i], losses[0]);
  }
}

}  // namespace
}  // namespace antler::testing
