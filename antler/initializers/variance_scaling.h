#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/initializers/initializer.h"

namespace antler::initializers {

/// How many inputs and outputs a weight of this shape joins: (1, 1) for a scalar, (n, n) for a
/// vector, (rows, columns) for a matrix; a convolution's kernel (..., in, out) counts `in` and
/// `out` once for every position of its window.
///
/// Source  the function of that name behind keras.initializers.VarianceScaling.
std::pair<std::int64_t, std::int64_t> compute_fans(const Shape& shape);

/// The axes of a weight that count as its inputs or outputs: `{0, -1}`, from the end when negative.
/// Empty: none are given.
class FanAxes {
 public:
  FanAxes() = default;
  FanAxes(std::initializer_list<int> axes);
  FanAxes(std::vector<int> axes);

  explicit operator bool() const { return is_given_; }
  const std::vector<int>& get() const { return axes_; }

 private:
  bool is_given_ = false;
  std::vector<int> axes_;
};

/// A list, or null for none.
Config to_config(const FanAxes& axes);
void from_config(const Config& config, FanAxes& axes);

struct VarianceScalingOptions {
  NamedOnly named_only = NamedOnly();
  double scale = 1.0;
  std::string mode = "fan_in";
  std::string distribution = "truncated_normal";
  std::optional<std::int64_t> seed = {};
  FanAxes input_axes = {}, output_axes = {};
  static void visit(auto& self, auto&& field) {
    field("scale", self.scale);
    field("mode", self.mode);
    field("distribution", self.distribution);
    field("seed", self.seed);
    field("input_axes", self.input_axes);
    field("output_axes", self.output_axes);
  }
};

/// Random numbers of mean 0 and variance scale / n, where n is the number of inputs, of outputs, or
/// their mean.
///
/// Options  mode: "fan_in", "fan_out", "fan_avg". distribution: "uniform" in +-sqrt(3 scale / n);
///          "truncated_normal" (or "normal"), widened so that the variance is right after cutting
///          at two deviations; "untruncated_normal". input_axes and output_axes, both or none: the
///          inputs and outputs are the product of their sizes. A config has them only when given:
///          Keras before 3.14 does not know the keys.
/// Types    floats.  Errors  ValueError for scale <= 0 and unknown names, ShapeError for an axis
///          that the weight does not have.
/// Source   keras.initializers.VarianceScaling.
class VarianceScaling : public Initializer {
 public:
  VarianceScaling(const VarianceScalingOptions& options = {});
};

/// The options of the initializers that are named cases of it.
struct SeedOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::int64_t> seed = {};
  FanAxes input_axes = {}, output_axes = {};
  static void visit(auto& self, auto&& field) {
    field("seed", self.seed);
    field("input_axes", self.input_axes);
    field("output_axes", self.output_axes);
  }
};

/// Such a case: `scaling` says scale, mode and distribution, `options` the rest; it is written as
/// `class_name` with `options` alone.
Initializer named_variance_scaling(std::string_view class_name, VarianceScalingOptions scaling,
                                   const SeedOptions& options);

/// The same initializer with these axes unless it has both already (kernels of EinsumDense); any
/// other kind of initializer as it is.
Initializer with_fan_axes(const Initializer& initializer, std::vector<int> inputs,
                          std::vector<int> outputs);

}  // namespace antler::initializers
