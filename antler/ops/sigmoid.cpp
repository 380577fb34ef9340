#include "antler/ops/sigmoid.h"

#include "antler/ops/arithmetic.h"

namespace antler::ops {

std::vector<Value> Sigmoid::gradient(const GradientContext& context) const {
  const Value y = context.output(0);
  return {context.output_gradient(0) * (y * (1 - y))};
}

Value sigmoid(const Value& x) { return apply(Sigmoid{}, {detail::as_floating(x)}); }

}  // namespace antler::ops
