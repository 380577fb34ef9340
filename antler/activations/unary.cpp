#include "antler/activations/unary.h"

#include "antler/ops/exponential.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/softplus.h"
#include "antler/ops/trigonometric.h"

namespace antler::activations {

Value linear(const Value& x) { return x; }
Value sigmoid(const Value& x) { return ops::sigmoid(x); }
Value tanh(const Value& x) { return ops::tanh(x); }
Value softplus(const Value& x) { return ops::softplus(x); }
Value exponential(const Value& x) { return ops::exp(x); }

}  // namespace antler::activations
