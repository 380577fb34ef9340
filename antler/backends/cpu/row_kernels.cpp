#include "antler/backends/cpu/row_kernels.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/kernels/convert.h"
#include "antler/backends/cpu/kernels/reduce.h"
#include "antler/backends/cpu/kernels/softmax.h"
#include "antler/backends/cpu/strided_copy.h"
#include "antler/ops/cast.h"
#include "antler/ops/log_softmax.h"
#include "antler/ops/max_min.h"
#include "antler/ops/softmax.h"
#include "antler/ops/sum.h"

namespace antler::cpu {
namespace {

constexpr std::int64_t kBlock = 1 << 15;  // elements a block, about
constexpr std::int64_t kExpWork = 8;      // an exponential in elementary operations

// A reduction of neighbouring axes, seen as one: (outer, n, inner) becomes (outer, inner).
struct ReducedRun {
  std::int64_t outer, n, inner;
};

// The runs of neighbours among the axes, each with the shape that those before it leave; the last
// axes come first, where the most elements vanish in order.
std::vector<ReducedRun> reduced_runs(const Shape& shape, std::span<const int> axes) {
  std::vector<ReducedRun> runs;
  std::int64_t inner = 1;
  int end = shape.rank();  // the axes from here on are in `inner`, or gone
  for (std::size_t last = axes.size(); last > 0;) {
    std::size_t first = last - 1;
    while (first > 0 && axes[first - 1] == axes[first] - 1) --first;
    inner *= shape.size(axes[last - 1] + 1, end);
    runs.push_back(
        {shape.size(0, axes[first]), shape.size(axes[first], axes[last - 1] + 1), inner});
    end = axes[first];
    last = first;
  }
  return runs;
}

void reduce(Reduction reduction, const ReducedRun& run, const float* x, float* y) {
  const std::int64_t block = std::max<std::int64_t>(16, kBlock / run.n);
  for_blocks(run.outer * run.inner, block, run.n, [&](std::int64_t begin, std::int64_t end) {
    if (run.inner == 1) {
      reduce_last(reduction, x, run.n, y, begin, end);
    } else {
      reduce_middle(reduction, x, run.n, run.inner, y, begin, end);
    }
  });
}

KernelPtr reduction_kernel(Reduction reduction, std::span<const int> axes,
                           const KernelSpecs& specs) {
  const Shape& shape = specs.inputs[0].shape;
  if (specs.inputs[0].dtype != DType::float32 || axes.empty() || shape.size() == 0) return nullptr;
  const std::vector<ReducedRun> runs = reduced_runs(shape, axes);
  // What lies between two runs takes turns in two halves of the scratch.
  const std::int64_t half = runs.size() > 1 ? runs[0].outer * runs[0].inner : 0;
  return make_kernel(
      [=](const KernelArguments& arguments) {
        auto* scratch = reinterpret_cast<float*>(arguments.scratch);
        const float* x = arguments.input<float>(0);
        for (std::size_t i = 0; i < runs.size(); ++i) {
          const bool is_last = i + 1 == runs.size();
          float* y = is_last ? arguments.output<float>(0) : scratch + (i % 2 == 0 ? 0 : half);
          reduce(reduction, runs[i], x, y);
          x = y;
        }
      },
      {.scratch_bytes = static_cast<std::size_t>(2 * half) * sizeof(float)});
}

template <class F>
void for_rows(F f, const float* x, std::int64_t n, float* y, std::int64_t rows) {
  for_blocks(rows, std::max<std::int64_t>(1, kBlock / n), n * kExpWork,
             [&](std::int64_t begin, std::int64_t end) { f(x, n, y, begin, end); });
}

template <class F>
KernelPtr softmax_kernel(int given_axis, const KernelSpecs& specs, F f) {
  const Shape& shape = specs.inputs[0].shape;
  if (specs.inputs[0].dtype != DType::float32 || shape.size() == 0) return nullptr;
  const int axis = normalize_axis("softmax", given_axis, shape.rank());
  const std::int64_t n = shape[axis];
  const std::int64_t rows = shape.size() / n;
  const std::int64_t inner = shape.size(axis + 1, shape.rank());
  if (inner == 1) {
    return make_kernel(
        [=](const KernelArguments& arguments) {
          for_rows(f, arguments.input<float>(0), n, arguments.output<float>(0), rows);
        },
        {.works_in_place = true});
  }
  // The axis is brought to the end and back: both copies cost less than exponentials do.
  constexpr std::int64_t kItem = sizeof(float);
  const auto copy = [&](bool back) {
    std::vector<CopyAxis> axes = {{rows / inner, n * inner * kItem, n * inner * kItem},
                                  {inner, kItem, n * kItem},
                                  {n, inner * kItem, kItem}};
    if (back) {
      for (CopyAxis& a : axes) std::swap(a.from, a.to);
    }
    return StridedCopy(std::move(axes), kItem);
  };
  return make_kernel(
      [=, in = copy(false), out = copy(true)](const KernelArguments& arguments) {
        auto* scratch = reinterpret_cast<float*>(arguments.scratch);
        in.run(arguments.inputs[0], arguments.scratch);
        for_rows(f, scratch, n, scratch, rows);
        out.run(arguments.scratch, arguments.outputs[0]);
      },
      {.scratch_bytes = static_cast<std::size_t>(shape.size() * kItem), .works_in_place = true});
}

template <class From, class To>
KernelPtr conversion_kernel(std::int64_t size) {
  return make_kernel([size](const KernelArguments& arguments) {
    const From* x = arguments.input<From>(0);
    To* y = arguments.output<To>(0);
    for_blocks(size, kBlock, 1,
               [&](std::int64_t begin, std::int64_t end) { convert(x, y, begin, end); });
  });
}

KernelPtr cast_kernel(DType to, const KernelSpecs& specs) {
  const std::int64_t size = specs.outputs[0].shape.size();
  const DType from = specs.inputs[0].dtype;
  if (to == DType::float32) {
    if (from == DType::uint8) return conversion_kernel<std::uint8_t, float>(size);
    if (from == DType::boolean) return conversion_kernel<bool, float>(size);
    if (from == DType::int32) return conversion_kernel<std::int32_t, float>(size);
    if (from == DType::int64) return conversion_kernel<std::int64_t, float>(size);
  }
  if (from == DType::float32) {
    if (to == DType::uint8) return conversion_kernel<float, std::uint8_t>(size);
    if (to == DType::boolean) return conversion_kernel<float, bool>(size);
    if (to == DType::int32) return conversion_kernel<float, std::int32_t>(size);
    if (to == DType::int64) return conversion_kernel<float, std::int64_t>(size);
  }
  return nullptr;
}

}  // namespace

KernelPtr row_kernel(const Op& op, const KernelSpecs& specs) {
  if (const auto* sum = op.as<ops::Sum>()) {
    return reduction_kernel(Reduction::kSum, sum->axes, specs);
  }
  if (const auto* max = op.as<ops::Max>()) {
    return reduction_kernel(Reduction::kMaximum, max->axes, specs);
  }
  if (const auto* min = op.as<ops::Min>()) {
    return reduction_kernel(Reduction::kMinimum, min->axes, specs);
  }
  if (const auto* s = op.as<ops::Softmax>()) {
    return softmax_kernel(s->axis, specs, [](auto... arguments) { softmax(arguments...); });
  }
  if (const auto* s = op.as<ops::LogSoftmax>()) {
    return softmax_kernel(s->axis, specs, [](auto... arguments) { log_softmax(arguments...); });
  }
  if (const auto* cast = op.as<ops::Cast>()) return cast_kernel(cast->dtype, specs);
  return nullptr;
}

}  // namespace antler::cpu
