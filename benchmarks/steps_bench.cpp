// Whole training steps and predictions of the networks A to F, on one thread.
#include <benchmark/benchmark.h>

#include <vector>

#include "antler/core/thread_pool.h"
#include "antler/layers/convolution.h"
#include "antler/layers/dense.h"
#include "antler/layers/dropout.h"
#include "antler/layers/flatten.h"
#include "antler/layers/input.h"
#include "antler/layers/layer_normalization.h"
#include "antler/layers/merging.h"
#include "antler/layers/multi_head_attention.h"
#include "antler/layers/pooling.h"
#include "antler/layers/recurrent.h"
#include "antler/losses/binary_crossentropy.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/models/sequential.h"
#include "antler/models/trainer.h"
#include "antler/optimizers/adam.h"

namespace antler {
namespace {

struct Network {
  std::vector<std::int64_t> sizes;
  std::int64_t batch;
};
const Network kA{{400, 25, 15, 10}, 32};
const Network kB{{784, 128, 10}, 128};
const Network kC{{784, 1024, 1024, 10}, 256};

Sequential compiled(const Network& network) {
  Sequential model({Input({network.sizes[0]})});
  for (std::size_t i = 1; i < network.sizes.size(); ++i) {
    const bool last = i + 1 == network.sizes.size();
    model.add(Dense(network.sizes[i], {.activation = last ? "linear" : "relu"}));
  }
  model.compile(
      {.optimizer = Adam(), .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  return model;
}

void train_step(benchmark::State& state, const Network& network) {
  set_num_threads(1);
  const Sequential model = compiled(network);
  Trainer& trainer = model.model_base().trainer();
  const Batch batch{{Tensor::full({network.batch, network.sizes[0]}, 0.5)},
                    {Tensor::zeros({network.batch}, DType::int64)},
                    {},
                    network.batch};
  trainer.train_on(batch);
  for (auto _ : state) trainer.train_on(batch);
}

void predict_one(benchmark::State& state, const Network& network) {
  set_num_threads(1);
  const Sequential model = compiled(network);
  const Tensor x = Tensor::full({1, network.sizes[0]}, 0.5);
  for (auto _ : state) benchmark::DoNotOptimize(model.predict_on_batch(x));
}

// Keras' example "Simple MNIST convnet".
Sequential convnet() {
  Sequential model({Input({28, 28, 1}), Conv2D(32, {3, 3}, {.activation = "relu"}),
                    MaxPooling2D({2, 2}), Conv2D(64, {3, 3}, {.activation = "relu"}),
                    MaxPooling2D({2, 2}), Flatten(), Dropout(0.5), Dense(10)});
  model.compile(
      {.optimizer = Adam(), .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  return model;
}

// A heart beat of 100 samples.
Sequential ekg() {
  Sequential model({Input({100, 1}), Conv1D(10, 20, {.strides = 10, .activation = "relu"}),
                    Conv1D(5, 5, {.strides = 2, .activation = "relu"}), Flatten(), Dense(1)});
  model.compile({.optimizer = Adam(), .loss = BinaryCrossentropy({.from_logits = true})});
  return model;
}

void train_images(benchmark::State& state, Sequential (*make)(), const Shape& x, const Tensor& y) {
  set_num_threads(1);
  const Sequential model = make();
  Trainer& trainer = model.model_base().trainer();
  const Batch batch{{Tensor::full(x, 0.5)}, {y}, {}, x.front()};
  trainer.train_on(batch);
  for (auto _ : state) trainer.train_on(batch);
}

// Network F: an LSTM over the rows of an image.
void train_lstm(benchmark::State& state) {
  set_num_threads(1);
  Sequential model({Input({28, 28}), LSTM(128), Dense(10)});
  model.compile(
      {.optimizer = Adam(), .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  Trainer& trainer = model.model_base().trainer();
  const Batch batch{{Tensor::full({32, 28, 28}, 0.5)}, {Tensor::zeros({32}, DType::int64)}, {}, 32};
  trainer.train_on(batch);
  for (auto _ : state) trainer.train_on(batch);
}

// Width 32, 4 heads, 24 steps, batch 64: attention, two Dense layers, sums and normalizations.
void train_transformer(benchmark::State& state) {
  set_num_threads(1);
  const Value input = Input({24, 32});
  const Value seen = LayerNormalization()(Add()({input, MultiHeadAttention(4, 8)({input, input})}));
  const Value thought = Dense(32)(Dense(64, {.activation = "relu"})(seen));
  const Value block = LayerNormalization()(Add()({seen, thought}));
  const Model model({.inputs = {input}, .outputs = {Dense(7)(Flatten()(block))}});
  model.compile({.optimizer = Adam(), .loss = "mse"});
  Trainer& trainer = model.model_base().trainer();
  const Batch batch{{Tensor::full({64, 24, 32}, 0.5)}, {Tensor::zeros({64, 7})}, {}, 64};
  trainer.train_on(batch);
  for (auto _ : state) trainer.train_on(batch);
}
BENCHMARK(train_transformer)->Unit(benchmark::kMicrosecond);

BENCHMARK(train_lstm)
    ->Name("train_step/F_LSTM_128_of_28_28_batch_32")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(train_step, A_400_25_15_10_batch_32, kA)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(train_step, B_784_128_10_batch_128, kB)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(train_step, C_784_1024_1024_10_batch_256, kC)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(train_images, D_mnist_convnet_batch_128, convnet, Shape{128, 28, 28, 1},
                  Tensor::zeros({128}, DType::int64))
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(train_images, E_ekg_conv1d_batch_32, ekg, Shape{32, 100, 1},
                  Tensor::zeros({32, 1}))
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(predict_one, A_400_25_15_10, kA)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace antler

BENCHMARK_MAIN();
