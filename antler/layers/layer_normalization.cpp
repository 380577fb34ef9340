#include "antler/layers/layer_normalization.h"

#include <algorithm>

#include "antler/layers/layer_with_options.h"
#include "antler/layers/unit_length.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/normalization.h"
#include "antler/ops/operands.h"
#include "antler/ops/reshape.h"
#include "antler/ops/roots.h"
#include "antler/ops/statistics.h"
#include "antler/ops/transpose.h"

namespace antler {
namespace {

using ops::detail::number_like;

// x's sizes along the axes, in Keras' order: that of the sorted axes as they were given.
Shape sizes_along(const AxesArg& axes, const Shape& input) {
  axes.resolve(input.rank());
  std::vector<int> sorted = axes.get();
  std::sort(sorted.begin(), sorted.end());
  Shape sizes;
  for (const int axis : sorted) {
    if (input[axis] == None) {
      throw ShapeError("expected a known size along axis " + std::to_string(axis) + ", got " +
                       input.to_string() + "; give Input() its size");
    }
    sizes = sizes.inserted(sizes.rank(), input[axis]);
  }
  return sizes;
}

template <class Options>
void require_axes(std::string_view class_name, const Options& options) {
  require_argument(class_name, options, !options.axis.get().empty(),
                   "expected at least one axis, got none");
}

// The weights gamma and beta, and a check that the input is of the kind that they were made for.
template <class Options>
class ScaledLayer : public LayerWithOptions<Options> {
 public:
  using LayerWithOptions<Options>::LayerWithOptions;
  bool supports_masking() const override { return true; }

 protected:
  void add_scale(const Shape& shape) {
    const Options& options = this->options();
    if (options.scale) {
      gamma_ = this->add_weight({.name = "gamma",
                                 .shape = shape,
                                 .initializer = options.gamma_initializer,
                                 .regularizer = options.gamma_regularizer,
                                 .constraint = options.gamma_constraint});
    }
    if (options.center) {
      beta_ = this->add_weight({.name = "beta",
                                .shape = shape,
                                .initializer = options.beta_initializer,
                                .regularizer = options.beta_regularizer,
                                .constraint = options.beta_constraint});
    }
  }

  // Reshaped, in x's type; empty without one.
  static Value as(const Shape& shape, const Variable& weight, const Value& x) {
    return weight ? ops::reshape(ops::cast(weight, x.dtype()), shape) : Value();
  }

  Variable gamma_, beta_;
};

void require_same_sizes(const Shape& built, const Shape& input, bool fits) {
  if (fits) return;
  throw ShapeError("expected an input like the " + built.to_string() + " it was built for, got " +
                   input.to_string());
}

class LayerNormalizationLayer final : public ScaledLayer<LayerNormalizationOptions> {
 public:
  explicit LayerNormalizationLayer(const LayerNormalizationOptions& options)
      : ScaledLayer(options) {
    require_axes("LayerNormalization", options);
  }

  std::string class_name() const override { return "LayerNormalization"; }

  void build(const Shape& input) override {
    sizes_ = sizes_along(options().axis, input);
    rank_ = input.rank();
    add_scale(sizes_);
  }

  // The axes go to the end, and x becomes rows; last ones are there already.
  Value call(const Value& input, CallContext&) const override {
    const Shape& shape = input.shape();
    require_same_sizes(built_shapes().front(), shape,
                       shape.rank() == rank_ && sizes_along(options().axis, shape) == sizes_);
    const Value x = ops::detail::as_floating(input);
    const std::vector<int> axes = options().axis.resolve(x.rank());
    const int first = x.rank() - static_cast<int>(axes.size());
    std::vector<int> last;
    for (int axis = first; axis < x.rank(); ++axis) last.push_back(axis);
    const Value moved = ops::moveaxis(x, axes, last);
    const std::int64_t n = sizes_.size();
    const Shape rows{n == 0 ? 0 : shape.size() / n, n};
    const Value y = ops::normalize_rows(ops::reshape(moved, rows), as({n}, gamma_, x),
                                        as({n}, beta_, x), options().epsilon);
    return ops::cast(ops::moveaxis(ops::reshape(y, moved.shape()), last, axes), dtype());
  }

 private:
  Shape sizes_;
  int rank_ = 0;
};

class GroupNormalizationLayer final : public ScaledLayer<GroupNormalizationOptions> {
 public:
  explicit GroupNormalizationLayer(const GroupNormalizationOptions& options)
      : ScaledLayer(options) {
    require_argument("GroupNormalization", options, options.groups >= 1 || options.groups == -1,
                     "expected groups of at least 1, or -1 for one a channel, got " +
                         std::to_string(options.groups));
  }

  std::string class_name() const override { return "GroupNormalization"; }

