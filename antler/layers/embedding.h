#pragma once

#include <cstdint>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct EmbeddingOptions {
  NamedOnly named_only = NamedOnly();
  InitializerArg embeddings_initializer = "uniform";
  RegularizerArg embeddings_regularizer = {};
  ConstraintArg embeddings_constraint = {};
  bool mask_zero = false;
  Tensor weights = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("embeddings_initializer", self.embeddings_initializer);
    field("embeddings_regularizer", self.embeddings_regularizer);
    field("embeddings_constraint", self.embeddings_constraint);
    field("mask_zero", self.mask_zero);
  }
};

/// A learned vector for each of `input_dim` tokens: y[i] = embeddings[x[i]].
///
/// Options  input_dim: how many tokens, 0 to input_dim - 1; output_dim: the length of a vector;
///          mask_zero: token 0 is padding, the mask leaves it out; weights: the first embeddings.
/// Shapes   x (batch, ...) integers -> y (batch, ..., output_dim); embeddings (input_dim,
///          output_dim).
/// Types    x any; numbers that are no integers are cut off to int32.
/// Errors   ValueError for sizes below 1, and when it runs for a token outside [0, input_dim), with
///          its row; ShapeError for weights of another shape.
/// Source   keras.layers.Embedding.
class Embedding : public Layer {
 public:
  Embedding(std::int64_t input_dim, std::int64_t output_dim, const EmbeddingOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
