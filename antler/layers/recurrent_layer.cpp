#include "antler/layers/recurrent_layer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "antler/core/error.h"
#include "antler/layers/layer_call.h"
#include "antler/layers/layer_with_options.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/cast.h"
#include "antler/ops/creation.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/reshape.h"
#include "antler/ops/reverse.h"
#include "antler/ops/scan.h"
#include "antler/ops/slice.h"
#include "antler/ops/transpose.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

// A step's outputs are traced inside a loop: nothing outside may read them.
class WithoutObserver {
 public:
  explicit WithoutObserver(CallContext& context)
      : context_(context), observer_(std::exchange(context.observer, nullptr)) {}
  ~WithoutObserver() { context_.observer = std::move(observer_); }
  WithoutObserver(const WithoutObserver&) = delete;
  WithoutObserver& operator=(const WithoutObserver&) = delete;

 private:
  CallContext& context_;
  decltype(CallContext::observer) observer_;
};

// Zeros that take no memory until they are computed.
Value zeros_of(const Shape& shape, DType dtype) {
  return ops::broadcast_to(ops::zeros({}, dtype), shape);
}

Shape step_of(const Shape& input) { return input.erased(1); }

// The mask of one step, (batch, 1), so that it meets a value of any rank.
Value fitted(const Value& mask, const Value& value) {
  Shape shape = mask.shape();
  while (shape.rank() < value.rank()) shape = shape.inserted(shape.rank(), 1);
  return ops::reshape(mask, shape);
}

}  // namespace

std::vector<Value> outputs_of_unknown_sizes(const LayerBase& layer,
                                            const std::vector<Value>& inputs,
                                            const CallContext& context) {
  const auto base = std::const_pointer_cast<LayerBase>(layer.shared_from_this());
  std::vector<Value> all = inputs;
  for (const Value& value : context.options().values()) all.push_back(value);
  return apply_all(LayerCall{Layer(base), context.options()}, std::move(all));
}

Config nested_states(const Layer& layer, const Config& states) {
  Config nested = Config::list();
  std::size_t next = 0;
  const auto take = [&](const RNNCellBase& cell, Config& into) {
    for (std::size_t i = 0; i < cell.state_size().size() && next < states.size(); ++i) {
      into.push_back(states[next++]);
    }
  };
  const auto visit = [&](const auto& self, const LayerBase& base) -> void {
    const auto* cell = dynamic_cast<const RNNCellBase*>(&base);
    if (cell != nullptr && base.class_name() != "StackedRNNCells") return take(*cell, nested);
    for (const Layer& inner : base.layers()) {
      if (cell == nullptr) {
        self(self, inner.base());
        continue;
      }
      Config own = Config::list();
      take(static_cast<const RNNCellBase&>(inner.base()), own);
      nested.push_back(std::move(own));
    }
  };
  visit(visit, layer.base());
  return next == states.size() ? nested : states;
}

RecurrentLayer::RecurrentLayer(std::string_view class_name, LayerCommon common, const Layer& cell,
                               const RecurrentFlags& flags, Config arguments)
    : LayerBase(std::move(common)),
      class_name_(class_name),
      cell_(cell),
      flags_(flags),
      arguments_(std::move(arguments)) {
  if (!cell || dynamic_cast<const RNNCellBase*>(&cell.base()) == nullptr) {
    throw ValueError(layer_title(class_name, name()) + ": expected a cell, got " +
                     (cell ? cell.class_name() : "an empty handle") +
                     "; cells are SimpleRNNCell, GRUCell, LSTMCell, StackedRNNCells and classes "
                     "derived from RNNCellBase");
  }
  add_layer(cell);
}

const RNNCellBase& RecurrentLayer::cell() const {
  return static_cast<const RNNCellBase&>(cell_.base());
}

Value RecurrentLayer::compute_mask(const std::vector<Value>& inputs,
                                   const CallContext& context) const {
  return flags_.return_sequences ? context.mask(inputs.front()) : Value();
}

void RecurrentLayer::check_input(const Shape& input) const {
  if (input.rank() < 3) {
    throw ShapeError("expected 3 dimensions (batch, time, features), got " + input.to_string());
  }
  if (input[1] == 0) {
    throw ShapeError("expected at least 1 time step, got " + input.to_string());
  }
}

void RecurrentLayer::build_list(const std::vector<Shape>& inputs) {
  const Shape& input = inputs.front();
  check_input(input);
  if (flags_.unroll && input[1] == None) {
    throw ShapeError("unroll needs a known number of time steps, got " + input.to_string() +
                     "; give Input() its size");
  }
  cell_.base().ensure_built({step_of(input)});
  if (!flags_.stateful) return;
  if (input[0] == None) {
    throw ShapeError("stateful needs a known batch size, got " + input.to_string() +
                     "; give Input() its batch_size");
  }
  for (const Shape& shape : cell().state_shapes(step_of(input))) {
    states_.emplace_back(Tensor::zeros(shape, dtype()), VariableOptions{"rnn_state", false});
  }
}

std::vector<Value> RecurrentLayer::initial_states(const Shape& input, CallContext& context) const {
  const std::vector<Shape> shapes = cell().state_shapes(step_of(input));
  std::vector<Value> states = context.options().initial_state;
  if (states.empty()) {
    for (const Variable& state : states_) states.push_back(context.value(state));
  }
  if (states.empty()) {
    for (const Shape& shape : shapes) states.push_back(zeros_of(shape, dtype()));
  }
  if (states.size() != shapes.size()) {
    throw ShapeError("expected " + std::to_string(shapes.size()) + " initial states, got " +
                     std::to_string(states.size()));
  }
  for (std::size_t i = 0; i < states.size(); ++i) {
    states[i] = ops::cast(states[i], dtype());
    if (states[i].shape() == shapes[i]) continue;
    throw ShapeError("expected shape " + shapes[i].to_string() + " for state " + std::to_string(i) +
                     ", got " + states[i].shape().to_string() +
                     (states_.empty() ? "" : "; a stateful layer keeps one batch size"));
  }
  return states;
}

