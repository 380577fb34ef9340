#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

// Elementwise. The functions take integers and bools as float32.
//
// Shapes  any, which the result keeps.  Types  float32, float64.
// Errors  TypeError when the op itself gets other types.

namespace antler::ops {

/// e^x.  Source  keras.ops.exp.
struct Exp : detail::FloatingUnary<Exp> {
  static constexpr std::string_view name = "exp";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// e^x - 1, exact near 0.  Source  keras.ops.expm1.
struct Expm1 : detail::FloatingUnary<Expm1> {
  static constexpr std::string_view name = "expm1";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The natural logarithm; -inf at 0, NaN below.  Source  keras.ops.log.
struct Log : detail::FloatingUnary<Log> {
  static constexpr std::string_view name = "log";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// log(1 + x), exact near 0.  Source  keras.ops.log1p.
struct Log1p : detail::FloatingUnary<Log1p> {
  static constexpr std::string_view name = "log1p";
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value exp(const Value& x);
Value expm1(const Value& x);
Value log(const Value& x);
Value log1p(const Value& x);

}  // namespace antler::ops
