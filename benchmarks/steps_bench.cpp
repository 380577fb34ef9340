// Whole training steps of the networks A to I, and a prediction, on one thread.
#include <benchmark/benchmark.h>

#include <string>

#include "antler/core/thread_pool.h"
#include "antler/models/trainer.h"
#include "apps/workloads/network.h"
#include "apps/workloads/workloads.h"

namespace antler::workloads {
namespace {

Batch constant_batch(const Model& model, const Config& network) {
  const std::int64_t rows = batch_size(network);
  const bool flags = network.at("loss").as_string() == "binary_crossentropy";
  const Shape y =
      flags ? model.outputs()[0].shape().without_batch().with_batch(rows) : Shape({rows});
  return {.x = {Tensor::full(input_shape(network).with_batch(rows), 0.5)},
          .y = {Tensor::zeros(y, flags ? DType::float32 : DType::int64)},
          .size = rows};
}

void train_step(benchmark::State& state, const Workload& workload) {
  set_num_threads(1);
  const Model model = build_network(workload.network);
  Trainer& trainer = model.model_base().trainer();
  const Batch batch = constant_batch(model, workload.network);
  trainer.train_on(batch);
  for (auto _ : state) trainer.train_on(batch);
  state.SetLabel(workload.title);
}

void predict_one(benchmark::State& state, const Workload& workload) {
  set_num_threads(1);
  const Model model = build_network(workload.network);
  const Tensor x = Tensor::full(input_shape(workload.network).with_batch(1), 0.5);
  for (auto _ : state) benchmark::DoNotOptimize(model.predict_on_batch(x));
  state.SetLabel(workload.title);
}

void add_benchmarks() {
  const auto add = [](const char* what, const Workload& workload, const auto& run) {
    benchmark::RegisterBenchmark(
        (std::string(what) + "/" + workload.name).c_str(),
        [&workload, run](benchmark::State& state) { run(state, workload); })
        ->Unit(benchmark::kMicrosecond);
  };
  for (const Workload& workload : workloads()) add("train_step", workload, train_step);
  for (const Workload& workload : workloads()) add("predict_one", workload, predict_one);
}

}  // namespace
}  // namespace antler::workloads

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  antler::workloads::add_benchmarks();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
