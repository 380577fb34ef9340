#include "antler/ops/softplus.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/sigmoid.h"

namespace antler::ops {

std::vector<Value> Softplus::gradient(const GradientContext& context) const {
  return {context.output_gradient(0) * sigmoid(context.input(0))};
}

Value softplus(const Value& x) { return apply(Softplus{}, {detail::as_floating(x)}); }

}  // namespace antler::ops
