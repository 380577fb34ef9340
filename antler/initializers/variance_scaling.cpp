#include "antler/initializers/variance_scaling.h"

#include <algorithm>
#include <cmath>

#include "antler/core/options.h"
#include "antler/core/suggest.h"
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

constexpr std::string_view kClassName = "VarianceScaling";

Config without_unset_axes(const Config& config) {
  Config kept = Config::map();
  for (const auto& [key, value] : config.as_map()) {
    const bool is_axes = key == "input_axes" || key == "output_axes";
    if (!is_axes || !value.is_null()) kept.set(key, value);
  }
  return kept;
}

class VarianceScalingInitializer final : public InitializerBase {
 public:
  VarianceScalingInitializer(std::string_view class_name, const VarianceScalingOptions& options)
      : class_name_(class_name), options_(options) {
    if (!(options.scale > 0)) {
      throw ValueError("VarianceScaling: expected scale > 0, got " +
                       Config(options.scale).to_string());
    }
    check_name("mode", options_.mode, {"fan_in", "fan_out", "fan_avg"});
    for (char& c : options_.distribution) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (options_.distribution == "normal") options_.distribution = "truncated_normal";
    check_name("distribution", options_.distribution,
               {"uniform", "truncated_normal", "untruncated_normal"});
  }

  std::string_view class_name() const override { return class_name_; }
  Config get_config() const override {
    if (class_name_ == kClassName) return without_unset_axes(options_to_config(options_));
    return without_unset_axes(options_to_config(SeedOptions{.seed = options_.seed,
                                                            .input_axes = options_.input_axes,
                                                            .output_axes = options_.output_axes}));
  }
  std::optional<std::int64_t> seed() const override { return options_.seed; }
  Initializer with_fan_axes(std::vector<int> inputs, std::vector<int> outputs) const {
    VarianceScalingOptions options = options_;
    if (!options.input_axes || !options.output_axes) {
      options.input_axes = std::move(inputs);
      options.output_axes = std::move(outputs);
    }
    return {std::make_shared<VarianceScalingInitializer>(class_name_, options)};
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
    // One alone counts for nothing, as in Keras.
    const bool has_axes = options_.input_axes && options_.output_axes;
    const auto [in, out] = has_axes
                               ? std::pair(size_along("input_axes", options_.input_axes, shape),
                                           size_along("output_axes", options_.output_axes, shape))
                               : compute_fans(shape);
    const double fan_in = static_cast<double>(in);
    const double fan_out = static_cast<double>(out);
    if (options_.mode == "fan_in") return std::max(1.0, fan_in);
    if (options_.mode == "fan_out") return std::max(1.0, fan_out);
    return std::max(1.0, (fan_in + fan_out) / 2);
  }

  std::int64_t size_along(std::string_view key, const FanAxes& axes, const Shape& shape) const {
    std::int64_t size = 1;
    for (const int axis : axes.get()) {
      if (axis < -shape.rank() || axis >= shape.rank()) {
        throw ShapeError(class_name_ + ": expected " + std::string(key) + " among the " +
                         std::to_string(shape.rank()) + " axes of a weight of shape " +
                         shape.to_string() + ", got " + std::to_string(axis));
      }
      size *= shape[axis];
    }
    return size;
  }

  std::string class_name_;
  VarianceScalingOptions options_;
};

}  // namespace

FanAxes::FanAxes(std::initializer_list<int> axes) : is_given_(true), axes_(axes) {}
FanAxes::FanAxes(std::vector<int> axes) : is_given_(true), axes_(std::move(axes)) {}

std::pair<std::int64_t, std::int64_t> compute_fans(const Shape& shape) {
  const int rank = shape.rank();
  if (rank == 0) return {1, 1};
  if (rank == 1) return {shape[0], shape[0]};
  const std::int64_t window = shape.size(0, rank - 2);
  return {shape[-2] * window, shape[-1] * window};
}

Config to_config(const FanAxes& axes) { return axes ? Config(axes.get()) : Config(); }

void from_config(const Config& config, FanAxes& axes) {
  axes = FanAxes();
  if (config.is_null()) return;
  std::vector<int> list;
  for (const Config& axis : config.as_list()) list.push_back(static_cast<int>(axis.as_integer()));
  axes = FanAxes(std::move(list));
}

Initializer named_variance_scaling(std::string_view class_name, VarianceScalingOptions scaling,
                                   const SeedOptions& options) {
  scaling.seed = options.seed;
  scaling.input_axes = options.input_axes;
  scaling.output_axes = options.output_axes;
  return {std::make_shared<VarianceScalingInitializer>(class_name, scaling)};
}

Initializer with_fan_axes(const Initializer& initializer, std::vector<int> inputs,
                          std::vector<int> outputs) {
  const auto* scaling = dynamic_cast<const VarianceScalingInitializer*>(&initializer.base());
  if (scaling == nullptr) return initializer;
  return scaling->with_fan_axes(std::move(inputs), std::move(outputs));
}

VarianceScaling::VarianceScaling(const VarianceScalingOptions& options)
    : Initializer(std::make_shared<VarianceScalingInitializer>(kClassName, options)) {}

}  // namespace antler::initializers
