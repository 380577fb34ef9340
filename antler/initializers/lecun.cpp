#include "antler/initializers/lecun.h"

namespace antler::initializers {

LecunUniform::LecunUniform(const SeedOptions& options)
    : Initializer(named_variance_scaling(
          "LecunUniform", {.scale = 1.0, .mode = "fan_in", .distribution = "uniform"}, options)) {}

LecunNormal::LecunNormal(const SeedOptions& options)
    : Initializer(named_variance_scaling(
          "LecunNormal", {.scale = 1.0, .mode = "fan_in", .distribution = "truncated_normal"},
          options)) {}

}  // namespace antler::initializers
