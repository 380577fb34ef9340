#include "antler/losses/probabilities.h"

#include "antler/graph/node.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/reshape.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/softmax.h"
#include "antler/ops/sum.h"

namespace antler::losses {
namespace {

constexpr double kEpsilon = 1e-7;

// A reshape to several unknown sizes cannot be written down.
Value in_shape_of(const Value& p, const Value& z) {
  if (p.shape() == z.shape()) return z;
  return p.shape().is_known() ? ops::reshape(z, p.shape()) : Value();
}

}  // namespace

Value clipped(const Value& p) {
  using ops::detail::number_like;
  return ops::clip(p, number_like(p, kEpsilon), number_like(p, 1 - kEpsilon));
}

Value normalized(const Value& p, int axis) {
  return clipped(p / ops::sum(p, {.axis = axis, .keepdims = true}));
}

Value softmax_logits(const Value& p, int axis) {
  int class_axis = normalize_axis("axis", axis, p.rank());
  Value below = p;
  while (below.node().op_as<ops::Reshape>() != nullptr) {
    const Value above = below;
    below = below.node().inputs()[0];
    if (class_axis != above.rank() - 1 || below.rank() == 0 ||
        above.shape().back() != below.shape().back()) {
      return Value();
    }
    class_axis = below.rank() - 1;
  }
  const auto* softmax = below.node().op_as<ops::Softmax>();
  if (softmax == nullptr || normalize_axis("axis", softmax->axis, below.rank()) != class_axis) {
    return Value();
  }
  return in_shape_of(p, below.node().inputs()[0]);
}

Value sigmoid_logits(const Value& p) {
  Value below = p;
  while (below.node().op_as<ops::Reshape>() != nullptr) {
    const Value next = below.node().inputs()[0];
    below = next;
  }
  if (below.node().op_as<ops::Sigmoid>() == nullptr) return Value();
  return in_shape_of(p, below.node().inputs()[0]);
}

}  // namespace antler::losses
