// Convolution of each channel by itself, of one image, channels last, float32.
#pragma once

#include "antler/backends/cpu/kernels/window_geometry.h"

namespace antler::cpu {

/// y = x convolved with the kernel, (cells, channels).
void depthwise(const WindowGeometry& geometry, const float* x, const float* kernel,
               float* y) noexcept;
/// dx = the adjoint in x.
void depthwise_input_gradient(const WindowGeometry& geometry, const float* g, const float* kernel,
                              float* dx) noexcept;
/// dkernel += the adjoint in the kernel.
void depthwise_kernel_gradient(const WindowGeometry& geometry, const float* x, const float* g,
                               float* dkernel) noexcept;

}  // namespace antler::cpu