std::vector<Value> RecurrentLayer::call_list(const std::vector<Value>& inputs,
                                             CallContext& context) const {
  const bool known = std::all_of(inputs.begin(), inputs.end(),
                                 [](const Value& v) { return v.shape().is_known(); });
  if (!known) return outputs_of_unknown_sizes(*this, inputs, context);
  check_input(inputs[0].shape());
  // Keras hands a layer the mask that travels only where its input is its one tensor: with initial
  // states it has to be given.
  const CallOptions& options = context.options();
  const bool takes_mask =
      options.initial_state.empty() || (!options.mask.empty() && options.mask[0]);
  std::vector<Value> outputs = run(inputs[0], takes_mask ? context.mask(inputs[0]) : Value(),
                                   initial_states(inputs[0].shape(), context), context);
  for (std::size_t i = 0; i < states_.size(); ++i) context.assign(states_[i], outputs[i + 1]);
  if (!flags_.return_state) outputs.resize(1);
  return outputs;
}

// The outputs of one step, a mask's choices made. Masked steps follow Keras: in a loop their output
// is the state that stands for it; unrolled it is the output of the step before, at first 0.
RecurrentLayer::Step RecurrentLayer::step(std::span<const Value> carried,
                                          std::span<const Value> slices,
                                          CallContext& context) const {
  const std::size_t count = carried.size() - (repeats_output(slices.size() > 1) ? 1 : 0);
  const auto states = carried.first(count);
  std::vector<Value> arguments = {slices[0]};
  arguments.insert(arguments.end(), states.begin(), states.end());
  std::vector<Value> next = cell_.call_all(arguments, context);
  Value output = next.front();
  next.erase(next.begin());
  std::ptrdiff_t same = -1;  // the state that the output is
  for (std::size_t i = 0; i < count && same < 0; ++i) {
    if (output.is_same(next[i])) same = static_cast<std::ptrdiff_t>(i);
  }
  if (slices.size() > 1) {
    const auto choose = [&](const Value& present, const Value& past) {
      return ops::where(fitted(slices[1], present), present, past);
    };
    for (std::size_t i = 0; i < count; ++i) next[i] = choose(next[i], states[i]);
    const std::size_t stands_in = cell().output_state();
    if (repeats_output(true)) {
      output = choose(output, carried[count]);
      same = -1;
    } else if (flags_.zero_output_for_mask) {
      output = choose(output, ops::zeros({}, output.dtype()));
      same = -1;
    } else if (same == static_cast<std::ptrdiff_t>(stands_in)) {
      output = next[stands_in];
    } else {
      output = choose(output, states[stands_in]);
      same = -1;
    }
  }
  return {output, std::move(next), same};
}

// Returns the output and the last states.
std::vector<Value> RecurrentLayer::run(const Value& x, const Value& mask, std::vector<Value> states,
                                       CallContext& context) const {
  const WithoutObserver no_observer(context);
  const std::size_t count = states.size();
  std::vector<Value> sequences = {ops::swapaxes(x, 0, 1)};
  if (mask) {
    if (mask.shape() != x.shape().subshape(0, 2)) {
      throw ShapeError("expected a mask of shape " + x.shape().subshape(0, 2).to_string() +
                       ", got " + mask.shape().to_string());
    }
    sequences.push_back(ops::reshape(ops::swapaxes(mask, 0, 1), {x.shape()[1], x.shape()[0], 1}));
  }
  if (repeats_output(static_cast<bool>(mask))) {
    Shape shape = states[cell().output_state()].shape();
    shape.set(-1, cell().output_size());
    states.push_back(zeros_of(shape, dtype()));
  }
  std::ptrdiff_t same = -1;
  const ops::ScanStep result = ops::scan(
      [&](std::span<const Value> carried, std::span<const Value> slices) -> ops::ScanStep {
        Step step = this->step(carried, slices, context);
        same = step.output_is_state;
        if (carried.size() > count) step.states.push_back(step.output);
        if (flags_.return_sequences || same < 0) return {std::move(step.states), {step.output}};
        return {std::move(step.states), {}};
      },
      states, sequences, {.reverse = flags_.go_backwards});
  Value output;
  if (flags_.return_sequences) {
    output = ops::swapaxes(result.stacked[0], 0, 1);
    if (flags_.go_backwards) output = ops::flip(output, 1);
  } else if (same >= 0) {
    output = result.carried[static_cast<std::size_t>(same)];
  } else {
    const std::int64_t last = flags_.go_backwards ? 0 : x.shape()[1] - 1;
    output = ops::squeeze(ops::slice_axis(result.stacked[0], 0, last, last + 1), 0);
  }
  std::vector<Value> outputs = {output};
  outputs.insert(outputs.end(), result.carried.begin(),
                 result.carried.begin() + static_cast<std::ptrdiff_t>(count));
  return outputs;
}

Config RecurrentLayer::get_config() const {
  Config config = LayerBase::get_config();
  for (const auto& [key, value] : arguments_.as_map()) config.set(key, value);
  config.set("zero_output_for_mask", flags_.zero_output_for_mask);
  if (class_name_ == "RNN") config.set("cell", layer_to_config(cell_));
  return config;
}

void RecurrentLayer::set_zero_output_for_mask(bool zero) { flags_.zero_output_for_mask = zero; }

void RecurrentLayer::reset_state() {
  for (Variable& state : states_) state.assign(Tensor::zeros(state.shape(), state.dtype()));
}

}  // namespace antler
