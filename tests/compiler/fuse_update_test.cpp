// An optimizer's update with the product that makes its gradient.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "antler/backends/cpu/kernels/dispatch.h"
#include "antler/compiler/program.h"
#include "antler/core/thread_pool.h"
#include "antler/graph/updates.h"
#include "antler/ops/all_ops.h"
#include "antler/optimizers/adam.h"
#include "antler/optimizers/adam_w.h"
#include "antler/optimizers/rmsprop.h"
#include "antler/optimizers/sgd.h"
#include "tests/support/inputs.h"

namespace antler {
namespace {

Tensor narrow(const Shape& shape, std::uint64_t seed) {
  return testing::normal(shape, seed).astype(DType::float32);
}

// Sums of their products are exact: the sign of a gradient decides a step of Adam.
Tensor whole_numbers(const Shape& shape, std::uint64_t seed) {
  return Tensor(ops::round(Value(narrow(shape, seed)) * 2));
}

// Runs a program without outputs.
void run(const Program& program) { program.run({}, {}, *program.make_workspace()); }

// A weight whose gradient is what a batch of `rows` gives a dense layer's.
struct Training {
  std::int64_t rows, inputs, columns;
  Optimizer optimizer;
  Variable weight = Variable(narrow({inputs, columns}, 1));

  Computation step() {
    const Value x = Variable(whole_numbers({rows, inputs}, 2)).value();
    const Value errors = Variable(whole_numbers({rows, columns}, 3)).value();
    Updates updates;
    optimizer.base().build({weight});
    optimizer.base().apply({antler::apply(ops::Matmul{.transpose_a = true}, {x, errors})}, updates);
    return {{}, {}, updates.assignments()};
  }

