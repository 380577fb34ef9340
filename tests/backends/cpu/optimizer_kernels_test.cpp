#include "antler/backends/cpu/optimizer_kernels.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/compiler/evaluate.h"
#include "antler/graph/node.h"
#include "antler/graph/rewrite.h"
#include "antler/graph/updates.h"
#include "antler/ops/arithmetic.h"
#include "antler/optimizers/adam.h"
#include "antler/optimizers/rmsprop.h"
#include "antler/optimizers/sgd.h"

namespace antler::cpu {
namespace {

Tensor numbers(std::int64_t size, double phase) {
  Tensor t = Tensor::uninitialized(DType::float32, {size});
  const auto data = t.mutable_data<float>();
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i] = static_cast<float>(std::sin(phase + 0.7 * static_cast<double>(i)));
  }
  return t;
}

// The composite that updates one variable of `size` elements, with a gradient.
struct Update {
  Optimizer optimizer;
  Variable weight;
  Tensor gradient;
  std::shared_ptr<const Node> node;

  Update(Optimizer made, std::int64_t size, DType type = DType::float32)
      : optimizer(std::move(made)),
        weight(numbers(size, 1).astype(type)),
        gradient(numbers(size, 2).astype(type)) {
    optimizer.base().build({weight});
    std::vector<Variable> variables = optimizer.variables();
    for (std::size_t i = 2; i < variables.size(); ++i) {
      const Tensor start = numbers(size, 3.0 + static_cast<double>(i)).astype(type);
      variables[i].assign(Tensor(Value(start) * Value(start) + 1.0));
    }
    Updates updates;
    optimizer.base().apply({gradient}, updates);
    node = updates.value(weight).shared_node();
  }

  const ops::Composite& composite() const { return *node->op_as<ops::Composite>(); }
  KernelSpecs specs() const {
    KernelSpecs specs;
    for (const Value& input : node->inputs()) specs.inputs.push_back(input.spec());
    specs.outputs = node->outputs();
    return specs;
  }
  KernelPtr kernel() const { return optimizer_kernel(composite(), specs()); }
  std::vector<Tensor> inputs() const { return evaluate(node->inputs(), {.backend = "reference"}); }
  /// The body: plain ops on the reference backend.
  std::vector<Tensor> expected() const {
    const std::vector<Value> body = inline_graph(*composite().body, node->inputs());
    return evaluate(body, {.backend = "reference"});
  }
};

void run(const Kernel& kernel, const std::vector<Tensor>& inputs,
         const std::vector<std::byte*>& outputs) {
  std::vector<const std::byte*> in;
  for (const Tensor& input : inputs) in.push_back(input.raw());
  RunStatus status;
  kernel.run({in.data(), outputs.data(), nullptr, &status});
}

void expect_near(const std::vector<Tensor>& got, const std::vector<Tensor>& expected) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t k = 0; k < got.size(); ++k) {
    for (std::int64_t i = 0; i < got[k].size(); ++i) {
      ASSERT_NEAR(got[k].item(i), expected[k].item(i), 2e-6) << k << ": " << i;
    }
  }
}

// Outputs apart from the inputs; each state in place; the weight where the gradient was.
void expect_kernel_follows_body(const Update& update) {
  const KernelPtr kernel = update.kernel();
  ASSERT_NE(kernel, nullptr);
  EXPECT_TRUE(kernel->works_in_place(0));
  const std::vector<Tensor> expected = update.expected();
  for (const char* way : {"apart", "in place", "over the gradient"}) {
    std::vector<Tensor> inputs = update.inputs();
    for (Tensor& input : inputs) input = input.clone();
    std::vector<Tensor> results = expected;
    std::vector<std::byte*> outputs;
    for (std::size_t k = 0; k < results.size(); ++k) {
      results[k] = Tensor::zeros(expected[k].shape());
      outputs.push_back(results[k].mutable_raw());
      if (way[0] == 'a') continue;
      outputs[k] = inputs[way[0] == 'o' && k == 0 ? 0 : k + 1].mutable_raw();
    }
    run(*kernel, inputs, outputs);
    for (std::size_t k = 0; k < results.size(); ++k) {
      if (way[0] != 'a') results[k] = inputs[way[0] == 'o' && k == 0 ? 0 : k + 1];
    }
    SCOPED_TRACE(way);
    expect_near(results, expected);
  }
}

// 40,000 elements are three turns of threads; 1 is where a scalar is as large as the weight.
class OptimizerKernel : public testing::TestWithParam<std::int64_t> {};

TEST_P(OptimizerKernel, FollowsTheBody) {
  const std::int64_t size = GetParam();
  for (const std::optional<double> decay : {std::optional<double>(), std::optional(0.5)}) {
    SCOPED_TRACE(decay.has_value());
    expect_kernel_follows_body({Adam({.learning_rate = 0.1, .weight_decay = decay}), size});
    expect_kernel_follows_body({SGD({.learning_rate = 0.1, .weight_decay = decay}), size});
    for (const bool flag : {false, true}) {
      expect_kernel_follows_body(
          {SGD({.learning_rate = 0.1, .momentum = 0.9, .nesterov = flag, .weight_decay = decay}),
           size});
      for (const double momentum : {0.0, 0.5}) {
        // epsilon keeps the centered root away from 0.
        expect_kernel_follows_body({RMSprop({.learning_rate = 0.1,
                                             .momentum = momentum,
                                             .epsilon = 10,
                                             .centered = flag,
                                             .weight_decay = decay}),
                                    size});
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, OptimizerKernel, testing::Values(1, 700, 40000));

TEST(OptimizerKernels, LeaveOthersToTheBody) {
  EXPECT_EQ(Update(Adam({.amsgrad = true}), 3).kernel(), nullptr);
  EXPECT_EQ(Update(SGD(), 3, DType::float64).kernel(), nullptr);
  EXPECT_EQ(Update(Adam(), 3, DType::float64).kernel(), nullptr);
  const Update update(SGD(), 3);
  ops::Composite other = update.composite();
  other.kernel = "softmax";
  EXPECT_EQ(optimizer_kernel(other, update.specs()), nullptr);
}

}  // namespace
}  // namespace antler::cpu
