#include "antler/layers/category_encoding.h"

#include <algorithm>

#include "antler/layers/category_values.h"
#include "antler/layers/layer_with_options.h"
#include "antler/ops/cast.h"
#include "antler/ops/check_index.h"

namespace antler {
namespace {

class CategoryEncodingLayer final : public LayerWithOptions<CategoryEncodingOptions> {
 public:
  CategoryEncodingLayer(std::int64_t num_tokens, const CategoryEncodingOptions& options)
      : LayerWithOptions(options), num_tokens_(num_tokens) {
    with_error_prefix(layer_title("CategoryEncoding", options.name) + ": ", [&] {
      mode_ = output_mode_from_name(
          options.output_mode, {OutputMode::one_hot, OutputMode::multi_hot, OutputMode::count});
      if (num_tokens < 1) {
        throw ValueError("expected num_tokens of at least 1, got " + std::to_string(num_tokens));
      }
      if (options.sparse) {
        throw ValueError("expected sparse = false, got true; there are no sparse tensors");
      }
    });
  }

  std::string class_name() const override { return "CategoryEncoding"; }
  std::vector<std::string_view> call_arguments() const override { return {"count_weights"}; }

  Value call(const Value& x, CallContext& context) const override {
    const Value& weights = context.options().count_weights;
    if (weights) check_weights(x, weights);
    return encode_categories(tokens(x), mode_, num_tokens_, dtype(),
                             weights ? ops::cast(weights, dtype()) : Value());
  }

  Config get_config() const override {
    const Config config =
        with_argument(LayerWithOptions::get_config(), "num_tokens", Config(num_tokens_));
    return with_argument(config, "output_mode", antler::name(mode_));
  }

 private:
  void check_weights(const Value& x, const Value& weights) const {
    if (mode_ != OutputMode::count) {
      throw ValueError("expected no count_weights with output_mode \"" +
                       std::string(antler::name(mode_)) + "\", got them; they belong to \"count\"");
    }
    if (!weights.shape().is_compatible(x.shape())) {
      throw ShapeError("expected count_weights of the input's shape " + x.shape().to_string() +
                       ", got " + weights.shape().to_string());
    }
  }

  Value tokens(const Value& x) const {
    const Value integers = is_integer(x.dtype()) ? x : ops::cast(x, DType::int32);
    const bool is_known = x.rank() > 0 && x.shape().without_batch().is_known();
    const std::int64_t row_size = is_known ? x.shape().size(1, x.rank()) : 1;
    return apply(ops::CheckIndex{.size = num_tokens_,
                                 .expected = ops::kExpectedToken,
                                 .row_size = std::max<std::int64_t>(1, row_size),
                                 .owner = shown_name() + " (CategoryEncoding)"},
                 {integers});
  }

  std::int64_t num_tokens_;
  OutputMode mode_ = OutputMode::multi_hot;
};

}  // namespace

CategoryEncoding::CategoryEncoding(std::int64_t num_tokens, const CategoryEncodingOptions& options)
    : Layer(std::make_shared<CategoryEncodingLayer>(num_tokens, options)) {}

Layer CategoryEncoding::from_config(const Config& config) {
  const auto options =
      layer_options<CategoryEncodingOptions>("CategoryEncoding", config, {"num_tokens"});
  return CategoryEncoding(required_argument<std::int64_t>("CategoryEncoding", config, "num_tokens"),
                          options);
}

}  // namespace antler
