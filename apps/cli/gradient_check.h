#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "apps/cli/model_file.h"

namespace antler::cli {

/// How well the gradient by one weight agrees with finite differences.
struct WeightCheck {
  std::string name;
  std::int64_t elements = 0;
  /// How many of them were moved one by one.
  std::int64_t checked = 0;
  /// The largest |analytic - numeric|, as a share of the weight's largest gradient.
  double max_error = 0;
  bool passed = true;
};

struct GradientReport {
  double loss = 0;
  double tolerance = 0;
  std::vector<WeightCheck> weights;
  bool passed() const;
};

/// The gradients that training uses, against central differences of the loss on random examples:
/// graph and weights are taken to float64 on the reference backend, so that a wrong formula stands
/// out from rounding. Of each weight up to 40 elements are moved, drawn by the seed, and all of
/// them together in one random direction. Dropout is off; a model that is not compiled is checked
/// with a random weighting of its outputs as the loss.
///
/// Errors  StateError for a model whose input shape is not known.
GradientReport check_gradients(const LoadedModel& loaded, std::uint64_t seed);

}  // namespace antler::cli
