#pragma once

#include "antler/core/named_only.h"
#include "antler/graph/value.h"

namespace antler::ops {

struct AttentionOptions {
  NamedOnly named_only = NamedOnly();
  Value mask = {};                // bool, broadcasts to (batch, heads, T, S); empty: none
  double scale = 1;               // of the scores
  bool zero_masked_rows = false;  // what a row without any key gives
};

struct AttentionResult {
  Value output;  // (batch, T, heads, value size)
  Value scores;  // (batch, heads, T, S), each row a distribution
};

/// Scaled dot-product attention of several heads:
///
///   scores = softmax(scale q k^T where the mask holds, -infinity elsewhere),  output = scores v
///
/// Options  zero_masked_rows: a row whose keys are all masked is 0, as in the explicit scores of
///          keras.layers.MultiHeadAttention; else each key counts the same, as in
///          keras.ops.dot_product_attention.
/// Shapes   query (batch, T, heads, n), key (batch, S, groups, n), value (batch, S, groups, m):
///          heads / groups heads in a row share one group of keys and values.
/// Types    floats, all the same.
/// Errors   ShapeError for ranks, batches and sizes that do not fit, for heads that the groups do
///          not divide, and for a mask that does not broadcast; TypeError.
/// Source   keras.ops.dot_product_attention; Vaswani et al. (2017), arXiv:1706.03762.
AttentionResult attention(const Value& query, const Value& key, const Value& value,
                          const AttentionOptions& options = {});

/// The same in two steps, for what comes in between: dropout of the scores. Shapes, types and
/// errors as above.
Value attention_scores(const Value& query, const Value& key, const AttentionOptions& options = {});
Value attention_output(const Value& scores, const Value& value);

/// Masks for it, (T, S) of bool: whether query t sees key s: s <= t when causal, |t - s| < window.
/// Errors: ValueError for negative sizes.
Value causal_mask(std::int64_t queries, std::int64_t keys);
Value window_mask(std::int64_t queries, std::int64_t keys, std::int64_t window);

}  // namespace antler::ops