  void build(const Shape& input) override {
    axis_ = normalize_axis("axis", options().axis, input.rank());
    channels_ = input[axis_];
    if (channels_ == None) {
      throw ShapeError("expected a known size along axis " + std::to_string(axis_) + ", got " +
                       input.to_string() + "; give Input() its size");
    }
    groups_ = options().groups == -1 ? channels_ : options().groups;
    if (axis_ == 0 || groups_ == 0 || channels_ % groups_ != 0) {
      throw ShapeError("expected channels that " + std::to_string(groups_) +
                       " groups divide, got " + std::to_string(channels_) + " along axis " +
                       std::to_string(axis_) + " of " + input.to_string());
    }
    rank_ = input.rank();
    add_scale({channels_});
  }

  // A group's channels move behind the batch: then each (example, group) is one row.
  Value call(const Value& input, CallContext&) const override {
    const Shape& shape = input.shape();
    require_same_sizes(built_shapes().front(), shape,
                       shape.rank() == rank_ && shape[axis_] == channels_);
    const Value x = ops::moveaxis(ops::detail::as_floating(input), axis_, 1);
    const std::int64_t count = shape[0] * groups_;
    const Shape rows{count, count == 0 ? 0 : shape.size() / count};
    const Value y = ops::reshape(
        ops::normalize_rows(ops::reshape(x, rows), {}, {}, options().epsilon), x.shape());
    return ops::cast(scaled(ops::moveaxis(y, 1, axis_)), dtype());
  }

 private:
  Value scaled(Value y) const {
    Shape shape(std::vector<std::int64_t>(static_cast<std::size_t>(rank_), 1));
    shape.set(axis_, channels_);
    if (gamma_) y = y * as(shape, gamma_, y);
    if (beta_) y = y + as(shape, beta_, y);
    return y;
  }

  int axis_ = 0, rank_ = 0;
  std::int64_t channels_ = 0, groups_ = 0;
};

class RMSNormalizationLayer final : public LayerWithOptions<RMSNormalizationOptions> {
 public:
  explicit RMSNormalizationLayer(const RMSNormalizationOptions& options)
      : LayerWithOptions(options) {
    require_axes("RMSNormalization", options);
  }

  std::string class_name() const override { return "RMSNormalization"; }

  void build(const Shape& input) override {
    scale_ = add_weight(
        {.name = "scale", .shape = sizes_along(options().axis, input), .initializer = "ones"});
  }

  Value call(const Value& input, CallContext&) const override {
    const Value x = ops::detail::as_floating(input);
    const Value squares = ops::mean(x * x, {.axis = options().axis.get(), .keepdims = true});
    const Value inverse = ops::rsqrt(squares + number_like(x, options().epsilon));
    return ops::cast(x * inverse * ops::cast(scale_, x.dtype()), dtype());
  }

 private:
  Variable scale_;
};

class UnitNormalizationLayer final : public LayerWithOptions<UnitNormalizationOptions> {
 public:
  explicit UnitNormalizationLayer(const UnitNormalizationOptions& options)
      : LayerWithOptions(options) {
    require_axes("UnitNormalization", options);
  }

  std::string class_name() const override { return "UnitNormalization"; }
  bool supports_masking() const override { return true; }

  void build(const Shape& input) override { options().axis.resolve(input.rank()); }

  Value call(const Value& x, CallContext&) const override {
    return unit_length(x, options().axis.resolve(x.rank()), 1e-12);
  }
};

}  // namespace

LayerNormalization::LayerNormalization(const LayerNormalizationOptions& options)
    : Layer(std::make_shared<LayerNormalizationLayer>(options)) {}
GroupNormalization::GroupNormalization(const GroupNormalizationOptions& options)
    : Layer(std::make_shared<GroupNormalizationLayer>(options)) {}
RMSNormalization::RMSNormalization(const RMSNormalizationOptions& options)
    : Layer(std::make_shared<RMSNormalizationLayer>(options)) {}
UnitNormalization::UnitNormalization(const UnitNormalizationOptions& options)
    : Layer(std::make_shared<UnitNormalizationLayer>(options)) {}

Layer LayerNormalization::from_config(const Config& config) {
  return LayerNormalization(layer_options<LayerNormalizationOptions>("LayerNormalization", config));
}
Layer GroupNormalization::from_config(const Config& config) {
  return GroupNormalization(layer_options<GroupNormalizationOptions>("GroupNormalization", config));
}
Layer RMSNormalization::from_config(const Config& config) {
  return RMSNormalization(layer_options<RMSNormalizationOptions>("RMSNormalization", config));
}
Layer UnitNormalization::from_config(const Config& config) {
  return UnitNormalization(layer_options<UnitNormalizationOptions>("UnitNormalization", config));
}

}  // namespace antler
