#include "antler/initializers/glorot.h"

namespace antler::initializers {

GlorotUniform::GlorotUniform(const SeedOptions& options)
    : Initializer(named_variance_scaling(
          "GlorotUniform", {.scale = 1.0, .mode = "fan_avg", .distribution = "uniform"}, options)) {
}

GlorotNormal::GlorotNormal(const SeedOptions& options)
    : Initializer(named_variance_scaling(
          "GlorotNormal", {.scale = 1.0, .mode = "fan_avg", .distribution = "truncated_normal"},
          options)) {}

}  // namespace antler::initializers
