#include "antler/ops/attention.h"

#include <limits>
#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/composite.h"
#include "antler/ops/creation.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/matmul.h"
#include "antler/ops/operands.h"
#include "antler/ops/reshape.h"
#include "antler/ops/rounding.h"
#include "antler/ops/softmax.h"
#include "antler/ops/sum.h"
#include "antler/ops/transpose.h"
#include "antler/ops/where.h"

namespace antler::ops {
namespace {

using Values = std::vector<Value>;
using Inputs = std::span<const Value>;

// What stands for minus infinity: it leaves 0 in a row that has a key, and equal shares in one that
// has none. Keras takes either number, and scores may be as low as the first.
double masked_score(const Value& scores, bool zero_masked_rows) {
  if (zero_masked_rows) return -1e9;
  return -0.7 * (scores.dtype() == DType::float64 ? std::numeric_limits<double>::max()
                                                  : std::numeric_limits<float>::max());
}

// (batch, T, heads, n) -> (batch, groups, heads / groups * T, n): the heads that share a group lie
// one below the other, so that every product is one of equal batches and keys are never repeated.
Value by_group(const Value& x, std::int64_t groups) {
  const Shape& s = x.shape();
  const std::int64_t share = s[2] / groups;
  const Value split = share == 1 ? x : reshape(x, {s[0], s[1], groups, share, s[3]});
  const Value moved =
      share == 1 ? transpose(split, {0, 2, 1, 3}) : transpose(split, {0, 2, 3, 1, 4});
  return reshape(moved, {s[0], groups, share * s[1], s[3]});
}

// The way back.
Value by_time(const Value& x, std::int64_t heads) {
  const Shape& s = x.shape();
  const std::int64_t share = heads / s[1];
  const std::int64_t time = s[2] / share;
  if (share == 1) return transpose(x, {0, 2, 1, 3});
  const Value split = reshape(x, {s[0], s[1], share, time, s[3]});
  return reshape(transpose(split, {0, 3, 1, 2, 4}), {s[0], time, heads, s[3]});
}

Value product(const Value& a, const Value& b, bool transpose_a, bool transpose_b) {
  return apply(Matmul{transpose_a, transpose_b}, {a, b});
}

Value scaled(const Value& x, double scale) {
  return scale == 1 ? x : x * detail::number_like(x, scale);
}

// Scores as (batch, heads, T, S) and as (batch, groups, rows, S).
Value with_heads(const Value& scores, std::int64_t heads) {
  const Shape& s = scores.shape();
  return reshape(scores, {s[0], heads, s[1] * s[2] / heads, s[3]});
}
Value with_groups(const Value& scores, std::int64_t groups) {
  const Shape& s = scores.shape();
  return reshape(scores, {s[0], groups, s[1] * s[2] / groups, s[3]});
}

// Inputs: query, key, and the mask when there is one.
Value compute_scores(const Value& query, const Value& key, const Value& mask, double scale,
                     bool zero_masked_rows) {
  const std::int64_t groups = key.shape()[2];
  // The queries are fewer than the scores, so they take the scale.
  const Value q = by_group(scaled(query, scale), groups);
  Value scores = with_heads(product(q, by_group(key, groups), false, true), query.shape()[2]);
  if (!mask) return softmax(scores);
  const double masked = masked_score(scores, zero_masked_rows);
  scores = softmax(where(mask, scores, detail::number_like(scores, masked)));
  return zero_masked_rows ? where(mask, scores, detail::number_like(scores, 0)) : scores;
}

Value compute_output(const Value& scores, const Value& value) {
  const std::int64_t groups = value.shape()[2];
  return by_time(product(with_groups(scores, groups), by_group(value, groups), false, false),
                 scores.shape()[1]);
}

double scale_of(const Composite& op) { return op.attributes.at("scale").as_number(); }

// Inputs: query, key, value, scores, the gradient of the output, that of the scores when there is
// one, the mask when there is one. Outputs: the gradients of query, key and value.
Values build_gradient(Inputs in, double scale, bool has_scores_gradient, bool has_mask) {
  const Value& query = in[0];
  const std::int64_t heads = query.shape()[2];
  const std::int64_t groups = in[1].shape()[2];
  const Value q = by_group(scaled(query, scale), groups);
  const Value k = by_group(in[1], groups);
  const Value v = by_group(in[2], groups);
  const Value g = by_group(in[4], groups);
  const Value& scores = in[3];
  const Value grouped = with_groups(scores, groups);
  const Value dv = product(grouped, g, true, false);
  Value by_scores = with_heads(product(g, v, false, true), heads);
  if (has_scores_gradient) by_scores = by_scores + in[5];
  Value ds = scores * (by_scores - sum(by_scores * scores, {.axis = -1, .keepdims = true}));
  // Where some key is seen masked scores are 0 by themselves; a row that sees none does not depend
  // on its logits.
  if (has_mask) ds = where(in[in.size() - 1], ds, detail::number_like(ds, 0));
  ds = with_groups(ds, groups);
  return {scaled(by_time(product(ds, k, false, false), heads), scale),
          by_time(product(ds, q, true, false), groups), by_time(dv, groups)};
}

Values attention_rule(const Composite& op, const GradientContext& context) {
  const bool has_mask = context.input_count() == 4;
  const double scale = scale_of(op);
  Value g = context.output_gradient(0);
  if (!g) g = zeros_like(context.output(0));
  Values inputs = {context.input(0), context.input(1), context.input(2), context.output(1), g};
  const bool has_scores_gradient = static_cast<bool>(context.output_gradient(1));
  if (has_scores_gradient) inputs.push_back(context.output_gradient(1));
  if (has_mask) inputs.push_back(context.input(3));
  Config attributes = op.attributes;
  attributes.set("has_scores_gradient", has_scores_gradient);
  Values gradients = composite(
      "attention_gradient", std::move(inputs), std::move(attributes),
      [=](Inputs in) { return build_gradient(in, scale, has_scores_gradient, has_mask); });
  if (has_mask) gradients.emplace_back();
  return gradients;
}

void check(const char* op, const Value& query, const Value& key, const Value& mask) {
  const auto fail = [&](const std::string& expected, const std::string& got) {
    throw ShapeError(std::string(op) + ": expected " + expected + ", got " + got);
  };
  const Shape& q = query.shape();
  const Shape& k = key.shape();
  if (q.rank() != 4 || k.rank() != 4) {
    fail("query and key (batch, time, heads, size)", q.to_string() + " and " + k.to_string());
  }
  const auto differ = [](std::int64_t a, std::int64_t b) {
    return a != None && b != None && a != b;
  };
  if (differ(q[0], k[0]) || differ(q[3], k[3])) {
    fail("query and key of one batch and size", q.to_string() + " and " + k.to_string());
  }
  if (k[2] < 1 || q[2] % k[2] != 0) {
    fail("a number of query heads that the key's divides", q.to_string() + " and " + k.to_string());
  }
  if (!mask) return;
  const Shape wanted = {q[0], q[2], q[1], k[1]};
  const Shape& m = mask.shape();
  bool fits = m.rank() <= 4;
  for (int axis = 1; fits && axis <= m.rank(); ++axis) {
    fits = m[-axis] == 1 || !differ(m[-axis], wanted[-axis]);
  }
  if (!fits) {
    fail("a mask that broadcasts to the scores " + wanted.to_string(), m.to_string());
  }
}

}  // namespace

AttentionResult attention(const Value& query, const Value& key, const Value& value,
                          const AttentionOptions& options) {
  check("attention", query, key, options.mask);
  Values inputs = {query, key, value};
  if (options.mask) inputs.push_back(options.mask);
  const auto build = [scale = options.scale, zero = options.zero_masked_rows](Inputs in) -> Values {
    const Value scores =
        compute_scores(in[0], in[1], in.size() == 4 ? in[3] : Value(), scale, zero);
    return {compute_output(scores, in[2]), scores};
  };
  const Values results = composite(
      "attention", std::move(inputs),
      Config::map({{"scale", options.scale}, {"zero_masked_rows", options.zero_masked_rows}}),
      build, attention_rule);
  return {results[0], results[1]};
}

Value attention_scores(const Value& query, const Value& key, const AttentionOptions& options) {
  check("attention_scores", query, key, options.mask);
  Values inputs = {query, key};
  if (options.mask) inputs.push_back(options.mask);
  return when_shapes_known(
      "attention_scores", std::move(inputs),
      Config::map({{"scale", options.scale}, {"zero_masked_rows", options.zero_masked_rows}}),
      [scale = options.scale, zero = options.zero_masked_rows](Inputs in) {
        return compute_scores(in[0], in[1], in.size() == 3 ? in[2] : Value(), scale, zero);
      });
}

Value attention_output(const Value& scores, const Value& value) {
  return when_shapes_known("attention_output", {scores, value}, Config::map(),
                           [](Inputs in) { return compute_output(in[0], in[1]); });
}

Value causal_mask(std::int64_t queries, std::int64_t keys) {
  detail::require_size("causal_mask", "queries", queries);
  detail::require_size("causal_mask", "keys", keys);
  return expand_dims(arange(queries), -1) >= arange(keys);
}

Value window_mask(std::int64_t queries, std::int64_t keys, std::int64_t window) {
  detail::require_size("window_mask", "queries", queries);
  detail::require_size("window_mask", "keys", keys);
  const Value distance = expand_dims(arange(queries), -1) - arange(keys);
  return ops::abs(distance) < Value(window);
}

}  // namespace antler::ops
