#include "antler/compiler/value_and_grad.h"

#include <mutex>

#include "antler/autodiff/stable_forms.h"
#include "antler/graph/rewrite.h"

namespace antler {

// Which variables get a gradient follows from the code of the loss; it is written while tracing and
// is the same for all shapes.
struct ValueAndGrad::Reached {
  std::mutex mutex;
  std::vector<bool> flags;
};

namespace {

std::vector<Value> loss_and_gradients(Value loss, const std::vector<Variable>& variables,
                                      bool stable_rewrites) {
  if (stable_rewrites) {
    ValueMap replacements;
    loss = stable_forms(std::span(&loss, 1), replacements).front();
  }
  std::vector<Value> results = gradients(loss, variables);
  results.insert(results.begin(), loss);
  return results;
}

}  // namespace

ValueAndGrad::ValueAndGrad(Function::Body loss, std::vector<Variable> variables,
                           const ProgramOptions& options)
    : variables_(std::move(variables)),
      reached_(std::make_shared<Reached>()),
      function_(
          [loss = std::move(loss), variables = variables_, reached = reached_,
           stable = options.stable_rewrites](const std::vector<Value>& values) {
            std::vector<Value> results = loss_and_gradients(loss(values).at(0), variables, stable);
            std::vector<Value> present;
            std::vector<bool> flags;
            for (const Value& value : results) {
              flags.push_back(static_cast<bool>(value));
              if (value) present.push_back(value);
            }
            const std::lock_guard lock(reached->mutex);
            reached->flags = std::move(flags);
            return present;
          },
          options) {}

ValueAndGrad::Result ValueAndGrad::call(const std::vector<Tensor>& arguments) const {
  std::vector<Tensor> present = function_.call(arguments);
  std::vector<bool> flags;
  {
    const std::lock_guard lock(reached_->mutex);
    flags = reached_->flags;
  }
  Result result{present.front(), {variables_, std::vector<Tensor>(variables_.size())}};
  std::size_t next = 1;
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    if (flags[i + 1]) result.gradients.values[i] = std::move(present[next++]);
  }
  return result;
}

}  // namespace antler
