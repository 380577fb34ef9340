#include "antler/constraints/norm.h"

#include "antler/core/options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/roots.h"
#include "antler/ops/sum.h"

namespace antler::constraints {
namespace {

constexpr double kEpsilon = 1e-7;

Value norms_of(const Value& w, const AxisArg& axis) {
  return ops::sqrt(ops::sum(w * w, {.axis = axis.get(), .keepdims = true}));
}

Value clipped(const Value& norms, double low, double high) {
  return ops::clip(norms, ops::detail::number_like(norms, low),
                   ops::detail::number_like(norms, high));
}

Value safe(const Value& norms) { return ops::detail::number_like(norms, kEpsilon) + norms; }

Value project(const MaxNormOptions& options, const Value& w) {
  const Value norms = norms_of(w, options.axis);
  return w * (clipped(norms, 0, options.max_value) / safe(norms));
}

Value project(const UnitNormOptions& options, const Value& w) {
  return w / safe(norms_of(w, options.axis));
}

Value project(const MinMaxNormOptions& options, const Value& w) {
  const Value norms = norms_of(w, options.axis);
  const Value wanted = ops::detail::number_like(w, options.rate) *
                           clipped(norms, options.min_value, options.max_value) +
                       ops::detail::number_like(w, 1 - options.rate) * norms;
  return w * (wanted / safe(norms));
}

template <class Options>
class NormConstraint final : public ConstraintBase {
 public:
  NormConstraint(std::string_view class_name, const Options& options)
      : class_name_(class_name), options_(options) {}

  std::string_view class_name() const override { return class_name_; }
  Config get_config() const override { return options_to_config(options_); }
  Value call(const Value& x) const override { return project(options_, x); }

 private:
  std::string_view class_name_;
  Options options_;
};

template <class Options>
std::shared_ptr<const ConstraintBase> make(std::string_view class_name, const Options& options) {
  return std::make_shared<NormConstraint<Options>>(class_name, options);
}

}  // namespace

AxisArg::AxisArg(int axis) : axes_{axis} {}
AxisArg::AxisArg(std::initializer_list<int> axes) : axes_(axes) {}
AxisArg::AxisArg(std::vector<int> axes) : axes_(std::move(axes)) {}

Config to_config(const AxisArg& axis) {
  return axis.get().size() == 1 ? Config(axis.get().front()) : Config(axis.get());
}

void from_config(const Config& config, AxisArg& axis) {
  std::vector<int> axes;
  if (config.is_list()) {
    antler::from_config(config, axes);
  } else {
    antler::from_config(config, axes.emplace_back());
  }
  axis = AxisArg(std::move(axes));
}

MaxNorm::MaxNorm(const MaxNormOptions& options) : Constraint(make("MaxNorm", options)) {}

UnitNorm::UnitNorm(const UnitNormOptions& options) : Constraint(make("UnitNorm", options)) {}

MinMaxNorm::MinMaxNorm(const MinMaxNormOptions& options)
    : Constraint(make("MinMaxNorm", options)) {}

}  // namespace antler::constraints
