#include "antler/backends/reference/strided.h"

#include <algorithm>

#include "antler/backends/reference/reference_kernel.h"
#include "antler/core/convert_element.h"
#include "antler/core/visit_dtype.h"
#include "antler/ops/pad.h"
#include "antler/ops/reverse.h"
#include "antler/ops/slice.h"
#include "antler/ops/transpose.h"

namespace antler {
namespace {

// y[i] = x[view(i)]
KernelPtr read_through(const reference::StridedView& view, DType dtype) {
  return visit_dtype(dtype, [&](auto zero) {
    using T = decltype(zero);
    return make_kernel([view, size = view.size()](const KernelArguments& arguments) {
      const T* x = arguments.input<T>(0);
      T* y = arguments.output<T>(0);
      for (std::int64_t i = 0; i < size; ++i) y[i] = x[view.position(i)];
    });
  });
}

}  // namespace

template <>
KernelPtr reference_kernel(const ops::Transpose& op, const KernelSpecs& specs) {
  std::vector<std::int64_t> strides;
  for (const int axis : op.perm) strides.push_back(reference::stride(specs.inputs[0].shape, axis));
  return read_through({specs.outputs[0].shape, strides}, specs.outputs[0].dtype);
}

template <>
KernelPtr reference_kernel(const ops::Slice& op, const KernelSpecs& specs) {
  const Shape& x = specs.inputs[0].shape;
  std::vector<std::int64_t> strides;
  std::int64_t start = 0;
  for (int axis = 0; axis < x.rank(); ++axis) {
    const std::int64_t step = reference::stride(x, axis);
    start += op.range(axis, x.dim(axis)).start * step;
    strides.push_back(op.steps[static_cast<std::size_t>(axis)] * step);
  }
  return read_through({specs.outputs[0].shape, strides, start}, specs.outputs[0].dtype);
}

template <>
KernelPtr reference_kernel(const ops::Reverse& op, const KernelSpecs& specs) {
  const Shape& x = specs.inputs[0].shape;
  std::vector<std::int64_t> strides;
  std::int64_t start = 0;
  for (int axis = 0; axis < x.rank(); ++axis) {
    const bool reversed = std::find(op.axes.begin(), op.axes.end(), axis) != op.axes.end();
    const std::int64_t step = reference::stride(x, axis);
    strides.push_back(reversed ? -step : step);
    if (reversed) start += (x.dim(axis) - 1) * step;
  }
  return read_through({x, strides, start}, specs.outputs[0].dtype);
}

template <>
KernelPtr reference_kernel(const ops::Pad& op, const KernelSpecs& specs) {
  const Shape& y_shape = specs.outputs[0].shape;
  std::vector<std::int64_t> strides;
  std::int64_t start = 0;
  for (int axis = 0; axis < y_shape.rank(); ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const std::int64_t step = reference::stride(y_shape, axis);
    start += op.before[a] * step;
    strides.push_back((op.interior[a] + 1) * step);
  }
  const reference::StridedView view(specs.inputs[0].shape, strides, start);
  return visit_dtype(specs.outputs[0].dtype, [&](auto zero) {
    using T = decltype(zero);
    return make_kernel([view, size = view.size(), total = y_shape.size(),
                        value = convert_element<T>(op.value)](const KernelArguments& arguments) {
      const T* x = arguments.input<T>(0);
      T* y = arguments.output<T>(0);
      std::fill_n(y, total, value);
      for (std::int64_t i = 0; i < size; ++i) y[view.position(i)] = x[i];
    });
  });
}

}  // namespace antler
