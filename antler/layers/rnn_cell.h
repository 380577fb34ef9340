#pragma once

#include <cstdint>
#include <vector>

#include "antler/layers/layer.h"

namespace antler {

/// One step of a recurrent layer: what RNN runs along time. A user's own cell derives from it:
///
///   struct LeakyCell : RNNCellBase {
///     std::vector<std::int64_t> state_size() const override { return {4}; }
///     void build(const Shape& in) override {
///       kernel_ = add_weight({.name = "kernel", .shape = {in.back(), 4}});
///     }
///     Step step(const Value& x, const std::vector<Value>& states, CallContext&) const override {
///       const Value h = states[0] * 0.9 + ops::matmul(x, kernel_);
///       return {h, {h}};
///     }
///     Variable kernel_;
///   };
///   RNN layer(make_layer<LeakyCell>(), {.return_sequences = true});
///
/// `step` is traced once for all steps: random numbers that it draws are the same in each of them,
/// as in Keras' cells. It must not assign variables or add losses.
/// Called as a layer, a cell takes {x, states...} and gives {output, states...}.
///
/// Shapes   x (batch, ...), states of state_shapes() -> an output (batch, ...), states as before.
/// Source   a cell of keras.layers.RNN.
class RNNCellBase : public LayerBase {
 public:
  struct Step {
    Value output;
    std::vector<Value> states;
  };

  using LayerBase::LayerBase;

  /// The width of each state.
  virtual std::vector<std::int64_t> state_size() const = 0;
  /// The width of the output: by default that of the first state.
  virtual std::int64_t output_size() const { return state_size().front(); }
  /// The shapes of the states for a step's input (batch, ...): by default (batch, size).
  virtual std::vector<Shape> state_shapes(const Shape& input) const;
  virtual Step step(const Value& x, const std::vector<Value>& states,
                    CallContext& context) const = 0;
  /// The state that stands for the output of a masked step.
  virtual std::size_t output_state() const { return 0; }

  std::vector<Value> call_list(const std::vector<Value>& inputs,
                               CallContext& context) const override;
};

}  // namespace antler
