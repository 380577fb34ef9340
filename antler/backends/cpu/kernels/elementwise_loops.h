// The loops that the elementwise interpreter calls: one operation over a short array.
#pragma once

#include <cstdint>

#include "antler/backends/cpu/kernels/elementwise.h"

namespace antler::cpu {

/// An operand: an array, or one value that stands for all.
struct ElementwiseSource {
  const float* data = nullptr;
  bool scalar = false;
};

/// y[i] = op(a[i], ...) for i in [0, count); y may be one of the operands.
void elementwise_unary(ElementwiseOp op, const float* a, float* y, int64_t count) noexcept;
void elementwise_binary(ElementwiseOp op, ElementwiseSource a, ElementwiseSource b, float* y,
                        int64_t count) noexcept;
void elementwise_ternary(ElementwiseOp op, ElementwiseSource a, ElementwiseSource b,
                         ElementwiseSource c, float* y, int64_t count) noexcept;

}  // namespace antler::cpu
