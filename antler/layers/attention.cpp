#include "antler/layers/attention.h"

#include "antler/layers/dropout.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/shape_list.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/attention.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/logical.h"
#include "antler/ops/matmul.h"
#include "antler/ops/operands.h"
#include "antler/ops/softmax.h"
#include "antler/ops/sum.h"
#include "antler/ops/trigonometric.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

// What both have in common; how a query scores a key is theirs.
template <class Options>
class ListAttention : public LayerWithOptions<Options> {
 public:
  ListAttention(std::string_view class_name, const Options& options)
      : LayerWithOptions<Options>(options) {
    require_argument(class_name, options, options.dropout >= 0 && options.dropout <= 1,
                     "expected a dropout in [0, 1], got " + Config(options.dropout).to_string());
    dropout_ = Dropout(options.dropout, {.seed = options.seed, .name = "dropout"});
  }

  bool takes_list(std::size_t) const override { return true; }
  bool supports_masking() const override { return true; }
  std::vector<std::string_view> call_arguments() const override {
    return {"key_mask", "use_causal_mask", "return_attention_scores"};
  }

  void build_list(const std::vector<Shape>& inputs) override {
    check_shapes(inputs);
    make_weights(inputs);
  }

  std::vector<Value> call_list(const std::vector<Value>& inputs,
                               CallContext& context) const override {
    check_shapes(shapes_of(inputs));
    const Value& value = inputs[1];
    const Value mask = score_mask(inputs, context);
    Value scores = score(inputs[0], inputs.back());
    // Keras lowers masked scores instead of replacing them: a row without any key keeps what the
    // rounding leaves of its differences.
    if (mask) scores = ops::where(mask, scores, scores - ops::detail::number_like(scores, 1e9));
    scores = dropout_(ops::softmax(scores), context);
    Value output = ops::matmul(scores, value);
    if (const Value seen = mask_of(inputs, 0, context)) {
      output = ops::where(ops::expand_dims(seen, -1), output, 0);
    }
    if (context.options().return_attention_scores) return {output, scores};
    return {output};
  }

  Value compute_mask(const std::vector<Value>& inputs, const CallContext& context) const override {
    return mask_of(inputs, 0, context);
  }

 protected:
  virtual void make_weights(const std::vector<Shape>& inputs) = 0;
  virtual Value score(const Value& query, const Value& key) const = 0;

 private:
  // The call's own masks first: query and value may be one value with two masks.
  static Value mask_of(const std::vector<Value>& inputs, std::size_t i,
                       const CallContext& context) {
    const std::vector<Value>& given = context.options().mask;
    return i < given.size() ? given[i] : context.mask(inputs[i]);
  }

  static Value score_mask(const std::vector<Value>& inputs, const CallContext& context) {
    Value mask = mask_of(inputs, 1, context);
    if (mask) mask = ops::expand_dims(mask, -2);
    if (!context.options().use_causal_mask) return mask;
    const Value causal = ops::causal_mask(inputs[0].shape()[-2], inputs.back().shape()[-2]);
    return mask ? ops::logical_and(mask, causal) : causal;
  }

  static void check_shapes(const std::vector<Shape>& inputs) {
    if (inputs.size() < 2 || inputs.size() > 3) {
      throw ShapeError("expected 2 or 3 inputs (query, value, key), got " +
                       std::to_string(inputs.size()));
    }
    const Shape& query = inputs[0];
    const Shape& value = inputs[1];
    const Shape& key = inputs.back();
    const auto fits = [](std::int64_t a, std::int64_t b) {
      return a == None || b == None || a == b;
    };
    bool valid = query.rank() >= 2 && value.rank() == query.rank() && key.rank() == query.rank();
    valid = valid && fits(query.back(), key.back()) && fits(value[-2], key[-2]);
    if (valid) return;
    throw ShapeError(
        "expected a query (batch, T, n), a value (batch, S, m) and a key (batch, S, n), the value "
        "without one; got " +
        shape_list(inputs));
  }

  Layer dropout_;
};

// (..., T, n) and (..., S, n) -> (..., T, S, n)
Value each_with_each(const Value& query, const Value& key) {
  return ops::expand_dims(query, -2) + ops::expand_dims(key, -3);
}

class AttentionLayer final : public ListAttention<AttentionOptions> {
 public:
  explicit AttentionLayer(const AttentionOptions& options) : ListAttention("Attention", options) {
    require_argument(
        "Attention", options, options.score_mode == "dot" || options.score_mode == "concat",
        "expected score_mode \"dot\" or \"concat\", got \"" + options.score_mode + "\"");
  }

  std::string class_name() const override { return "Attention"; }

 private:
  void make_weights(const std::vector<Shape>&) override {
    if (options().use_scale) scale_ = add_weight({.name = "scale", .initializer = "ones"});
    if (options().score_mode == "concat") {
      concat_weight_ = add_weight({.name = "concat_score_weight", .initializer = "ones"});
    }
  }

  Value score(const Value& query, const Value& key) const override {
    if (!concat_weight_) {
      const Value scaled = scale_ ? query * scale_ : query;
      return apply(ops::Matmul{.transpose_b = true}, {scaled, key});
    }
    const Value sums = each_with_each(query, key);
    return ops::sum(ops::tanh(scale_ ? sums * scale_ : sums), {.axis = -1}) * concat_weight_;
  }

  Variable scale_, concat_weight_;
};

class AdditiveAttentionLayer final : public ListAttention<AdditiveAttentionOptions> {
 public:
  explicit AdditiveAttentionLayer(const AdditiveAttentionOptions& options)
      : ListAttention("AdditiveAttention", options) {}

  std::string class_name() const override { return "AdditiveAttention"; }

 private:
  void make_weights(const std::vector<Shape>& inputs) override {
    if (options().use_scale) {
      scale_ = add_weight({.name = "scale", .shape = {inputs[0].back()}});
    }
  }

  Value score(const Value& query, const Value& key) const override {
    const Value bent = ops::tanh(each_with_each(query, key));
    return ops::sum(scale_ ? bent * scale_ : bent, {.axis = -1});
  }

  Variable scale_;
};

}  // namespace

Attention::Attention(const AttentionOptions& options)
    : Layer(std::make_shared<AttentionLayer>(options)) {}

Layer Attention::from_config(const Config& config) {
  return Attention(layer_options<AttentionOptions>("Attention", config));
}

AdditiveAttention::AdditiveAttention(const AdditiveAttentionOptions& options)
    : Layer(std::make_shared<AdditiveAttentionLayer>(options)) {}

Layer AdditiveAttention::from_config(const Config& config) {
  return AdditiveAttention(layer_options<AdditiveAttentionOptions>("AdditiveAttention", config));
}

}  // namespace antler
