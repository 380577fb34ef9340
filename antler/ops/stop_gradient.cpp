#include "antler/ops/stop_gradient.h"

namespace antler::ops {

std::vector<Value> StopGradient::gradient(const GradientContext&) const { return {Value()}; }

Value stop_gradient(const Value& x) { return apply(StopGradient{}, {x}); }

}  // namespace antler::ops
