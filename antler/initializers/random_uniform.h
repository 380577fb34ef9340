#pragma once

#include <cstdint>
#include <optional>

#include "antler/core/named_only.h"
#include "antler/initializers/initializer.h"

namespace antler::initializers {

struct RandomUniformOptions {
  NamedOnly named_only = NamedOnly();
  double minval = -0.05;
  double maxval = 0.05;
  std::optional<std::int64_t> seed = {};
  static void visit(auto& self, auto&& field) {
    field("minval", self.minval);
    field("maxval", self.maxval);
    field("seed", self.seed);
  }
};

/// Uniform numbers in [minval, maxval).
///
/// Types  floats.  Errors  ValueError when minval > maxval.
/// Source  keras.initializers.RandomUniform ("uniform").
class RandomUniform : public Initializer {
 public:
  RandomUniform(const RandomUniformOptions& options = {});
};

}  // namespace antler::initializers
