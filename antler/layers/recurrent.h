#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/layers/recurrent_cells.h"

namespace antler {

/// The fields that the recurrent layers share, for their `visit`.
template <class Options, class Field>
void visit_recurrent_flags(Options& self, Field&& field) {
  field("return_sequences", self.return_sequences);
  field("return_state", self.return_state);
  field("go_backwards", self.go_backwards);
  field("stateful", self.stateful);
  field("unroll", self.unroll);
  field("zero_output_for_mask", self.zero_output_for_mask);
}

struct RNNOptions {
  NamedOnly named_only = NamedOnly();
  bool return_sequences = false;
  bool return_state = false;
  bool go_backwards = false;
  bool stateful = false;
  bool unroll = false;
  bool zero_output_for_mask = false;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    visit_recurrent_flags(self, field);
  }
};

/// A cell run along time:
///
///   RNN({LSTMCell(8), GRUCell(4)}, {.return_sequences = true})(x)
///
/// Options  cell: a cell, a user's (RNNCellBase), or several on top of each other.
///          return_sequences: the outputs of all steps, not the last alone; return_state: the
///          states after the last step are further outputs; go_backwards: from the last step to the
///          first, outputs in that order; stateful: the states after a batch are those before the
///          next, until reset_state() (the batch size must be fixed); unroll: as Keras, changes
///          only what masked steps before the first one that is not masked give; it is no faster
///          here. zero_output_for_mask: masked steps give 0, not the output before.
/// Shapes   x (batch, time, ...) -> (batch, units), or (batch, time, units); then the states. The
///          states at the start: layer(x, {.initial_state = {h, c}}).
/// Masks    (batch, time): masked steps leave the states alone. It goes on with return_sequences.
/// Errors   ValueError for what is no cell; ShapeError for an input of too low a rank or of no time
///          steps, for states or a mask that do not fit, for another batch size where it is fixed,
///          and where stateful or unroll need a size that is not known.
/// Source   keras.layers.RNN.
class RNN : public Layer {
 public:
  RNN(const Layer& cell, const RNNOptions& options = {});
  RNN(const std::vector<Layer>& cells, const RNNOptions& options = {});

  /// The states at the start are zero again. Does nothing unless it is stateful.
  void reset_state() const;

 protected:
  explicit RNN(std::shared_ptr<LayerBase> base) : Layer(std::move(base)) {}
};

struct SimpleRNNOptions {
  NamedOnly named_only = NamedOnly();
  ActivationArg activation = "tanh";
  bool use_bias = true;
  InitializerArg kernel_initializer = "glorot_uniform";
  InitializerArg recurrent_initializer = "orthogonal";
  InitializerArg bias_initializer = "zeros";
  RegularizerArg kernel_regularizer = {};
  RegularizerArg recurrent_regularizer = {};
  RegularizerArg bias_regularizer = {};
  RegularizerArg activity_regularizer = {};
  ConstraintArg kernel_constraint = {};
  ConstraintArg recurrent_constraint = {};
  ConstraintArg bias_constraint = {};
  double dropout = 0;
  double recurrent_dropout = 0;
  std::optional<std::int64_t> seed = {};
  bool return_sequences = false;
  bool return_state = false;
  bool go_backwards = false;
  bool stateful = false;
  bool unroll = false;
  bool zero_output_for_mask = false;
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    visit_recurrent_flags(self, field);
    visit_recurrent_weights(self, field);
  }
};

/// SimpleRNNCell run along time: see there for the formula and the weights, and RNN for the rest.
///
/// Shapes   x (batch, time, n) -> (batch, units), or (batch, time, units) with return_sequences.
/// Errors   as the cell's and RNN's.
/// Source   keras.layers.SimpleRNN.
class SimpleRNN : public RNN {
 public:
  SimpleRNN(std::int64_t units, const SimpleRNNOptions& options = {});
  static Layer from_config(const Config& config);
};

struct GRUOptions {
  NamedOnly named_only = NamedOnly();
  ActivationArg activation = "tanh";
  ActivationArg recurrent_activation = "sigmoid";
  bool use_bias = true;
  InitializerArg kernel_initializer = "glorot_uniform";
  InitializerArg recurrent_initializer = "orthogonal";
  InitializerArg bias_initializer = "zeros";
  RegularizerArg kernel_regularizer = {};
  RegularizerArg recurrent_regularizer = {};
  RegularizerArg bias_regularizer = {};
  RegularizerArg activity_regularizer = {};
  ConstraintArg kernel_constraint = {};
  ConstraintArg recurrent_constraint = {};
  ConstraintArg bias_constraint = {};
  double dropout = 0;
  double recurrent_dropout = 0;
  std::optional<std::int64_t> seed = {};
  bool return_sequences = false;
  bool return_state = false;
  bool go_backwards = false;
  bool stateful = false;
  bool unroll = false;
  bool reset_after = true;
  bool zero_output_for_mask = false;
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    visit_recurrent_flags(self, field);
    visit_recurrent_weights(self, field);
    field("recurrent_activation", self.recurrent_activation);
    field("reset_after", self.reset_after);
  }
};

/// GRUCell run along time: see there for the formula and the weights, and RNN for the rest.
///
/// Shapes   x (batch, time, n) -> (batch, units), or (batch, time, units) with return_sequences.
/// Errors   as the cell's and RNN's.
/// Source   keras.layers.GRU; Cho et al. (2014), arXiv:1406.1078.
class GRU : public RNN {
 public:
  GRU(std::int64_t units, const GRUOptions& options = {});
  static Layer from_config(const Config& config);
};

struct LSTMOptions {
  NamedOnly named_only = NamedOnly();
  ActivationArg activation = "tanh";
  ActivationArg recurrent_activation = "sigmoid";
  bool use_bias = true;
  InitializerArg kernel_initializer = "glorot_uniform";
  InitializerArg recurrent_initializer = "orthogonal";
  InitializerArg bias_initializer = "zeros";
  bool unit_forget_bias = true;
  RegularizerArg kernel_regularizer = {};
  RegularizerArg recurrent_regularizer = {};
  RegularizerArg bias_regularizer = {};
  RegularizerArg activity_regularizer = {};
  ConstraintArg kernel_constraint = {};
  ConstraintArg recurrent_constraint = {};
  ConstraintArg bias_constraint = {};
  double dropout = 0;
  double recurrent_dropout = 0;
  std::optional<std::int64_t> seed = {};
  bool return_sequences = false;
  bool return_state = false;
  bool go_backwards = false;
  bool stateful = false;
  bool unroll = false;
  bool zero_output_for_mask = false;
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    visit_recurrent_flags(self, field);
    visit_recurrent_weights(self, field);
    field("recurrent_activation", self.recurrent_activation);
    field("unit_forget_bias", self.unit_forget_bias);
  }
};

/// LSTMCell run along time: see there for the formula and the weights, and RNN for the rest.
///
/// Shapes   x (batch, time, n) -> (batch, units), or (batch, time, units) with return_sequences.
/// Errors   as the cell's and RNN's.
/// Source   keras.layers.LSTM; Hochreiter and Schmidhuber (1997).
class LSTM : public RNN {
 public:
  LSTM(std::int64_t units, const LSTMOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
