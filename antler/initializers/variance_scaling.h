#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "antler/core/named_only.h"
#include "antler/initializers/initializer.h"

namespace antler::initializers {

/// How many inputs and outputs a weight of this shape joins: (1, 1) for a scalar, (n, n) for a
/// vector, (rows, columns) for a matrix; a convolution's kernel (..., in, out) counts `in` and
/// `out` once for every position of its window.
std::pair<std::int64_t, std::int64_t> compute_fans(const Shape& shape);

struct VarianceScalingOptions {
  NamedOnly named_only = NamedOnly();
  double scale = 1.0;
  std::string mode = "fan_in";
  std::string distribution = "truncated_normal";
  std::optional<std::int64_t> seed = {};
  static void visit(auto& self, auto&& field) {
    field("scale", self.scale);
    field("mode", self.mode);
    field("distribution", self.distribution);
    field("seed", self.seed);
  }
};

/// Random numbers of mean 0 and variance scale / n, where n is the number of inputs, of outputs, or
/// their mean.
///
/// Options  mode: "fan_in", "fan_out", "fan_avg". distribution: "uniform" in +-sqrt(3 scale / n);
///          "truncated_normal" (or "normal"), widened so that the variance is right after cutting
///          at two deviations; "untruncated_normal".
/// Types    floats.  Errors  ValueError for scale <= 0 and unknown names.
/// Source   keras.initializers.VarianceScaling.
class VarianceScaling : public Initializer {
 public:
  VarianceScaling(const VarianceScalingOptions& options = {});
};

/// The options of the initializers that are named cases of it.
struct SeedOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::int64_t> seed = {};
  static void visit(auto& self, auto&& field) { field("seed", self.seed); }
};

/// Such a case: it is written as `class_name` with its seed alone.
Initializer named_variance_scaling(std::string_view class_name,
                                   const VarianceScalingOptions& options);

/// The same initializer for a weight that joins so many inputs and outputs, whatever its shape says
/// (kernels of EinsumDense); any other kind of initializer as it is.
Initializer with_fans(const Initializer& initializer, std::int64_t inputs, std::int64_t outputs);

}  // namespace antler::initializers
