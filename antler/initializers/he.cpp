#include "antler/initializers/he.h"

namespace antler::initializers {

HeUniform::HeUniform(const SeedOptions& options)
    : Initializer(named_variance_scaling(
          "HeUniform", {.scale = 2.0, .mode = "fan_in", .distribution = "uniform"}, options)) {}

HeNormal::HeNormal(const SeedOptions& options)
    : Initializer(named_variance_scaling(
          "HeNormal", {.scale = 2.0, .mode = "fan_in", .distribution = "truncated_normal"},
          options)) {}

}  // namespace antler::initializers
