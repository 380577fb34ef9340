#include "antler/ops/relu.h"

#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/where.h"

namespace antler::ops {

// By the output, which is positive where x is: x need not be kept.
std::vector<Value> Relu::gradient(const GradientContext& context) const {
  return {where(context.output(0) > 0, context.output_gradient(0), 0)};
}

Value relu(const Value& x) {
  return apply(Relu{}, {x.dtype() == DType::boolean ? cast(x, DType::int32) : x});
}

}  // namespace antler::ops
