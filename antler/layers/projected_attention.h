#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/layers/einsum_dense.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/sizes_arg.h"

// What MultiHeadAttention and GroupQueryAttention share.
namespace antler::detail {

struct HeadSizes {
  std::int64_t heads, groups, key_dim, value_dim;
};

/// The projections and what runs between them.
struct ProjectedAttention {
  HeadSizes sizes;
  double dropout_rate;
  std::optional<std::int64_t> sliding_window;
  EinsumDenseOptions projection;  // without a name; with an empty bias_axes where there is a bias
  std::vector<int> axes = {};     // of the inputs, that attention runs over
  Layer query = {}, key = {}, gate = {}, value = {}, output = {};
  Layer dropout = {};

  /// Makes the projections. Errors: ShapeError for inputs that do not fit.
  void build(const std::vector<Shape>& inputs, const SizesArg& output_shape, bool use_gate);
  /// Those that there are, in Keras' order, and the names of Keras' attributes for them.
  std::vector<Layer> projections() const;
  std::vector<std::string> attributes() const;

  /// `query_mask`: empty when there is none.
  std::vector<Value> call(const std::vector<Value>& inputs, const Value& query_mask,
                          CallContext& context) const;

 private:
  Value mask_for(const std::vector<Value>& inputs, const Value& query_mask,
                 CallContext& context) const;
};

/// Two or three shapes: query, value, key. Errors: ShapeError.
void check_attention_inputs(const std::vector<Shape>& inputs);

/// The mask of input i: the call's own, else the one that travels with the input, if there is one.
Value input_mask(const std::vector<Value>& inputs, std::size_t i, const CallContext& context);

/// Keras builds such a layer from its shapes by name.
Config attention_build_config(const std::vector<Shape>& built);

/// The arguments that both check. Errors: ValueError.
template <class Options>
void check_attention_options(std::string_view class_name, const Options& options) {
  require_argument(class_name, options, options.dropout >= 0 && options.dropout <= 1,
                   "expected a dropout in [0, 1], got " + Config(options.dropout).to_string());
  require_argument(class_name, options, options.sliding_window.value_or(1) >= 1,
                   "expected a sliding_window of at least 1, got " +
                       std::to_string(options.sliding_window.value_or(1)));
  require_argument(
      class_name, options, !options.flash_attention.value_or(false) || options.dropout == 0,
      "expected no dropout with flash_attention, got " + Config(options.dropout).to_string());
}

template <class Options>
ProjectedAttention projected_attention(const HeadSizes& sizes, const Options& options) {
  EinsumDenseOptions projection{.kernel_initializer = options.kernel_initializer,
                                .bias_initializer = options.bias_initializer,
                                .kernel_regularizer = options.kernel_regularizer,
                                .bias_regularizer = options.bias_regularizer,
                                .kernel_constraint = options.kernel_constraint,
                                .bias_constraint = options.bias_constraint,
                                .activity_regularizer = options.activity_regularizer,
                                .dtype = options.dtype};
  if (options.use_bias) projection.bias_axes = "";
  return {.sizes = sizes,
          .dropout_rate = options.dropout,
          .sliding_window = options.sliding_window,
          .projection = std::move(projection)};
}

/// The options in a config; flash_attention is an argument that Keras does not write.
template <class Options>
Options attention_options(std::string_view class_name, const Config& config,
                          std::vector<std::string_view> handled) {
  handled.emplace_back("flash_attention");
  Options options = layer_options<Options>(class_name, config, handled);
  const Config* flash = config.find("flash_attention");
  if (flash != nullptr && flash->is_bool()) options.flash_attention = flash->as_bool();
  return options;
}

}  // namespace antler::detail
