#include "antler/layers/batch_normalization.h"

#include <algorithm>
#include <cmath>

#include "antler/core/options.h"
#include "antler/core/suggest.h"
#include "antler/layers/layer_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/cast.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/extrema.h"
#include "antler/ops/normalization.h"
#include "antler/ops/operands.h"
#include "antler/ops/relu.h"
#include "antler/ops/reshape.h"
#include "antler/ops/roots.h"
#include "antler/ops/stop_gradient.h"
#include "antler/ops/sum.h"
#include "antler/ops/transpose.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

using ops::detail::number_like;

Value inverse_deviation(const Value& variance, double epsilon) {
  return ops::rsqrt(variance + number_like(variance, epsilon));
}

class BatchNormalizationLayer final : public LayerWithOptions<BatchNormalizationOptions> {
 public:
  explicit BatchNormalizationLayer(const BatchNormalizationOptions& options)
      : LayerWithOptions(options) {
    const RenormClipping& clipping = options.renorm_clipping;
    const auto require = [&](bool valid, const std::string& text) {
      require_argument("BatchNormalization", options, valid, text);
    };
    require(!clipping.rmax || !clipping.rmin || *clipping.rmax >= *clipping.rmin,
            "expected rmax of at least rmin in renorm_clipping, got " +
                to_config(clipping).to_string());
    require(clipping.dmax.value_or(0) >= 0, "expected dmax of at least 0 in renorm_clipping, got " +
                                                to_config(clipping).to_string());
  }

  std::string class_name() const override { return "BatchNormalization"; }
  bool supports_masking() const override { return true; }

  void build(const Shape& input) override {
    axis_ = normalize_axis("axis", options().axis, input.rank());
    if (input[axis_] == None) {
      throw ShapeError("expected a known size along axis " + std::to_string(axis_) + ", got " +
                       input.to_string() + "; give Input() its size");
    }
    channels_ = input[axis_];
    if (options().scale) {
      gamma_ = add_weight({.name = "gamma",
                           .shape = {channels_},
                           .initializer = options().gamma_initializer,
                           .regularizer = options().gamma_regularizer,
                           .constraint = options().gamma_constraint});
    }
    if (options().center) {
      beta_ = add_weight({.name = "beta",
                          .shape = {channels_},
                          .initializer = options().beta_initializer,
                          .regularizer = options().beta_regularizer,
                          .constraint = options().beta_constraint});
    }
    moving_mean_ = add_statistic("moving_mean", options().moving_mean_initializer);
    moving_variance_ = add_statistic("moving_variance", options().moving_variance_initializer);
    if (!options().renorm) return;
    moving_stddev_ = add_statistic("moving_stddev", options().moving_variance_initializer);
    renorm_mean_ = add_statistic("renorm_mean", options().moving_mean_initializer);
    renorm_stddev_ = add_statistic("renorm_stddev", options().moving_variance_initializer);
    for (Variable v : {moving_stddev_, renorm_stddev_}) v.assign(ops::sqrt(v.read()));
  }

  Value call(const Value& input, CallContext& context) const override {
    check_input(input.shape());
    const Value x = ops::detail::as_floating(input);
    const Value y = context.training() && trainable()
                        ? normalized_by_batch(x, context.mask(input), context)
                        : normalized_by_moving(x, context);
    return ops::cast(y, dtype());
  }

 private:
  Variable add_statistic(const std::string& name, const InitializerArg& initializer) {
    return add_weight(
        {.name = name, .shape = {channels_}, .initializer = initializer, .trainable = false});
  }

  void check_input(const Shape& input) const {
    const int rank = built_shapes().empty() ? input.rank() : built_shapes().front().rank();
    if (input.rank() == rank && input[axis_] == channels_) return;
    throw ShapeError("expected " + std::to_string(rank) + " dimensions with " +
                     std::to_string(channels_) + " along axis " + std::to_string(axis_) + ", got " +
                     input.to_string() + "; the layer was built for another input");
  }

  Value weight(const Variable& variable, const Value& like) const {
    return variable ? ops::cast(variable, like.dtype()) : Value();
  }

  // (channels,) as it broadcasts over x.
  Value over(const Value& x, const Value& by_channel) const {
    Shape shape(std::vector<std::int64_t>(static_cast<std::size_t>(x.rank()), 1));
    shape.set(axis_, channels_);
    return ops::reshape(by_channel, shape);
  }

  Value affine(const Value& x, const Value& mean, const Value& variance, const Value& gamma,
               const Value& beta) const {
    Value scale = inverse_deviation(variance, options().epsilon);
    if (gamma) scale = scale * gamma;
    Value shift = -mean * scale;
    if (beta) shift = shift + beta;
    return x * over(x, scale) + over(x, shift);
  }

  Value normalized_by_moving(const Value& x, CallContext& context) const {
    return affine(x, ops::cast(context.value(moving_mean_), x.dtype()),
                  ops::cast(context.value(moving_variance_), x.dtype()), weight(gamma_, x),
                  weight(beta_, x));
  }

