#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/axes_arg.h"
#include "antler/layers/layer.h"
#include "antler/layers/sizes_arg.h"

// Attention of several heads between learned projections. Both take query, value and, where it is
// not the value, key as arguments of their own: layer({query, value, key}, {.use_causal_mask =
// true}). With return_attention_scores the scores (batch, heads, T, S) are a second output.
//
// Masks     A pair counts where all of these hold: attention_mask, (T, S), (batch, T, S) or
//           (batch, heads, T, S); the masks that travel with query, value and key, or are given in
//           their place; the causal one; the window. The output has the query's mask.
// Weights   kernel and bias of query, key, gate, value and attention_output, in this order: kernels
//           (n, heads, size), that of the output (heads, size, ...).
namespace antler {

struct MultiHeadAttentionOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::int64_t> value_dim = {};  // key_dim
  double dropout = 0.0;
  bool use_bias = true;
  SizesArg output_shape = {};   // query's last axis
  AxesArg attention_axes = {};  // all but batch and features
  std::optional<std::int64_t> sliding_window = {};
  std::optional<bool> flash_attention = {};
  InitializerArg kernel_initializer = "glorot_uniform";
  InitializerArg bias_initializer = "zeros";
  RegularizerArg kernel_regularizer = {};
  RegularizerArg bias_regularizer = {};
  RegularizerArg activity_regularizer = {};
  ConstraintArg kernel_constraint = {};
  ConstraintArg bias_constraint = {};
  bool use_gate = false;
  std::optional<std::int64_t> seed = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("value_dim", self.value_dim);
    field("dropout", self.dropout);
    field("use_bias", self.use_bias);
    field("output_shape", self.output_shape);
    field("attention_axes", self.attention_axes);
    field("sliding_window", self.sliding_window);
    field("use_gate", self.use_gate);
    field("kernel_initializer", self.kernel_initializer);
    field("bias_initializer", self.bias_initializer);
    field("kernel_regularizer", self.kernel_regularizer);
    field("bias_regularizer", self.bias_regularizer);
    field("kernel_constraint", self.kernel_constraint);
    field("bias_constraint", self.bias_constraint);
    field("seed", self.seed);
  }
};

/// Attention with heads of their own queries, keys and values:
/// y = output(softmax(query(x) . key(z) / sqrt(key_dim)) value(z)).
///
/// Options  num_heads; key_dim, value_dim: sizes of a head; dropout: of the scores, in training;
///          output_shape: sizes of y behind T; attention_axes: those that attention runs over, the
///          other ones are batches; sliding_window: keys nearer than that are seen;
///          flash_attention: no difference here; use_gate: what the heads give is multiplied by
///          sigmoid(gate(x)). Regularizers and constraints belong to each projection.
/// Shapes   query (batch, T, n), value (batch, S, m), key (batch, S, k) -> (batch, T, n); T and S
///          may be several axes.
/// Errors   ValueError for arguments out of range; ShapeError for ranks and sizes that do not fit.
/// Source   keras.layers.MultiHeadAttention; Vaswani et al. (2017), arXiv:1706.03762. As there, a
///          mask of the query that is given in the call (and does not travel) has no effect, and
///          the call takes the masks off its inputs: layers that read those later see none.
class MultiHeadAttention : public Layer {
 public:
  MultiHeadAttention(std::int64_t num_heads, std::int64_t key_dim,
                     const MultiHeadAttentionOptions& options = {});
  static Layer from_config(const Config& config);
};

struct GroupQueryAttentionOptions {
  NamedOnly named_only = NamedOnly();
  double dropout = 0.0;
  bool use_bias = true;
  std::optional<std::int64_t> sliding_window = {};
  std::optional<bool> flash_attention = {};
  InitializerArg kernel_initializer = "glorot_uniform";
  InitializerArg bias_initializer = "zeros";
  RegularizerArg kernel_regularizer = {};
  RegularizerArg bias_regularizer = {};
  RegularizerArg activity_regularizer = {};
  ConstraintArg kernel_constraint = {};
  ConstraintArg bias_constraint = {};
  bool use_gate = false;
  std::optional<std::int64_t> seed = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("dropout", self.dropout);
    field("use_bias", self.use_bias);
    field("sliding_window", self.sliding_window);
    field("use_gate", self.use_gate);
    field("kernel_initializer", self.kernel_initializer);
    field("bias_initializer", self.bias_initializer);
    field("kernel_regularizer", self.kernel_regularizer);
    field("bias_regularizer", self.bias_regularizer);
    field("kernel_constraint", self.kernel_constraint);
    field("bias_constraint", self.bias_constraint);
    field("seed", self.seed);
  }
};

/// Multi-head attention in which num_query_heads / num_key_value_heads heads share keys and values:
/// one group is multi-query attention, as many groups as heads is MultiHeadAttention.
///
/// Options  as MultiHeadAttention's; head_dim: size of each head.
/// Shapes   query (batch, T, n), value and key (batch, S, m) -> (batch, T, n).
/// Errors   ValueError for heads that the groups do not divide and arguments out of range;
///          ShapeError.
/// Source   keras.layers.GroupQueryAttention; Ainslie et al. (2023), arXiv:2305.13245.
class GroupQueryAttention : public Layer {
 public:
  GroupQueryAttention(std::int64_t head_dim, std::int64_t num_query_heads,
                      std::int64_t num_key_value_heads,
                      const GroupQueryAttentionOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
