// The CPU kernels on the shapes of small networks, in one thread.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include "antler/backends/cpu/kernels/dispatch.h"
#include "antler/backends/cpu/kernels/elementwise.h"
#include "antler/backends/cpu/kernels/gemm.h"
#include "antler/backends/cpu/kernels/optimizer.h"
#include "antler/backends/cpu/kernels/reduce.h"
#include "antler/backends/cpu/kernels/softmax.h"

namespace antler::cpu {
namespace {

std::vector<float> values(int64_t count) {
  std::vector<float> x(static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i) x[i] = static_cast<float>(i * 37 % 101) / 50.0f - 1.0f;
  return x;
}

// Arguments: m, n, k, transpose_a, transpose_b.
void BM_Gemm(benchmark::State& state) {
  const GemmShape shape{state.range(0), state.range(1), state.range(2)};
  const GemmFlags flags{.transpose_a = state.range(3) != 0, .transpose_b = state.range(4) != 0};
  const std::vector<float> a = values(shape.m * shape.k);
  const std::vector<float> b = values(shape.k * shape.n);
  const std::vector<float> bias = values(shape.n);
  std::vector<float> c(static_cast<size_t>(shape.m * shape.n));
  std::vector<float> scratch(static_cast<size_t>(gemm_scratch_floats(shape, flags)));
  const int64_t lda = flags.transpose_a ? shape.m : shape.k;
  const int64_t ldb = flags.transpose_b ? shape.k : shape.n;
  prepare_dispatch();
  for (auto _ : state) {
    gemm(shape, flags, a.data(), lda, b.data(), ldb, c.data(), shape.n,
         {bias.data(), Activation::kRelu}, scratch.data(), 0, shape.m);
    benchmark::DoNotOptimize(c.data());
    benchmark::ClobberMemory();
  }
  const double flop = 2.0 * static_cast<double>(shape.m * shape.n * shape.k);
  state.counters["flop/s"] =
      benchmark::Counter(flop, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(BM_Gemm)
    ->Args({32, 25, 400, 0, 0})
    ->Args({32, 15, 25, 0, 0})
    ->Args({32, 10, 15, 0, 0})
    ->Args({400, 25, 32, 1, 0})
    ->Args({32, 25, 15, 0, 1})
    ->Args({128, 128, 784, 0, 0})
    ->Args({784, 128, 128, 1, 0})
    ->Args({256, 1024, 784, 0, 0});

void BM_Unary(benchmark::State& state) {
  ElementwiseProgram program;
  program.inputs = {ElementwiseOperand::kFull};
  program.instructions = {{static_cast<ElementwiseOp>(state.range(0)), 1, 0}};
  program.outputs = {1};
  const int64_t count = 4096;
  const std::vector<float> x = values(count);
  std::vector<float> y(static_cast<size_t>(count));
  const float* const inputs[] = {x.data()};
  float* const outputs[] = {y.data()};
  prepare_dispatch();
  for (auto _ : state) {
    run_elementwise(program, inputs, outputs, 0, count);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * count);
}
BENCHMARK(BM_Unary)
    ->Arg(static_cast<int>(ElementwiseOp::kExp))
    ->Arg(static_cast<int>(ElementwiseOp::kLog))
    ->Arg(static_cast<int>(ElementwiseOp::kTanh))
    ->Arg(static_cast<int>(ElementwiseOp::kSigmoid));

void BM_BiasGradient(benchmark::State& state) {
  const int64_t m = state.range(0);
  const int64_t n = state.range(1);
  const std::vector<float> x = values(m * n);
  std::vector<float> y(static_cast<size_t>(n));
  prepare_dispatch();
  for (auto _ : state) {
    reduce_middle(Reduction::kSum, x.data(), m, n, y.data(), 0, n);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(BM_BiasGradient)->Args({32, 25})->Args({128, 128});

void BM_SparseCrossEntropy(benchmark::State& state) {
  const int64_t rows = state.range(0);
  const std::vector<float> x = values(rows * 10);
  const std::vector<int64_t> labels(static_cast<size_t>(rows), 3);
  std::vector<float> loss(static_cast<size_t>(rows));
  std::vector<float> p(x.size());
  prepare_dispatch();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        sparse_softmax_cross_entropy(x.data(), labels.data(), 10, loss.data(), p.data(), 0, rows));
    benchmark::ClobberMemory();
  }
}
BENCHMARK(BM_SparseCrossEntropy)->Arg(32)->Arg(128);

void BM_Adam(benchmark::State& state) {
  const int64_t count = state.range(0);
  const std::vector<float> g = values(count);
  std::vector<float> w = g;
  std::vector<float> m = g;
  std::vector<float> v(g.size(), 1.0f);
  prepare_dispatch();
  for (auto _ : state) {
    adam_update({.alpha = 1e-3f}, g.data(), w.data(), m.data(), v.data(), 0, count);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * count);
}
BENCHMARK(BM_Adam)->Arg(10585)->Arg(101770);

}  // namespace
}  // namespace antler::cpu

BENCHMARK_MAIN();
