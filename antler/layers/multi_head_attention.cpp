#include "antler/layers/multi_head_attention.h"

#include <numeric>

#include "antler/layers/dropout.h"
#include "antler/layers/projected_attention.h"

namespace antler {
namespace {

using detail::HeadSizes;
using detail::ProjectedAttention;

template <class Options>
class HeadsLayer : public LayerWithOptions<Options> {
 public:
  HeadsLayer(const HeadSizes& sizes, const Options& own, const Options& base)
      : LayerWithOptions<Options>(base), attention_(detail::projected_attention(sizes, own)) {
    attention_.dropout = Dropout(own.dropout, {.seed = own.seed, .name = "dropout"});
  }

  bool supports_masking() const override { return true; }
  bool takes_list(std::size_t) const override { return false; }
  std::vector<std::string_view> call_arguments() const override {
    return {"key_mask", "attention_mask", "use_causal_mask", "return_attention_scores"};
  }
  Config get_build_config() const override {
    return detail::attention_build_config(this->built_shapes());
  }

 protected:
  void build_attention(const std::vector<Shape>& inputs, const SizesArg& output_shape) {
    attention_.build(inputs, output_shape, this->options().use_gate);
    for (const Layer& layer : attention_.projections()) this->add_layer(layer);
  }

  std::vector<Value> attend(const std::vector<Value>& inputs, const Value& query_mask,
                            CallContext& context) const {
    if (this->options().flash_attention.value_or(false) &&
        context.options().return_attention_scores) {
      throw ValueError("expected no return_attention_scores with flash_attention");
    }
    return attention_.call(inputs, query_mask, context);
  }

  ProjectedAttention attention_;
};

void require_positive(std::string_view class_name, const auto& options, const char* argument,
                      std::int64_t size) {
  require_argument(
      class_name, options, size >= 1,
      std::string("expected ") + argument + " of at least 1, got " + std::to_string(size));
}

class MultiHeadAttentionLayer final : public HeadsLayer<MultiHeadAttentionOptions> {
  using Options = MultiHeadAttentionOptions;

 public:
  MultiHeadAttentionLayer(std::int64_t num_heads, std::int64_t key_dim, const Options& options)
      : HeadsLayer({num_heads, num_heads, key_dim, options.value_dim.value_or(key_dim)}, options,
                   for_base(options)),
        activity_regularizer_(options.activity_regularizer) {
    constexpr std::string_view kClass = "MultiHeadAttention";
    require_positive(kClass, options, "num_heads", num_heads);
    require_positive(kClass, options, "key_dim", key_dim);
    require_positive(kClass, options, "value_dim", options.value_dim.value_or(1));
    for (const std::int64_t size : options.output_shape.get()) {
      require_positive(kClass, options, "sizes in output_shape", size);
    }
    detail::check_attention_options(kClass, options);
  }

  std::string class_name() const override { return "MultiHeadAttention"; }

  std::vector<std::string> weight_groups() const override {
    std::vector<std::string> groups = attention_.attributes();
    for (std::string& group : groups) {
      if (group == "gate_dense") group = "_gate_dense";  // the others are public in Keras
    }
    return groups;
  }

  void build_list(const std::vector<Shape>& inputs) override {
    detail::check_attention_inputs(inputs);
    const int rank = inputs[0].rank();
    attention_.axes = options().attention_axes.resolve(rank);
    if (attention_.axes.empty()) {
      attention_.axes.resize(static_cast<std::size_t>(rank - 2));
      std::iota(attention_.axes.begin(), attention_.axes.end(), 1);
    }
    if (attention_.axes.front() == 0 || attention_.axes.back() == rank - 1) {
      throw ShapeError("expected attention_axes between batch and features of " +
                       inputs[0].to_string() + ", got " +
                       to_config(options().attention_axes).to_string());
    }
    build_attention(inputs, options().output_shape);
  }

  std::vector<Value> call_list(const std::vector<Value>& inputs,
                               CallContext& context) const override {
    const Value mask = query_mask(inputs, context);
    std::vector<Value> outputs = attend(inputs, mask, context);
    // Keras takes the masks off its inputs here: layers that read these later see none.
    for (const Value& input : inputs) context.set_mask(input, Value());
    if (mask) context.set_mask(outputs[0], mask);
    return outputs;
  }

  // Set by the call, which the masks of the inputs do not survive.
  Value compute_mask(const std::vector<Value>&, const CallContext&) const override {
    return Value();
  }

