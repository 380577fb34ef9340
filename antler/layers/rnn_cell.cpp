#include "antler/layers/rnn_cell.h"

#include <string>

#include "antler/core/error.h"

namespace antler {

std::vector<Shape> RNNCellBase::state_shapes(const Shape& input) const {
  std::vector<Shape> shapes;
  for (const std::int64_t size : state_size()) shapes.push_back({input.front(), size});
  return shapes;
}

std::vector<Value> RNNCellBase::call_list(const std::vector<Value>& inputs,
                                          CallContext& context) const {
  const std::size_t count = state_size().size();
  if (inputs.size() != count + 1) {
    throw ShapeError("expected an input and " + std::to_string(count) + " states, got " +
                     std::to_string(inputs.size()) + " values");
  }
  Step step = this->step(inputs[0], {inputs.begin() + 1, inputs.end()}, context);
  if (step.states.size() != count) {
    throw StateError("expected a step that gives " + std::to_string(count) + " states, got " +
                     std::to_string(step.states.size()));
  }
  step.states.insert(step.states.begin(), step.output);
  return step.states;
}

}  // namespace antler
