#include "antler/initializers/variance_scaling.h"

#include <algorithm>
#include <cmath>

#include "antler/core/options.h"
#include "antler/initializers/fill.h"
#include "antler/ops/random_draw.h"

namespace antler::initializers {
namespace {

// The standard deviation of a standard normal number cut at +-2.
constexpr double kTruncatedDeviation = 0.87962566103423978;

void check_name(std::string_view option, std::string_view got,
                const std::vector<std::string_view>& known) {
  if (std::find(known.begin(), known.end(), got) != known.end()) return;
  throw ValueError("VarianceScaling: " + unknown_name(option, got, known));
}

class VarianceScalingInitializer final : public InitializerBase {
 public:
  using Fans = std::pair<std::int64_t, std::int64_t>;

  VarianceScalingInitializer(std::string_view class_name, const VarianceScalingOptions& options,
                             std::optional<Fans> fans = {})
      : class_name_(class_name), options_(options), fans_(fans) {
    if (!(options.scale > 0)) {
      throw ValueError("VarianceScaling: expected scale > 0, got " +
                       Config(options.scale).to_string());
    }
    check_name("mode", options_.mode, {"fan_in", "fan_out", "fan_avg"});
    if (options_.distribution == "normal") options_.distribution = "truncated_normal";
    check_name("distribution", options_.distribution,
               {"uniform", "truncated_normal", "untruncated_normal"});
  }

  std::string_view class_name() const override { return class_name_; }
  Config get_config() const override {
    if (class_name_ == "VarianceScaling") return options_to_config(options_);
    return options_to_config(SeedOptions{.seed = options_.seed});
  }
  std::optional<std::int64_t> seed() const override { return options_.seed; }
  Initializer with_fans(const Fans& fans) const {
    return {std::make_shared<VarianceScalingInitializer>(class_name_, options_, fans)};
  }
  Tensor make(const Shape& shape, DType dtype, const RandomStream& random) const override {
    const double deviation = std::sqrt(options_.scale / fan(shape));
    if (options_.distribution == "uniform") {
      const double limit = std::sqrt(3.0) * deviation;
      return filled(class_name_, shape, dtype, [&](std::uint64_t i) {
        return uniform_below(-limit, limit, random.uniform(i));
      });
    }
    if (options_.distribution == "untruncated_normal") {
      return filled(class_name_, shape, dtype,
                    [&](std::uint64_t i) { return deviation * random.normal(i); });
    }
    const double widened = deviation / kTruncatedDeviation;
    return filled(class_name_, shape, dtype,
                  [&](std::uint64_t i) { return widened * ops::truncated_normal(random, i); });
  }

 private:
  double fan(const Shape& shape) const {
    const auto [in, out] = fans_ ? *fans_ : compute_fans(shape);
    const double fan_in = static_cast<double>(in);
    const double fan_out = static_cast<double>(out);
    if (options_.mode == "fan_in") return std::max(1.0, fan_in);
    if (options_.mode == "fan_out") return std::max(1.0, fan_out);
    return std::max(1.0, (fan_in + fan_out) / 2);
  }

  std::string class_name_;
  VarianceScalingOptions options_;
  std::optional<Fans> fans_;
};

}  // namespace

std::pair<std::int64_t, std::int64_t> compute_fans(const Shape& shape) {
  const int rank = shape.rank();
  if (rank == 0) return {1, 1};
  if (rank == 1) return {shape[0], shape[0]};
  const std::int64_t window = shape.size(0, rank - 2);
  return {shape[-2] * window, shape[-1] * window};
}

Initializer named_variance_scaling(std::string_view class_name,
                                   const VarianceScalingOptions& options) {
  return {std::make_shared<VarianceScalingInitializer>(class_name, options)};
}

Initializer with_fans(const Initializer& initializer, std::int64_t inputs, std::int64_t outputs) {
  const auto* scaling = dynamic_cast<const VarianceScalingInitializer*>(&initializer.base());
  return scaling != nullptr ? scaling->with_fans({inputs, outputs}) : initializer;
}

VarianceScaling::VarianceScaling(const VarianceScalingOptions& options)
    : Initializer(named_variance_scaling("VarianceScaling", options)) {}

}  // namespace antler::initializers
