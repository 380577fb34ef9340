#include "antler/layers/normalization.h"

#include <algorithm>
#include <span>

#include "antler/layers/feature_statistics.h"
#include "antler/layers/layer_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/reshape.h"
#include "antler/ops/roots.h"

namespace antler {
namespace {

bool all_equal(const Tensor& tensor, double value) {
  for (std::int64_t i = 0; i < tensor.size(); ++i) {
    if (tensor.item<double>(i) != value) return false;
  }
  return true;
}

class NormalizationLayer final : public LayerWithOptions<NormalizationOptions> {
 public:
  explicit NormalizationLayer(const NormalizationOptions& options) : LayerWithOptions(options) {
    const ArrayArg& mean = options.mean;
    const ArrayArg& variance = options.variance;
    const auto require = [&](bool valid, const std::string& text) {
      require_argument("Normalization", options, valid, text);
    };
    require(static_cast<bool>(mean) == static_cast<bool>(variance),
            std::string("expected mean and variance, got ") + (mean ? "mean" : "variance") +
                " alone; give both, or neither and call adapt()");
    if (!mean) return;
    require(mean.shape() == variance.shape(), "expected mean and variance of one shape, got " +
                                                  mean.shape().to_string() + " and " +
                                                  variance.shape().to_string());
    require(mean.shape().rank() <= static_cast<int>(options.axis.get().size()),
            "expected a mean with at most as many dimensions as axis has entries, got " +
                mean.shape().to_string() + " for axis " + to_config(options.axis).to_string());
  }

  std::string class_name() const override { return "Normalization"; }
  bool supports_masking() const override { return true; }

  void build(const Shape& input) override {
    axes_ = options().axis.resolve(input.rank());
    Shape features;
    broadcast_shape_ = Shape(std::vector<std::int64_t>(static_cast<std::size_t>(input.rank()), 1));
    for (const int axis : axes_) {
      if (input[axis] == None) {
        throw ShapeError("expected a known size along axis " + std::to_string(axis) + ", got " +
                         input.to_string() + "; give Input() its size");
      }
      features = features.inserted(features.rank(), input[axis]);
      broadcast_shape_.set(axis, input[axis]);
    }
    if (options().mean) {
      mean_shape_ = aligned(options().mean.shape());
      return;
    }
    mean_shape_ = broadcast_shape_;
    mean_ =
        add_weight({.name = "mean", .shape = features, .initializer = "zeros", .trainable = false});
    variance_ = add_weight(
        {.name = "variance", .shape = features, .initializer = "ones", .trainable = false});
    count_ = add_weight({.name = "count",
                         .shape = {},
                         .initializer = "zeros",
                         .dtype = DType::int32,
                         .trainable = false});
  }

  Value call(const Value& x, CallContext& context) const override {
    check_features(x.shape());
    if (!options().mean && !context.for_shapes() && !is_adapted()) {
      throw StateError(
          "expected mean and variance, got none yet; call adapt() with the training data, or load "
          "the weights");
    }
    const Value input = ops::cast(x, dtype());
    const Value mean = statistic(options().mean, mean_);
    const Value deviation = ops::maximum(ops::sqrt(statistic(options().variance, variance_)),
                                         ops::detail::number_like(input, 1e-7));
    return options().invert ? mean + input * deviation : (input - mean) / deviation;
  }

  // As Keras writes it: always a list.
  Config get_config() const override {
    return with_argument(LayerWithOptions::get_config(), "axis", Config(options().axis.get()));
  }

  void adapt(std::span<const Tensor> batches) {
    if (options().mean) {
      throw StateError(error_prefix() +
                       "has the mean and variance it was given; leave them out "
                       "to call adapt()");
    }
    if (batches.empty()) throw ValueError(error_prefix() + "expected data to adapt to, got none");
    build_for(batches[0].shape());
    with_error_prefix(error_prefix(), [&] {
      FeatureStatistics statistics(axes_);
      for (const Tensor& batch : batches) {
        check_features(batch.shape());
        statistics.add(batch);
      }
      mean_.assign(statistics.mean().astype(mean_.dtype()));
      variance_.assign(statistics.variance().astype(variance_.dtype()));
    });
    is_adapted_ = true;
  }

 private:
  // The number of examples is no part of the layer, unless its first axis is kept.
  void build_for(const Shape& data) {
    if (data.rank() == 0) throw ShapeError(error_prefix() + "expected a batch axis, got a scalar");
    const std::vector<int>& axes = options().axis.get();
    const bool keeps_batch = std::any_of(
        axes.begin(), axes.end(), [&](int axis) { return axis == 0 || axis == -data.rank(); });
    ensure_built({keeps_batch ? data : data.without_batch().with_batch(None)});
  }

  // Weights that a file brought are no longer the initial ones.
  bool is_adapted() const {
    return is_adapted_ || !all_equal(mean_.read(), 0) || !all_equal(variance_.read(), 1);
  }

  void check_features(const Shape& input) const {
    bool fits = input.rank() == broadcast_shape_.rank();
    for (std::size_t i = 0; fits && i < axes_.size(); ++i) {
      fits = input[axes_[i]] == broadcast_shape_[axes_[i]];
    }
    if (!fits) {
      throw ShapeError("expected an input like the " + built_shapes().front().to_string() +
                       " it was built for, got " + input.to_string());
    }
  }

  // A given mean's sizes stand along the last of the kept axes.
  Shape aligned(const Shape& given) const {
    Shape shape(std::vector<std::int64_t>(static_cast<std::size_t>(broadcast_shape_.rank()), 1));
    for (int i = 1; i <= given.rank(); ++i) {
      const int axis = axes_[axes_.size() - static_cast<std::size_t>(i)];
      if (given[-i] != 1 && given[-i] != broadcast_shape_[axis]) {
        throw ShapeError("expected an input with " + std::to_string(given[-i]) +
                         " features along axis " + std::to_string(axis) + ", as mean has, got " +
                         std::to_string(broadcast_shape_[axis]));
      }
      shape.set(axis, given[-i]);
    }
    return shape;
  }

  Value statistic(const ArrayArg& given, const Variable& found) const {
    const Value value = given ? Value(given.values().astype(dtype())) : found.value();
    return ops::reshape(value, mean_shape_);
  }

  std::vector<int> axes_;
  Shape broadcast_shape_, mean_shape_;
  Variable mean_, variance_, count_;
  bool is_adapted_ = false;
};

}  // namespace

Normalization::Normalization(const NormalizationOptions& options)
    : Layer(std::make_shared<NormalizationLayer>(options)) {}

Layer Normalization::from_config(const Config& config) {
  return Normalization(layer_options<NormalizationOptions>("Normalization", config));
}

void Normalization::adapt(const Tensor& data) const {
  static_cast<NormalizationLayer&>(base()).adapt(std::span(&data, 1));
}

void Normalization::adapt(const std::vector<Tensor>& batches) const {
  static_cast<NormalizationLayer&>(base()).adapt(batches);
}

}  // namespace antler
