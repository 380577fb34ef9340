#pragma once

#include <cstdint>
#include <optional>

#include "antler/core/named_only.h"
#include "antler/initializers/initializer.h"

namespace antler::initializers {

struct RandomNormalOptions {
  NamedOnly named_only = NamedOnly();
  double mean = 0.0;
  double stddev = 0.05;
  std::optional<std::int64_t> seed = {};
  static void visit(auto& self, auto&& field) {
    field("mean", self.mean);
    field("stddev", self.stddev);
    field("seed", self.seed);
  }
};

/// Normal numbers.
///
/// Types  floats.  Errors  ValueError for a negative stddev.
/// Source  keras.initializers.RandomNormal ("normal").
class RandomNormal : public Initializer {
 public:
  RandomNormal(const RandomNormalOptions& options = {});
};

/// Normal numbers within two `stddev` of `mean`: those beyond are drawn anew. Their standard
/// deviation is 0.8796 stddev.
///
/// Types  floats.  Errors  ValueError for a negative stddev.
/// Source  keras.initializers.TruncatedNormal.
class TruncatedNormal : public Initializer {
 public:
  TruncatedNormal(const RandomNormalOptions& options = {});
};

}  // namespace antler::initializers
