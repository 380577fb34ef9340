#pragma once

#include "antler/initializers/variance_scaling.h"

namespace antler::initializers {

/// Uniform in +-sqrt(3 / fan_in).
///
/// Source  keras.initializers.LecunUniform; LeCun et al. (1998), Efficient BackProp.
class LecunUniform : public Initializer {
 public:
  LecunUniform(const SeedOptions& options = {});
};

/// Normal numbers cut at two deviations, of variance 1 / fan_in.
///
/// Source  keras.initializers.LecunNormal; LeCun et al. (1998), Efficient BackProp.
class LecunNormal : public Initializer {
 public:
  LecunNormal(const SeedOptions& options = {});
};

}  // namespace antler::initializers
