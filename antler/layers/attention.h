#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/layer.h"

// Attention without projections. Both take one list, Attention()({query, value}) or
// Attention()({query, value, key}), and the call arguments use_causal_mask and
// return_attention_scores; with the latter the scores are a second output.
namespace antler {

struct AttentionOptions {
  NamedOnly named_only = NamedOnly();
  bool use_scale = false;
  std::string score_mode = "dot";
  double dropout = 0.0;
  std::optional<std::int64_t> seed = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("use_scale", self.use_scale);
    field("score_mode", self.score_mode);
    field("dropout", self.dropout);
    field("seed", self.seed);
  }
};

/// Luong's attention: y = softmax(query . key) value.
///
/// Options  use_scale: a learned factor; score_mode: "dot", or "concat" for
///          w sum tanh(scale (query + key)) with a learned w; dropout: of the scores, in training.
/// Shapes   query (batch, T, n), value (batch, S, m), key (batch, S, n), the value without one
///          -> (batch, T, m), and the scores (batch, T, S). The mask of query makes rows 0, that of
///          value hides keys; the output has the query's.
/// Errors   ValueError for other modes and rates; ShapeError for ranks and sizes that do not fit.
/// Source   keras.layers.Attention; Luong et al. (2015), arXiv:1508.04025.
class Attention : public Layer {
 public:
  Attention(const AttentionOptions& options = {});
  static Layer from_config(const Config& config);
};

struct AdditiveAttentionOptions {
  NamedOnly named_only = NamedOnly();
  bool use_scale = true;
  double dropout = 0.0;
  std::optional<std::int64_t> seed = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("use_scale", self.use_scale);
    field("dropout", self.dropout);
    field("seed", self.seed);
  }
};

/// Bahdanau's attention: as Attention, in shapes and errors too, with the scores
/// sum scale tanh(query + key).
///
/// Options  use_scale: a learned factor for each feature.
/// Source   keras.layers.AdditiveAttention; Bahdanau et al. (2014), arXiv:1409.0473.
class AdditiveAttention : public Layer {
 public:
  AdditiveAttention(const AdditiveAttentionOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
