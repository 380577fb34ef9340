#include "antler/backends/cpu/transpose_kernel.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <vector>

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/kernels/transpose.h"

namespace antler::cpu {

namespace {

// The last two axes change places: matrices of float32.
KernelPtr matrices_kernel(const Shape& from) {
  const std::int64_t count = from.size(0, from.rank() - 2);
  const std::int64_t rows = from.dim(-2);
  const std::int64_t columns = from.dim(-1);
  constexpr std::int64_t kBlockRows = 64;
  return make_kernel([=](const KernelArguments& arguments) {
    for (std::int64_t i = 0; i < count; ++i) {
      const float* x = arguments.input<float>(0) + i * rows * columns;
      float* y = arguments.output<float>(0) + i * rows * columns;
      for_blocks(rows, kBlockRows, columns, [&](std::int64_t begin, std::int64_t end) {
        transpose(x, columns, columns, y, rows, begin, end);
      });
    }
  });
}

}  // namespace

KernelPtr transpose_kernel(const ops::Transpose& op, const KernelSpecs& specs) {
  const Shape& from = specs.inputs[0].shape;
  const Shape& to = specs.outputs[0].shape;
  if (from.size() == 0 || from.rank() < 2) return nullptr;
  std::vector<int> swapped(static_cast<std::size_t>(from.rank()));
  std::iota(swapped.begin(), swapped.end(), 0);
  std::swap(swapped.end()[-1], swapped.end()[-2]);
  if (op.perm == swapped && specs.inputs[0].dtype == DType::float32) return matrices_kernel(from);
  int moved = from.rank();  // the axes before those that stay
  while (moved > 0 && op.perm[static_cast<std::size_t>(moved - 1)] == moved - 1) --moved;
  if (moved == from.rank()) return nullptr;
  const auto item = static_cast<std::int64_t>(item_size(specs.inputs[0].dtype));
  const std::int64_t bytes = from.size(moved, from.rank()) * item;
  std::vector<std::int64_t> sizes, steps;  // of the axes of the result
  for (int axis = 0; axis < moved; ++axis) {
    sizes.push_back(to.dim(axis));
    steps.push_back(from.size(op.perm[static_cast<std::size_t>(axis)] + 1, from.rank()) * item);
  }
  constexpr std::int64_t kBlockBytes = 1 << 18;
  const std::int64_t runs = to.size(0, moved);
  const std::int64_t block = std::max<std::int64_t>(1, kBlockBytes / bytes);
  return make_kernel([=](const KernelArguments& arguments) {
    const std::byte* x = arguments.inputs[0];
    std::byte* y = arguments.outputs[0];
    for_blocks(runs, block, bytes / 4 + 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t run = begin; run < end; ++run) {
        std::int64_t rest = run;
        std::int64_t position = 0;
        for (std::size_t axis = sizes.size(); axis-- > 0;) {
          position += rest % sizes[axis] * steps[axis];
          rest /= sizes[axis];
        }
        std::memcpy(y + run * bytes, x + position, static_cast<std::size_t>(bytes));
      }
    });
  });
}

}  // namespace antler::cpu
