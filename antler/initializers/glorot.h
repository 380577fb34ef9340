#pragma once

#include "antler/initializers/variance_scaling.h"

namespace antler::initializers {

/// Uniform in +-sqrt(6 / (fan_in + fan_out)).
///
/// Source  keras.initializers.GlorotUniform; Glorot and Bengio (2010).
class GlorotUniform : public Initializer {
 public:
  GlorotUniform(const SeedOptions& options = {});
};

/// Normal numbers cut at two deviations, of variance 2 / (fan_in + fan_out).
///
/// Source  keras.initializers.GlorotNormal; Glorot and Bengio (2010).
class GlorotNormal : public Initializer {
 public:
  GlorotNormal(const SeedOptions& options = {});
};

}  // namespace antler::initializers
