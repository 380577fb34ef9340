#include "antler/activations/silu.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/operands.h"
#include "antler/ops/sigmoid.h"

namespace antler::activations {

Value silu(const Value& x) {
  const Value input = ops::detail::as_floating(x);
  return input * ops::sigmoid(input);
}

}  // namespace antler::activations
