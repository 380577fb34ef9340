#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct ReversibleEmbeddingOptions {
  NamedOnly named_only = NamedOnly();
  bool tie_weights = true;
  InitializerArg embeddings_initializer = "uniform";
  RegularizerArg embeddings_regularizer = {};
  ConstraintArg embeddings_constraint = {};
  bool mask_zero = false;
  DTypeArg reverse_dtype = std::nullopt;  // the layer's
  std::optional<double> logit_soft_cap = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("tie_weights", self.tie_weights);
    field("embeddings_initializer", self.embeddings_initializer);
    field("embeddings_regularizer", self.embeddings_regularizer);
    field("embeddings_constraint", self.embeddings_constraint);
    field("mask_zero", self.mask_zero);
    field("reverse_dtype", self.reverse_dtype);
    field("logit_soft_cap", self.logit_soft_cap);
  }
};

/// An Embedding that also goes back, from vectors to a logit for each token: the first layer of a
/// language model and its last.
///
///   ReversibleEmbedding words(20000, 256);
///   Value x = words(tokens);                    // embeddings[tokens]
///   Value logits = words(x, {.reverse = true});  // x embeddings^T
///
/// Options  tie_weights: both ways share one table; without it the way back has a weight
///          reverse_embeddings (output_dim, input_dim) of its own, which has no regularizer and no
///          constraint; mask_zero: token 0 is padding, the mask leaves it out; reverse_dtype: the
///          floating type of the way back and its logits; logit_soft_cap c: logits are
///          c tanh(logits / c), which lie within (-c, c). The others as Embedding's.
/// Shapes   x (batch, ...) integers -> y (batch, ..., output_dim); with reverse x (..., output_dim)
///          -> logits (..., input_dim), without a mask.
/// Errors   As Embedding's; ValueError for a cap that is not above 0; TypeError for a reverse_dtype
///          without fractions; ShapeError for vectors of another length.
/// Source   keras.layers.ReversibleEmbedding; Press and Wolf (2016), arXiv:1608.05859.
class ReversibleEmbedding : public Layer {
 public:
  ReversibleEmbedding(std::int64_t input_dim, std::int64_t output_dim,
                      const ReversibleEmbeddingOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
