#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/function.h"
#include "antler/graph/variable.h"

namespace antler {

/// The gradients of a loss by variables, in their order; an empty Tensor where the loss does not
/// reach a variable: the optimizer leaves that one alone.
struct Gradients {
  std::vector<Variable> variables;
  std::vector<Tensor> values;
};

/// What value_and_grad returns: call it with Tensors to get the loss and its gradients.
class ValueAndGrad {
 public:
  struct Result {
    Tensor loss;
    Gradients gradients;
  };

  ValueAndGrad(Function::Body loss, std::vector<Variable> variables, const ProgramOptions& options);

  template <class... T>
  Result operator()(const T&... arguments) const {
    return call({Tensor(arguments)...});
  }
  Result call(const std::vector<Tensor>& arguments) const;

 private:
  struct Reached;  // which variables the loss reaches
  std::vector<Variable> variables_;
  std::shared_ptr<Reached> reached_;
  Function function_;
};

/// A compiled function that computes a scalar loss and its gradients by `variables`:
///
///   auto step = value_and_grad([&](const Value& x, const Value& y) { return loss(y, model(x)); },
///                              model.trainable_weights());
///   auto [value, grads] = step(x, y);
///   optimizer.apply(grads);
///
/// Shapes   a gradient has its variable's shape and type.
/// Errors   those of gradients(), when a program is made for new shapes, and those of Function.
/// Threads  as Function.
/// Source   none in Keras; as jax.value_and_grad.
template <class F>
ValueAndGrad value_and_grad(F loss, std::vector<Variable> variables,
                            const ProgramOptions& options = {}) {
  return ValueAndGrad(
      [loss = std::move(loss)](const std::vector<Value>& values) mutable {
        return detail::call_with_values(loss, values);
      },
      std::move(variables), options);
}

}  // namespace antler
