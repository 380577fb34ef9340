#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/core/tensor.h"
#include "antler/graph/op.h"

namespace antler::testing {

/// A computation to be checked: outputs from inputs.
using Body = std::function<std::vector<Value>(const std::vector<Value>&)>;

struct GradientCheckOptions {
  NamedOnly named_only = NamedOnly();
  /// 1: the derivatives of the outputs; 2: the derivatives of those.
  int order = 1;
  /// Of the difference, relative to the derivative where that is over 1.
  double tolerance = 1e-6;
  double step = 1e-3;
  std::uint64_t seed = 1;
};

struct GradientReport {
  bool passed = true;
  /// How many derivatives were compared: 0 without a floating input or output.
  std::int64_t compared = 0;
  /// The worst one: where it is, what it is, what was expected.
  std::string text;
};

/// Compares gradients with finite differences, in float64, on the reference backend: those of the
/// outputs weighted with random cotangents, by every element of every floating input.
///
/// The differences are of fourth order (four points), so that their own error stays some thousand
/// times under the tolerance; inputs must lie more than two steps off a kink.
GradientReport check_gradient(const Body& body, const std::vector<Tensor>& inputs,
                              const GradientCheckOptions& options = {});
GradientReport check_gradient(const Op& op, const std::vector<Tensor>& inputs,
                              const GradientCheckOptions& options = {});

}  // namespace antler::testing
