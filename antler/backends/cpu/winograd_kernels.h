#pragma once

#include "antler/backends/cpu/convolution_plan.h"
#include "antler/backends/cpu/kernels/gemm.h"
#include "antler/backends/cpu/pooled_images.h"
#include "antler/backends/kernel.h"

namespace antler::cpu {

/// Whether Winograd's kernels compute a convolution, and faster than products of its windows: 3 x
/// 3, every position, no gaps, one group, and enough channels on both sides to fill products.
bool suits_winograd(const ConvolutionPlan& plan);

/// The kernels of such a convolution: y = x * kernel with bias and activation (linear or relu), and
/// its gradients. Of a pooled y the places are the second output, or the last input. See
/// design/0009.
KernelPtr winograd_convolution(const ConvolutionPlan& plan, const PooledImages& y, bool has_bias,
                               Activation activation);
KernelPtr winograd_input_gradient(const ConvolutionPlan& plan, const PooledImages& y);
KernelPtr winograd_kernel_gradient(const ConvolutionPlan& plan, const PooledImages& y);

}  // namespace antler::cpu
