#pragma once

#include <algorithm>
#include <string>

#include "antler/core/error.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/recurrent_cells.h"
#include "antler/layers/recurrent_dropout.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/matmul.h"

namespace antler {

/// What the built-in cells share: weights for `parts` gates, options, dropout.
template <class Options>
class RecurrentCellLayer : public RNNCellBase {
 public:
  RecurrentCellLayer(std::string_view class_name, std::int64_t units, const Options& options,
                     int parts)
      : RNNCellBase(LayerCommon{options.name, options.dtype, options.trainable,
                                options.activity_regularizer}),
        class_name_(class_name),
        units_(units),
        parts_(parts),
        options_(options) {
    require_argument(class_name, options, units >= 1,
                     "expected units of at least 1, got " + std::to_string(units));
    options_.dropout = std::clamp(options.dropout, 0.0, 1.0);
    options_.recurrent_dropout = std::clamp(options.recurrent_dropout, 0.0, 1.0);
  }

  std::string class_name() const override { return std::string(class_name_); }
  std::int64_t output_size() const override { return units_; }

  Config get_config() const override {
    Config config = RNNCellBase::get_config();
    config.set("units", units_);
    Options::visit(options_, [&](std::string_view key, const auto& field) {
      const bool is_common =
          key == "name" || key == "trainable" || key == "dtype" || key == "activity_regularizer";
      if (!is_common) config.set(key, to_config(field));
    });
    return config;
  }

  void build(const Shape& input) override {
    if (input.rank() < 2 || input.back() == None) {
      throw ShapeError("expected (batch, features) with a known number of features, got " +
                       input.to_string() + "; give Input() its size");
    }
    kernel_ = add_weight({.name = "kernel",
                          .shape = {input.back(), parts_ * units_},
                          .initializer = options_.kernel_initializer,
                          .regularizer = options_.kernel_regularizer,
                          .constraint = options_.kernel_constraint});
    recurrent_kernel_ = add_weight({.name = "recurrent_kernel",
                                    .shape = {units_, parts_ * units_},
                                    .initializer = options_.recurrent_initializer,
                                    .regularizer = options_.recurrent_regularizer,
                                    .constraint = options_.recurrent_constraint});
    if (!options_.use_bias) return;
    bias_ = add_weight({.name = "bias",
                        .shape = bias_shape(),
                        .initializer = options_.bias_initializer,
                        .regularizer = options_.bias_regularizer,
                        .constraint = options_.bias_constraint});
  }

 protected:
  virtual Shape bias_shape() const { return {parts_ * units_}; }
  const Options& options() const { return options_; }
  std::int64_t units() const { return units_; }

  /// x . kernel with the dropout of inputs. Keras' gated cells drop other features for each gate as
  /// soon as they drop states.
  Value input_product(const Value& input, CallContext& context) const {
    check_features(input);
    const Value x = ops::cast(input, kernel_.dtype());
    const double rate = options_.dropout;
    if (!drops(rate, context)) return ops::matmul(x, kernel_);
    if (parts_ > 1 && options_.recurrent_dropout > 0) {
      return product_with_dropout(x, kernel_, parts_, rate, options_.seed, context);
    }
    return ops::matmul(x * recurrent_dropout_mask(x, rate, options_.seed, context), kernel_);
  }

  /// h . recurrent_kernel with the dropout of states.
  Value recurrent_product(const Value& h, CallContext& context) const {
    const double rate = options_.recurrent_dropout;
    if (!drops(rate, context)) return ops::matmul(h, recurrent_kernel_);
    return product_with_dropout(h, recurrent_kernel_, parts_, rate, options_.seed, context);
  }

  /// The gated cells ignore a rate of 1, as Keras' do.
  bool drops(double rate, const CallContext& context) const {
    return context.training() && rate > 0 && (rate < 1 || parts_ == 1);
  }
  bool has_usual_activations() const {
    if constexpr (requires { options_.recurrent_activation; }) {
      return options_.activation.name() == "tanh" &&
             options_.recurrent_activation.name() == "sigmoid";
    } else {
      return options_.activation.name() == "tanh";
    }
  }

  Variable kernel_, recurrent_kernel_, bias_;

 private:
  void check_features(const Value& x) const {
    if (x.rank() == 2 && x.shape().back() == kernel_.shape().front()) return;
    throw ShapeError("expected last dimension " + std::to_string(kernel_.shape().front()) +
                     ", got " + x.shape().to_string() + "; the layer was built for another input");
  }

  std::string_view class_name_;
  std::int64_t units_;
  int parts_;
  Options options_;
};

}  // namespace antler
