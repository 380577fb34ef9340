#pragma once

#include "antler/backends/cpu/convolution_plan.h"
#include "antler/backends/kernel.h"

namespace antler::cpu {

/// Whether each channel is a group of its own: no matrix product, but sums over the window.
inline bool is_depthwise(const ConvolutionPlan& plan) {
  return plan.groups > 1 && plan.channels == 1;
}
KernelPtr depthwise_kernel(const ConvolutionPlan& plan);
KernelPtr depthwise_input_gradient_kernel(const ConvolutionPlan& plan);
KernelPtr depthwise_kernel_gradient_kernel(const ConvolutionPlan& plan);

}  // namespace antler::cpu
