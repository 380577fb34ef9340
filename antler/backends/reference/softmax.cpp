#include "antler/ops/softmax.h"

#include <cmath>

#include "antler/backends/reference/axis_walk.h"
#include "antler/backends/reference/reference_kernel.h"
#include "antler/ops/log_softmax.h"

namespace antler {
namespace {

/// Calls `row(x, y, stride)` for each row along the axis.
template <class T, class Row>
KernelPtr along_axis(const reference::AxisView& view, Row row) {
  return make_kernel([view, row](const KernelArguments& arguments) {
    if (view.n == 0) return;
    for (std::int64_t o = 0; o < view.outer; ++o) {
      for (std::int64_t j = 0; j < view.inner; ++j) {
        const std::int64_t start = view.position(o, 0, j);
        row(arguments.input<T>(0) + start, arguments.output<T>(0) + start, view.n, view.inner);
      }
    }
  });
}

// The largest x and the sum of e^(x - largest): what both need.
struct Scale {
  double top;
  double total = 0;
  template <class T>
  Scale(const T* x, std::int64_t n, std::int64_t stride) : top(static_cast<double>(x[0])) {
    for (std::int64_t i = 1; i < n; ++i) top = std::fmax(top, static_cast<double>(x[i * stride]));
    for (std::int64_t i = 0; i < n; ++i)
      total += std::exp(static_cast<double>(x[i * stride]) - top);
  }
};

template <class T>
void softmax_row(const T* x, T* y, std::int64_t n, std::int64_t stride) {
  const Scale scale(x, n, stride);
  for (std::int64_t i = 0; i < n * stride; i += stride) {
    y[i] = static_cast<T>(std::exp(static_cast<double>(x[i]) - scale.top) / scale.total);
  }
}

template <class T>
void log_softmax_row(const T* x, T* y, std::int64_t n, std::int64_t stride) {
  const Scale scale(x, n, stride);
  const double log_total = std::log(scale.total);
  for (std::int64_t i = 0; i < n * stride; i += stride) {
    y[i] = static_cast<T>(static_cast<double>(x[i]) - scale.top - log_total);
  }
}

reference::AxisView view_of(const KernelSpecs& specs, int axis) {
  const Shape& shape = specs.inputs[0].shape;
  return {shape, normalize_axis("softmax", axis, shape.rank())};
}

}  // namespace

template <>
KernelPtr reference_kernel(const ops::Softmax& op, const KernelSpecs& specs) {
  const reference::AxisView view = view_of(specs, op.axis);
  return specs.inputs[0].dtype == DType::float64 ? along_axis<double>(view, softmax_row<double>)
                                                 : along_axis<float>(view, softmax_row<float>);
}

template <>
KernelPtr reference_kernel(const ops::LogSoftmax& op, const KernelSpecs& specs) {
  const reference::AxisView view = view_of(specs, op.axis);
  return specs.inputs[0].dtype == DType::float64 ? along_axis<double>(view, log_softmax_row<double>)
                                                 : along_axis<float>(view, log_softmax_row<float>);
}

}  // namespace antler
