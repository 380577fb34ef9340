#include "antler/activations/softmax.h"

#include "antler/ops/log_softmax.h"
#include "antler/ops/operands.h"
#include "antler/ops/softmax.h"

namespace antler::activations {

Value softmax(const Value& x, int axis) { return ops::softmax(ops::detail::as_floating(x), axis); }
Value log_softmax(const Value& x, int axis) { return ops::log_softmax(x, axis); }

}  // namespace antler::activations
