#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "antler/layers/layer_with_options.h"
#include "antler/ops/cast.h"
#include "antler/ops/check_index.h"
#include "antler/ops/comparison.h"
#include "antler/ops/gather.h"

namespace antler {

/// What the layers with a vector for each token share: the sizes, the table and looking up in it.
template <class Options>
class EmbeddingLayerBase : public LayerWithOptions<Options> {
 public:
  EmbeddingLayerBase(std::string_view class_name, std::int64_t input_dim, std::int64_t output_dim,
                     const Options& options)
      : LayerWithOptions<Options>(options),
        class_name_(class_name),
        input_dim_(input_dim),
        output_dim_(output_dim) {
    require_argument(class_name, options, input_dim >= 1,
                     "expected input_dim of at least 1, got " + std::to_string(input_dim));
    require_argument(class_name, options, output_dim >= 1,
                     "expected output_dim of at least 1, got " + std::to_string(output_dim));
  }

  std::string class_name() const override { return std::string(class_name_); }
  bool supports_masking() const override { return options().mask_zero; }

  void build(const Shape&) override {
    embeddings_ = this->add_weight({.name = "embeddings",
                                    .shape = {input_dim_, output_dim_},
                                    .initializer = options().embeddings_initializer,
                                    .regularizer = options().embeddings_regularizer,
                                    .constraint = options().embeddings_constraint});
  }

  Config get_config() const override {
    return with_argument(
        with_argument(LayerWithOptions<Options>::get_config(), "input_dim", input_dim_),
        "output_dim", output_dim_);
  }

 protected:
  using LayerWithOptions<Options>::options;

  // Checked apart: to Gather a negative index counts from the end.
  Value look_up(const Value& x) const {
    const Value tokens = is_integer(x.dtype()) ? x : ops::cast(x, DType::int32);
    const std::int64_t row_size = x.rank() == 0 ? 1 : x.shape().size(1, x.rank());
    const ops::CheckIndex check{.size = input_dim_,
                                .expected = ops::kExpectedToken,
                                .row_size = std::max<std::int64_t>(1, row_size),
                                .owner = this->shown_name() + " (" + class_name() + ")"};
    return ops::take(embeddings_, apply(check, {tokens}), 0);
  }

  Value padding_mask(const Value& x) const {
    return options().mask_zero ? ops::not_equal(x, 0) : Value();
  }

  std::int64_t input_dim() const { return input_dim_; }
  std::int64_t output_dim() const { return output_dim_; }
  const Variable& embeddings() const { return embeddings_; }

 private:
  std::string_view class_name_;
  std::int64_t input_dim_, output_dim_;
  Variable embeddings_;
};

/// A layer that has no default sizes, from its config.
template <class L, class Options>
Layer embedding_from_config(std::string_view class_name, const Config& config) {
  const auto options = layer_options<Options>(class_name, config, {"input_dim", "output_dim"});
  const auto size = [&](std::string_view key) {
    return required_argument<std::int64_t>(class_name, config, key);
  };
  return L(size("input_dim"), size("output_dim"), options);
}

}  // namespace antler