  Value normalized_by_batch(const Value& x, const Value& mask, CallContext& context) const {
    const Value gamma = weight(gamma_, x), beta = weight(beta_, x);
    if (mask) {
      const auto [mean, variance] = masked_moments(x, mask);
      if (!options().renorm) {
        follow(mean, variance, context);
        return affine(x, mean, variance, gamma, beta);
      }
      const auto [scale, shift] = renormed(mean, variance, gamma, beta, context);
      return affine(x, mean, variance, scale, shift);
    }
    const Value last = ops::moveaxis(x, axis_, -1);
    const Shape rows{x.shape().size() / std::max<std::int64_t>(1, channels_), channels_};
    const bool renorm = options().renorm;
    const ops::NormalizedColumns normalized =
        ops::normalize_columns(ops::reshape(last, rows), renorm ? Value() : gamma,
                               renorm ? Value() : beta, options().epsilon);
    Value y = ops::moveaxis(ops::reshape(normalized.y, last.shape()), -1, axis_);
    if (!renorm) {
      follow(normalized.mean, normalized.variance, context);
      return y;
    }
    const auto [scale, shift] =
        renormed(normalized.mean, normalized.variance, gamma, beta, context);
    return y * over(x, scale) + over(x, shift);
  }

  struct Pair {
    Value first, second;
  };

  // Keras' 1e-7 in the denominators: a batch that the mask leaves out altogether has mean 0.
  Pair masked_moments(const Value& x, const Value& mask) const {
    if (mask.rank() != x.rank() - 1) {
      throw ShapeError("expected a mask with one dimension less than the input " +
                       x.shape().to_string() + ", got " + mask.shape().to_string());
    }
    std::vector<int> axes;
    for (int axis = 0; axis < x.rank(); ++axis) {
      if (axis != axis_) axes.push_back(axis);
    }
    const Value kept = ops::broadcast_to(ops::expand_dims(mask, -1), x.shape());
    const auto sum = [&](const Value& v) { return ops::sum(v, {.axis = axes}); };
    const Value count = sum(ops::cast(kept, x.dtype())) + number_like(x, 1e-7);
    const Value mean = sum(ops::where(kept, x, 0)) / count;
    const Value difference = ops::where(kept, x - over(x, mean), 0);
    return {mean, sum(difference * difference) / count};
  }

  void move(const Variable& average, const Value& batch, double momentum,
            CallContext& context) const {
    const Value old = ops::cast(context.value(average), batch.dtype());
    const Value moved = old * number_like(old, momentum) + batch * number_like(old, 1 - momentum);
    context.assign(average, ops::cast(moved, average.dtype()));
  }

  void follow(const Value& mean, const Value& variance, CallContext& context) const {
    move(moving_mean_, mean, options().momentum, context);
    move(moving_variance_, variance, options().momentum, context);
  }

  // gamma and beta with the corrections in them; moves the averages of renormalization.
  Pair renormed(const Value& mean, const Value& variance, const Value& gamma, const Value& beta,
                CallContext& context) const {
    const RenormClipping& clipping = options().renorm_clipping;
    const auto number = [&](double v) { return number_like(mean, v); };
    const Value stddev = ops::sqrt(variance + number(options().epsilon));
    const Value average = ops::cast(context.value(renorm_mean_), mean.dtype());
    const Value spread = ops::maximum(ops::cast(context.value(renorm_stddev_), mean.dtype()),
                                      number(std::sqrt(options().epsilon)));
    Value r = stddev / spread;
    Value d = (mean - average) / spread;
    if (clipping.rmin) r = ops::maximum(r, number(*clipping.rmin));
    if (clipping.rmax) r = ops::minimum(r, number(*clipping.rmax));
    if (clipping.dmax) d = ops::clip(d, number(-*clipping.dmax), number(*clipping.dmax));
    r = ops::stop_gradient(r);
    d = ops::stop_gradient(d);

    move(renorm_mean_, mean, options().renorm_momentum, context);
    move(renorm_stddev_, stddev, options().renorm_momentum, context);
    move(moving_mean_, mean, options().momentum, context);
    move(moving_stddev_, stddev, options().momentum, context);
    const Value moved = ops::cast(context.value(moving_stddev_), mean.dtype());
    context.assign(moving_variance_, ops::cast(ops::relu(moved * moved - number(options().epsilon)),
                                               moving_variance_.dtype()));

    Pair result = gamma ? Pair{r * gamma, d * gamma} : Pair{r, d};
    if (beta) result.second = result.second + beta;
    return result;
  }

  int axis_ = 0;
  std::int64_t channels_ = 0;
  Variable gamma_, beta_, moving_mean_, moving_variance_;
  Variable moving_stddev_, renorm_mean_, renorm_stddev_;
};

}  // namespace

Config to_config(const RenormClipping& clipping) {
  Config config = Config::map();
  const auto set = [&](std::string_view key, const std::optional<double>& value) {
    if (value) config.set(key, *value);
  };
  set("rmax", clipping.rmax);
  set("rmin", clipping.rmin);
  set("dmax", clipping.dmax);
  return config.size() == 0 ? Config() : config;
}

void from_config(const Config& config, RenormClipping& clipping) {
  clipping = RenormClipping();
  if (config.is_null()) return;
  for (const auto& [key, value] : config.as_map()) {
    std::optional<double>* bound = key == "rmax"   ? &clipping.rmax
                                   : key == "rmin" ? &clipping.rmin
                                   : key == "dmax" ? &clipping.dmax
                                                   : nullptr;
    if (bound == nullptr) throw ValueError(unknown_name("key", key, {"rmax", "rmin", "dmax"}));
    from_config(value, *bound);
  }
}

BatchNormalization::BatchNormalization(const BatchNormalizationOptions& options)
    : Layer(std::make_shared<BatchNormalizationLayer>(options)) {}

Layer BatchNormalization::from_config(const Config& config) {
  return BatchNormalization(layer_options<BatchNormalizationOptions>("BatchNormalization", config));
}

}  // namespace antler
