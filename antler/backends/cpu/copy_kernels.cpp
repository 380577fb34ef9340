#include "antler/backends/cpu/copy_kernels.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "antler/backends/cpu/strided_copy.h"
#include "antler/core/convert_element.h"
#include "antler/core/visit_dtype.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/pad.h"
#include "antler/ops/reverse.h"
#include "antler/ops/slice.h"
#include "antler/ops/transpose.h"

namespace antler::cpu {
namespace {

// How the elements of one side are walked, in elements of a dense array.
struct Walk {
  std::vector<std::int64_t> steps;  // for each axis
  std::int64_t start = 0;
};

std::int64_t dense_step(const Shape& shape, int axis) { return shape.size(axis + 1, shape.rank()); }

Walk dense_walk(const Shape& shape) {
  Walk walk;
  for (int axis = 0; axis < shape.rank(); ++axis) walk.steps.push_back(dense_step(shape, axis));
  return walk;
}

StridedCopy strided_copy(const Shape& shape, const Walk& from, const Walk& to, std::int64_t item) {
  std::vector<CopyAxis> axes;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    axes.push_back({shape[axis], from.steps[a] * item, to.steps[a] * item});
  }
  return StridedCopy(std::move(axes), item);
}

// y[i] = x[walk(i)]
KernelPtr read_kernel(const Walk& walk, const KernelSpecs& specs) {
  const Shape& shape = specs.outputs[0].shape;
  const std::int64_t item = item_size(specs.outputs[0].dtype);
  return make_kernel([copy = strided_copy(shape, walk, dense_walk(shape), item),
                      start = walk.start * item](const KernelArguments& arguments) {
    copy.run(arguments.inputs[0] + start, arguments.outputs[0]);
  });
}

Walk walk_of(const ops::Transpose& op, const KernelSpecs& specs) {
  Walk walk;
  for (const int axis : op.perm) walk.steps.push_back(dense_step(specs.inputs[0].shape, axis));
  return walk;
}

Walk walk_of(const ops::Slice& op, const KernelSpecs& specs) {
  const Shape& x = specs.inputs[0].shape;
  Walk walk;
  for (int axis = 0; axis < x.rank(); ++axis) {
    walk.start += op.range(axis, x.dim(axis)).start * dense_step(x, axis);
    walk.steps.push_back(op.steps[static_cast<std::size_t>(axis)] * dense_step(x, axis));
  }
  return walk;
}

Walk walk_of(const ops::Reverse& op, const KernelSpecs& specs) {
  const Shape& x = specs.inputs[0].shape;
  Walk walk = dense_walk(x);
  for (const int axis : op.axes) {
    std::int64_t& step = walk.steps[static_cast<std::size_t>(axis)];
    walk.start += (x.dim(axis) - 1) * step;
    step = -step;
  }
  return walk;
}

Walk walk_of(const ops::BroadcastTo&, const KernelSpecs& specs) {
  const Shape& x = specs.inputs[0].shape;
  const Shape& y = specs.outputs[0].shape;
  Walk walk;
  for (int axis = 0; axis < y.rank(); ++axis) {
    const int own = axis - (y.rank() - x.rank());
    walk.steps.push_back(own < 0 || x.dim(own) == 1 ? 0 : dense_step(x, own));
  }
  return walk;
}

KernelPtr pad_kernel(const ops::Pad& op, const KernelSpecs& specs) {
  const Shape& x = specs.inputs[0].shape;
  const Shape& y = specs.outputs[0].shape;
  Walk walk;
  for (int axis = 0; axis < y.rank(); ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    walk.start += op.before[a] * dense_step(y, axis);
    walk.steps.push_back((op.interior[a] + 1) * dense_step(y, axis));
  }
  const std::int64_t item = item_size(specs.outputs[0].dtype);
  return visit_dtype(specs.outputs[0].dtype, [&](auto zero) {
    using T = decltype(zero);
    return make_kernel([copy = strided_copy(x, dense_walk(x), walk, item),
                        start = walk.start * item, size = y.size(),
                        value = convert_element<T>(op.value)](const KernelArguments& arguments) {
      std::fill_n(arguments.output<T>(0), size, value);
      copy.run(arguments.inputs[0], arguments.outputs[0] + start);
    });
  });
}

}  // namespace

KernelPtr copy_kernel(const Op& op, const KernelSpecs& specs) {
  if (const auto* o = op.as<ops::Transpose>()) return read_kernel(walk_of(*o, specs), specs);
  if (const auto* o = op.as<ops::Slice>()) return read_kernel(walk_of(*o, specs), specs);
  if (const auto* o = op.as<ops::Reverse>()) return read_kernel(walk_of(*o, specs), specs);
  if (const auto* o = op.as<ops::BroadcastTo>()) return read_kernel(walk_of(*o, specs), specs);
  if (const auto* o = op.as<ops::Pad>()) return pad_kernel(*o, specs);
  return nullptr;
}

}  // namespace antler::cpu
