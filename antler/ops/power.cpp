#include "antler/ops/power.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/exponential.h"
#include "antler/ops/where.h"

namespace antler::ops {
namespace {

bool is_number(const Value& x, double number) {
  const Node& node = x.node();
  return node.kind() == NodeKind::constant && node.is_weak() &&
         node.constant_value().item<double>() == number;
}

}  // namespace

// As JAX: a^0 has no slope in a, and log a counts only where a is not 0, so that neither 0 * inf
// nor log 0 makes a NaN.
std::vector<Value> Power::gradient(const GradientContext& context) const {
  const Value& g = context.output_gradient(0);
  const Value& a = context.input(0);
  const Value& b = context.input(1);
  std::vector<Value> gradients(2);
  if (context.needs(0)) {
    const Value flat = equal(b, 0);
    gradients[0] = g * where(flat, 0, b * power(a, where(flat, 1, b - 1)));
  }
  if (context.needs(1)) {
    gradients[1] = g * (context.output(0) * log(where(equal(a, 0), 1, a)));
  }
  return gradients;
}

Value power(const Value& a, const Value& b) {
  auto [x, y] = detail::promote_operands(a, b);
  if (is_number(b, 2)) return x * x;
  if (is_number(b, 3)) return x * x * x;
  return apply(Power{}, {x, y});
}

Value square(const Value& x) { return x * x; }

Value reciprocal(const Value& x) { return 1 / detail::as_floating(x); }

}  // namespace antler::ops
