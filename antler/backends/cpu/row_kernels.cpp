#include "antler/backends/cpu/row_kernels.h"

#include <optional>
#include <span>

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/kernels/convert.h"
#include "antler/backends/cpu/kernels/reduce.h"
#include "antler/backends/cpu/kernels/softmax.h"
#include "antler/ops/cast.h"
#include "antler/ops/log_softmax.h"
#include "antler/ops/max_min.h"
#include "antler/ops/softmax.h"
#include "antler/ops/sum.h"

namespace antler::cpu {
namespace {

constexpr std::int64_t kBlock = 1 << 15;  // elements a block, about
constexpr std::int64_t kExpWork = 8;      // an exponential in elementary operations

// Neighbouring axes seen as one: (outer, n, inner); none when others lie between.
struct ReducedRun {
  std::int64_t outer, n, inner;
};
std::optional<ReducedRun> reduced_run(const Shape& shape, std::span<const int> axes) {
  if (axes.empty() || shape.size() == 0) return std::nullopt;
  for (std::size_t i = 1; i < axes.size(); ++i) {
    if (axes[i] != axes[i - 1] + 1) return std::nullopt;
  }
  return ReducedRun{shape.size(0, axes.front()), shape.size(axes.front(), axes.back() + 1),
                    shape.size(axes.back() + 1, shape.rank())};
}

KernelPtr reduction_kernel(Reduction reduction, std::span<const int> axes,
                           const KernelSpecs& specs) {
  const auto run = reduced_run(specs.inputs[0].shape, axes);
  if (!run || specs.inputs[0].dtype != DType::float32) return nullptr;
  const std::int64_t results = run->outer * run->inner;
  const std::int64_t block = std::max<std::int64_t>(16, kBlock / run->n);
  return make_kernel([=, run = *run](const KernelArguments& arguments) {
    const float* x = arguments.input<float>(0);
    float* y = arguments.output<float>(0);
    for_blocks(results, block, run.n, [&](std::int64_t begin, std::int64_t end) {
      if (run.inner == 1) {
        reduce_last(reduction, x, run.n, y, begin, end);
      } else {
        reduce_middle(reduction, x, run.n, run.inner, y, begin, end);
      }
    });
  });
}

template <class F>
KernelPtr softmax_kernel(int axis, const KernelSpecs& specs, F f) {
  const Shape& shape = specs.inputs[0].shape;
  if (specs.inputs[0].dtype != DType::float32 || shape.size() == 0) return nullptr;
  if (normalize_axis("softmax", axis, shape.rank()) != shape.rank() - 1) return nullptr;
  const std::int64_t n = shape.back();
  const std::int64_t rows = shape.size() / n;
  return make_kernel(
      [=](const KernelArguments& arguments) {
        const float* x = arguments.input<float>(0);
        float* y = arguments.output<float>(0);
        for_blocks(rows, std::max<std::int64_t>(1, kBlock / n), n * kExpWork,
                   [&](std::int64_t begin, std::int64_t end) { f(x, n, y, begin, end); });
      },
      {.works_in_place = true});
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
