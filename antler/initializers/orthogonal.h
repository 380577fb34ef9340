#pragma once

#include <cstdint>
#include <optional>

#include "antler/core/named_only.h"
#include "antler/initializers/initializer.h"

namespace antler::initializers {

struct OrthogonalOptions {
  NamedOnly named_only = NamedOnly();
  double gain = 1.0;
  std::optional<std::int64_t> seed = {};
  static void visit(auto& self, auto&& field) {
    field("gain", self.gain);
    field("seed", self.seed);
  }
};

/// `gain` times a random matrix with orthonormal columns, or orthonormal rows where there are fewer
/// of them: the Q of a normal matrix, with the sign that makes the diagonal of R positive. All axes
/// but the last are the rows.
///
/// Types   floats; computed in float64.  Errors  ShapeError below rank 2.
/// Source  keras.initializers.Orthogonal; Saxe et al. (2014), arXiv:1312.6120.
class Orthogonal : public Initializer {
 public:
  Orthogonal(const OrthogonalOptions& options = {});
};

}  // namespace antler::initializers