  // All variables of the optimizer and the weight.
  std::vector<Tensor> after_two_steps(const ProgramOptions& options) {
    const auto program = Program::compile(step(), options);
    for (int i = 0; i < 2; ++i) run(*program);
    std::vector<Tensor> values = {weight.read()};
    for (const Variable& variable : optimizer.variables()) values.push_back(variable.read());
    return values;
  }
};

using MakeOptimizer = Optimizer (*)();

const MakeOptimizer kOptimizers[] = {
    [] { return Optimizer(Adam({.learning_rate = 0.001})); },
    [] { return Optimizer(AdamW({.learning_rate = 0.001, .weight_decay = 0.1})); },
    [] { return Optimizer(SGD({.learning_rate = 0.001})); },
    [] { return Optimizer(SGD({.learning_rate = 0.001, .momentum = 0.9, .nesterov = true})); },
    [] { return Optimizer(RMSprop({.momentum = 0.5, .centered = true})); }};

struct Size {
  std::int64_t rows, inputs, columns;
};

// Rows that fit one turn and many, ragged ones, a batch of one, a sum in several blocks, enough for
// several units.
const Size kSizes[] = {{32, 400, 25}, {1, 400, 25},   {31, 13, 11},  {5, 1, 1},
                       {7, 2001, 64}, {700, 333, 10}, {64, 2500, 63}};

TEST(FuseUpdate, GivesTheNumbersOfTheReference) {
  for (const Size& size : kSizes) {
    for (const MakeOptimizer make : kOptimizers) {
      SCOPED_TRACE(std::to_string(size.inputs) + " x " + std::to_string(size.columns));
      Training plain{size.rows, size.inputs, size.columns, make()};
      const std::vector<Tensor> expected = plain.after_two_steps({.backend = "reference"});
      for (const std::int64_t target : cpu::available_targets()) {
        SCOPED_TRACE(cpu::target_name(target));
        cpu::force_target(target);
        Training fused{size.rows, size.inputs, size.columns, make()};
        const std::vector<Tensor> got = fused.after_two_steps({});
        ASSERT_EQ(got.size(), expected.size());
        for (std::size_t k = 0; k < got.size(); ++k) {
          for (std::int64_t i = 0; i < got[k].size(); ++i) {
            const double want = expected[k].item(i);
            ASSERT_NEAR(got[k].item(i), want, 2e-6 * std::max(1.0, std::abs(want)))
                << k << ": " << i;
          }
        }
      }
      cpu::force_target(0);
    }
  }
}

// Nothing but where the gradient lies differs.
TEST(FuseUpdate, GivesTheBitsOfTwoKernels) {
  for (const Size& size : kSizes) {
    Training apart{size.rows, size.inputs, size.columns, kOptimizers[0]()};
    Training fused{size.rows, size.inputs, size.columns, kOptimizers[0]()};
    const std::vector<Tensor> expected = apart.after_two_steps({.fuse = false});
    const std::vector<Tensor> got = fused.after_two_steps({});
    for (std::size_t k = 0; k < got.size(); ++k) EXPECT_TRUE(identical(got[k], expected[k])) << k;
  }
}

TEST(FuseUpdate, GivesTheSameBitsForAnyThreadCount) {
  const int before = num_threads();
  std::vector<Tensor> alone;
  for (const int count : {1, 2, 3}) {
    set_num_threads(count);
    Training training{64, 5000, 63, kOptimizers[0]()};
    const std::vector<Tensor> got = training.after_two_steps({});
    if (count == 1) alone = got;
    for (std::size_t k = 0; k < got.size(); ++k) EXPECT_TRUE(identical(got[k], alone[k])) << k;
  }
  set_num_threads(before);
}

std::string names_of(const Computation& computation) {
  return Program::compile(computation, {})->to_string();
}

TEST(FuseUpdate, LeavesNoGradient) {
  Training training{32, 40, 25, kOptimizers[0]()};
  const std::string program = names_of(training.step());
  EXPECT_NE(program.find("fused_matmul adam_update"), std::string::npos) << program;
}

TEST(FuseUpdate, LeavesAlone) {
  const auto is_fused = [](const Computation& computation) {
    return names_of(computation).find("fused_matmul adam_update") != std::string::npos;
  };
  Training wide{32, 40, 65, kOptimizers[0]()};
  EXPECT_FALSE(is_fused(wide.step()));
  Training clipped{32, 40, 25, Optimizer(Adam({.clipnorm = 1.0}))};
  EXPECT_FALSE(is_fused(clipped.step())) << "the gradient is read for its norm";
  Training shown{32, 40, 25, kOptimizers[0]()};
  Computation with_gradient = shown.step();
  with_gradient.outputs = {with_gradient.assignments[0].value.node().inputs()[0]};
  ASSERT_EQ(with_gradient.outputs[0].shape(), Shape({40, 25}));
  EXPECT_FALSE(is_fused(with_gradient)) << "the gradient is an output too";
  Training hats{32, 40, 25, Optimizer(Adam({.amsgrad = true}))};
  EXPECT_FALSE(is_fused(hats.step())) << "no kernel of its own";
}

// A weight whose gradient depends on it: no row of it may change before the last row is made.
TEST(FuseUpdate, KeepsTheMatricesOfTheProduct) {
  const Variable weight(narrow({600, 16}, 1));
  const Value matrix = Variable(narrow({600, 600}, 2)).value();
  Optimizer optimizer = SGD({.learning_rate = 0.001});
  optimizer.base().build({weight});
  Updates updates;
  optimizer.base().apply({ops::matmul(matrix, weight.value())}, updates);
  const Tensor before = weight.read();
  const auto program = Program::compile({{}, {}, updates.assignments()}, {});
  EXPECT_NE(program->to_string().find("fused_matmul sgd_update"), std::string::npos);
  run(*program);
  const Tensor expected(before - ops::matmul(matrix, before) * 0.001);
  for (std::int64_t i = 0; i < expected.size(); ++i) {
    ASSERT_NEAR(weight.read().item(i), expected.item(i), 1e-5) << i;
  }
}

}  // namespace
}  // namespace antler
