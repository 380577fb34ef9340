#pragma once

#include "antler/initializers/variance_scaling.h"

namespace antler::initializers {

/// Uniform in +-sqrt(6 / fan_in).
///
/// Source  keras.initializers.HeUniform; He et al. (2015), arXiv:1502.01852.
class HeUniform : public Initializer {
 public:
  HeUniform(const SeedOptions& options = {});
};

/// Normal numbers cut at two deviations, of variance 2 / fan_in.
///
/// Source  keras.initializers.HeNormal; He et al. (2015), arXiv:1502.01852.
class HeNormal : public Initializer {
 public:
  HeNormal(const SeedOptions& options = {});
};

}  // namespace antler::initializers