  Config get_config() const override {
    Config config = HeadsLayer::get_config();
    config.set("num_heads", attention_.sizes.heads);
    config.set("key_dim", attention_.sizes.key_dim);
    config.set("value_dim", attention_.sizes.value_dim);
    const SizesArg& sizes = options().output_shape;
    config.set("output_shape", sizes.is_none() ? Config() : to_config(sizes.get()));
    const std::vector<int>& axes =
        attention_.axes.empty() ? options().attention_axes.get() : attention_.axes;
    config.set("attention_axes", axes.empty() ? Config() : to_config(axes));
    config.set("activity_regularizer", to_config(activity_regularizer_));
    return config;
  }

 private:
  // The regularizer of activity is the projections', not also this layer's, as in Keras.
  static Options for_base(Options options) {
    options.activity_regularizer = {};
    return options;
  }

  // Keras reads the one that travels, whatever the call gives.
  static Value query_mask(const std::vector<Value>& inputs, const CallContext& context) {
    const std::vector<Value>& given = context.options().mask;
    return !given.empty() && given[0] ? Value() : context.mask(inputs[0]);
  }

  RegularizerArg activity_regularizer_;
};

class GroupQueryAttentionLayer final : public HeadsLayer<GroupQueryAttentionOptions> {
  using Options = GroupQueryAttentionOptions;

 public:
  GroupQueryAttentionLayer(std::int64_t head_dim, std::int64_t query_heads,
                           std::int64_t key_value_heads, const Options& options)
      : HeadsLayer({query_heads, key_value_heads, head_dim, head_dim}, options, options) {
    constexpr std::string_view kClass = "GroupQueryAttention";
    require_positive(kClass, options, "head_dim", head_dim);
    require_positive(kClass, options, "num_query_heads", query_heads);
    require_positive(kClass, options, "num_key_value_heads", key_value_heads);
    require_argument(kClass, options, query_heads % key_value_heads == 0,
                     "expected num_query_heads that num_key_value_heads divides, got " +
                         std::to_string(query_heads) + " and " + std::to_string(key_value_heads));
    detail::check_attention_options(kClass, options);
  }

  std::string class_name() const override { return "GroupQueryAttention"; }

  std::vector<std::string> weight_groups() const override {
    std::vector<std::string> groups = attention_.attributes();
    for (std::string& group : groups) group = "_" + group;
    return groups;
  }

  void build_list(const std::vector<Shape>& inputs) override {
    detail::check_attention_inputs(inputs);
    if (inputs[0].rank() != 3) {
      throw ShapeError("expected inputs (batch, time, features), got " + inputs[0].to_string());
    }
    attention_.axes = {1};
    build_attention(inputs, {});
  }

  std::vector<Value> call_list(const std::vector<Value>& inputs,
                               CallContext& context) const override {
    return attend(inputs, detail::input_mask(inputs, 0, context), context);
  }

  Config get_config() const override {
    Config config = HeadsLayer::get_config();
    config.set("head_dim", attention_.sizes.key_dim);
    config.set("num_query_heads", attention_.sizes.heads);
    config.set("num_key_value_heads", attention_.sizes.groups);
    return config;
  }
};

}  // namespace

MultiHeadAttention::MultiHeadAttention(std::int64_t num_heads, std::int64_t key_dim,
                                       const MultiHeadAttentionOptions& options)
    : Layer(std::make_shared<MultiHeadAttentionLayer>(num_heads, key_dim, options)) {}

Layer MultiHeadAttention::from_config(const Config& config) {
  constexpr const char* kClass = "MultiHeadAttention";
  const auto options = detail::attention_options<MultiHeadAttentionOptions>(
      kClass, config, {"num_heads", "key_dim"});
  return MultiHeadAttention(required_argument<std::int64_t>(kClass, config, "num_heads"),
                            required_argument<std::int64_t>(kClass, config, "key_dim"), options);
}

GroupQueryAttention::GroupQueryAttention(std::int64_t head_dim, std::int64_t num_query_heads,
                                         std::int64_t num_key_value_heads,
                                         const GroupQueryAttentionOptions& options)
    : Layer(std::make_shared<GroupQueryAttentionLayer>(head_dim, num_query_heads,
                                                       num_key_value_heads, options)) {}

Layer GroupQueryAttention::from_config(const Config& config) {
  constexpr const char* kClass = "GroupQueryAttention";
  const auto options = detail::attention_options<GroupQueryAttentionOptions>(
      kClass, config, {"head_dim", "num_query_heads", "num_key_value_heads"});
  const auto number = [&](std::string_view key) {
    return required_argument<std::int64_t>(kClass, config, key);
  };
  return GroupQueryAttention(number("head_dim"), number("num_query_heads"),
                             number("num_key_value_heads"), options);
}

}  // namespace antler
