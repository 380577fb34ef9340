#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/activations/activation.h"
#include "antler/layers/rnn_cell.h"

namespace antler {

/// The fields that the cells share, for their `visit`.
template <class Options, class Field>
void visit_recurrent_weights(Options& self, Field&& field) {
  field("activation", self.activation);
  field("use_bias", self.use_bias);
  field("kernel_initializer", self.kernel_initializer);
  field("recurrent_initializer", self.recurrent_initializer);
  field("bias_initializer", self.bias_initializer);
  field("kernel_regularizer", self.kernel_regularizer);
  field("recurrent_regularizer", self.recurrent_regularizer);
  field("bias_regularizer", self.bias_regularizer);
  field("kernel_constraint", self.kernel_constraint);
  field("recurrent_constraint", self.recurrent_constraint);
  field("bias_constraint", self.bias_constraint);
  field("dropout", self.dropout);
  field("recurrent_dropout", self.recurrent_dropout);
  field("seed", self.seed);
}

struct SimpleRNNCellOptions {
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
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    visit_recurrent_weights(self, field);
  }
};

/// h = activation(x . kernel + bias + h . recurrent_kernel), which is output and state.
///
/// Options  units: the width of state and output; activation; use_bias; how weights start, are
///          penalized and constrained; dropout, recurrent_dropout: in training, the share of the
///          input's and of the state's features that are 0, the same ones in all steps (outside
///          [0, 1] the nearest); seed: of these draws.
/// Shapes   {x (batch, n), h} -> {h, h}, each (batch, units). Weights:
///          kernel (n, units), recurrent_kernel (units, units), bias (units,).
/// Errors   ValueError for units < 1; ShapeError for an unknown n.
/// Source   keras.layers.SimpleRNNCell.
class SimpleRNNCell : public Layer {
 public:
  SimpleRNNCell(std::int64_t units, const SimpleRNNCellOptions& options = {});
  static Layer from_config(const Config& config);
};

struct GRUCellOptions {
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
  bool reset_after = true;
  std::optional<std::int64_t> seed = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    visit_recurrent_weights(self, field);
    field("recurrent_activation", self.recurrent_activation);
    field("reset_after", self.reset_after);
  }
};

/// A gated recurrent unit: z, r = recurrent_activation(x W + b + h U);
/// n = activation(x W_n + b_n + r (h U_n + b_rn)), or with reset_after = false
/// activation(x W_n + b_n + (r h) U_n);  h = z h + (1 - z) n.
///
/// Options  as SimpleRNNCell's; recurrent_activation: of the gates z and r; reset_after: where r
///          acts. A dropout of 1 drops nothing, as in Keras.
/// Shapes   {x (batch, n), h} -> {h, h}, each (batch, units). Weights:
///          kernel (n, 3 units), recurrent_kernel (units, 3 units), parts in the order z, r, n;
///          bias (2, 3 units): input, recurrent; (3 units,) with reset_after = false.
/// Errors   ValueError for units < 1; ShapeError for an unknown n.
/// Source   keras.layers.GRUCell; Cho et al. (2014), arXiv:1406.1078.
class GRUCell : public Layer {
 public:
  GRUCell(std::int64_t units, const GRUCellOptions& options = {});
  static Layer from_config(const Config& config);
};

struct LSTMCellOptions {
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
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    visit_recurrent_weights(self, field);
    field("recurrent_activation", self.recurrent_activation);
    field("unit_forget_bias", self.unit_forget_bias);
  }
};

/// Long short-term memory: i, f, o = recurrent_activation(x W + h U + b);
/// c = f c + i activation(x W_c + h U_c + b_c);  h = o activation(c).
///
/// Options  as SimpleRNNCell's; recurrent_activation: of the gates i, f and o; unit_forget_bias:
///          ones instead of bias_initializer for f. A dropout of 1 drops nothing, as in Keras.
/// Shapes   {x (batch, n), h, c} -> {h, h, c}, each (batch, units). Weights:
///          kernel (n, 4 units), recurrent_kernel (units, 4 units), bias (4 units,), parts in the
///          order i, f, c, o.
/// Errors   ValueError for units < 1; ShapeError for an unknown n.
/// Source   keras.layers.LSTMCell; Hochreiter and Schmidhuber (1997).
class LSTMCell : public Layer {
 public:
  LSTMCell(std::int64_t units, const LSTMCellOptions& options = {});
  static Layer from_config(const Config& config);
};

struct StackedRNNCellsOptions {
  NamedOnly named_only = NamedOnly();
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) { visit_common(self, field); }
};

/// Cells on top of each other as one: the output of each is the next one's input. Its states are
/// those of all, in order.
///
/// Errors   ValueError for no cells or a layer that is no cell.
/// Source   keras.layers.StackedRNNCells.
class StackedRNNCells : public Layer {
 public:
  StackedRNNCells(const std::vector<Layer>& cells, const StackedRNNCellsOptions& options = {});
};

}  // namespace antler
