#include "antler/compiler/function.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "antler/compiler/program.h"
#include "antler/compiler/value_and_grad.h"
#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/matmul.h"
#include "antler/ops/statistics.h"

namespace antler {
namespace {

TEST(Function, TracesOnceAShape) {
  int traces = 0;
  const Function f([&](const Value& x, const Value& y) {
    ++traces;
    return x * y + 1;
  });
  EXPECT_TRUE(identical(f(Tensor{1, 2}, Tensor{3, 4}), Tensor{4, 9}));
  EXPECT_TRUE(identical(f(Tensor{1, 1}, Tensor{3, 4}), Tensor{4, 5}));
  EXPECT_EQ(traces, 1);
  f(Tensor{1, 2, 3}, Tensor{1, 2, 3});
  EXPECT_EQ(traces, 2);
}

TEST(Function, KeepsTheLastSixteenPrograms) {
  int traces = 0;
  const Function f([&](const Value& x) {
    ++traces;
    return x * 2;
  });
  for (std::int64_t n = 1; n <= 17; ++n) f(Tensor::ones({n}));
  EXPECT_EQ(traces, 17);
  f(Tensor::ones({2}));
  EXPECT_EQ(traces, 17);
  f(Tensor::ones({1}));
  EXPECT_EQ(traces, 18) << "the oldest made room";
}

TEST(Function, ReadsVariablesAtEachCall) {
  Variable v(Tensor(2.0));
  const Function f([&](const Value& x) { return x * v; });
  EXPECT_EQ(f(Tensor(3.0)).item(), 6.0);
  v.assign(Tensor(5.0));
  EXPECT_EQ(f(Tensor(3.0)).item(), 15.0);
}

TEST(Function, PairsAndListsOfResults) {
  const Function pair([](const Value& x) { return std::pair{x + 1, x * 2}; });
  EXPECT_EQ(pair.call({Tensor(3.0)}).size(), 2U);
  EXPECT_THROW(pair(Tensor(3.0)), StateError);
  const Function none([] { return Value(Tensor(4.0)); });
  EXPECT_EQ(none().item(), 4.0);
}

TEST(Function, RunsIntoGivenTensors) {
  const Function f([](const Value& x) { return x * 2; });
  const std::vector<Tensor> in{Tensor{1, 2}};
  std::vector<Tensor> out{Tensor::zeros({2})};
  f.run(in, out);
  EXPECT_TRUE(identical(out[0], Tensor{2, 4}));
  std::vector<Tensor> wrong{Tensor::zeros({3})};
  EXPECT_THROW(f.run(in, wrong), ShapeError);
}

TEST(Function, SeveralThreadsAtOnce) {
  const Variable w(Tensor::ones({20, 20}));
  const Function f([&](const Value& x) { return ops::matmul(x, w); });
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 100; ++i) {
        const std::int64_t rows = 1 + (t + i) % 5;
        const Tensor x = Tensor::full({rows, 20}, t + 1);
        const Tensor y = f(x);
        for (std::int64_t k = 0; k < y.size(); ++k) {
          if (y.item(k) != 20.0 * (t + 1)) ++wrong;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(ValueAndGrad, LeavesUnreachedVariablesEmpty) {
  const Variable w(Tensor{1, 2});
  const Variable unused(Tensor(0.0));
  const auto step =
      value_and_grad([&](const Value& x) { return ops::mean((w - x) * (w - x)); }, {w, unused});
  const auto [loss, grads] = step(Tensor{0, 0});
  EXPECT_FLOAT_EQ(loss.item<float>(), 2.5F);
  EXPECT_TRUE(identical(grads.values[0], Tensor{1, 2}));
  EXPECT_FALSE(grads.values[1]);
}

}  // namespace
}  // namespace antler
