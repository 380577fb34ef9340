// Whole training steps and predictions of the networks A, B and C, on one thread.
#include <benchmark/benchmark.h>

#include <vector>

#include "antler/core/thread_pool.h"
#include "antler/layers/dense.h"
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
  model.compile({.optimizer = Adam(),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  return model;
}

void train_step(benchmark::State& state, const Network& network) {
  set_num_threads(1);
  const Sequential model = compiled(network);
  Trainer& trainer = model.model_base().trainer();
  const Batch batch{{Tensor::full({network.batch, network.sizes[0]}, 0.5)},
                    {Tensor::zeros({network.batch}, DType::int64)},
                    Tensor(),
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

BENCHMARK_CAPTURE(train_step, A_400_25_15_10_batch_32, kA)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(train_step, B_784_128_10_batch_128, kB)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(train_step, C_784_1024_1024_10_batch_256, kC)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(predict_one, A_400_25_15_10, kA)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace antler

BENCHMARK_MAIN();
