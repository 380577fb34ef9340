#pragma once

#include <optional>

#include "antler/core/named_only.h"
#include "antler/graph/value.h"

namespace antler::activations {

/// `max_value`: no limit without one.
struct ReluOptions {
  NamedOnly named_only = NamedOnly();
  double negative_slope = 0;
  std::optional<double> max_value = {};
  double threshold = 0;
};

/// min(x, max_value) where x > threshold, negative_slope * (x - threshold) elsewhere; with the
/// defaults max(x, 0). The derivative at 0 is 0.
///
/// Shapes  any, which is kept.
/// Types   integers are kept, with `negative_slope` taken as float32; bools become int32.
/// Source  keras.activations.relu; Nair and Hinton (2010).
Value relu(const Value& x, const ReluOptions& options = {});

/// x where x >= 0, else negative_slope * x; the derivative at 0 is 1. Integers and bools are taken
/// as float32.
///
/// Source  keras.activations.leaky_relu; Maas et al. (2013).
Value leaky_relu(const Value& x, double negative_slope = 0.2);

/// min(max(x, 0), 6), types as of relu; the derivative at both ends is 0.
///
/// Source  keras.activations.relu6.
Value relu6(const Value& x);

}  // namespace antler::activations
