#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

namespace antler::ops {

/// The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x.
///
/// Types  float32, float64.  Source  keras.ops.erf.
struct Erf : detail::FloatingUnary<Erf> {
  static constexpr std::string_view name = "erf";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// Integers and bools are taken as float32.
Value erf(const Value& x);

}  // namespace antler::ops
