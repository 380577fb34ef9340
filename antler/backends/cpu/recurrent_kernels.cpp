#include "antler/backends/cpu/recurrent_kernels.h"

#include <algorithm>

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/kernels/recurrent_gates.h"

namespace antler::cpu {
namespace {

// `run` takes the arguments, the units and a range of rows.
template <class Run>
KernelPtr by_rows(const Shape& state, const Run& run) {
  constexpr std::int64_t kWork = 100;       // elementary operations a unit, about
  constexpr std::int64_t kBlock = 1 << 13;  // units a block
  const std::int64_t rows = state.front();
  const std::int64_t units = state.back();
  const std::int64_t block = std::max<std::int64_t>(1, kBlock / std::max<std::int64_t>(1, units));
  return make_kernel([=](const KernelArguments& arguments) {
    for_blocks(rows, block, kWork * units,
               [&](std::int64_t begin, std::int64_t end) { run(arguments, units, begin, end); });
  });
}

}  // namespace

KernelPtr recurrent_kernel(const ops::Composite& composite, const KernelSpecs& specs) {
  if (specs.inputs.front().dtype != DType::float32) return nullptr;
  const std::string& name = composite.kernel;
  if (name == "lstm_gates") {
    return by_rows(specs.inputs[2].shape, [](const KernelArguments& a, std::int64_t units,
                                             std::int64_t begin, std::int64_t end) {
      lstm_gates({a.input<float>(0), a.input<float>(1), a.input<float>(2), a.output<float>(0),
                  a.output<float>(1), a.output<float>(2)},
                 units, begin, end);
    });
  }
  if (name == "lstm_gates_gradient") {
    return by_rows(specs.inputs[1].shape, [](const KernelArguments& a, std::int64_t units,
                                             std::int64_t begin, std::int64_t end) {
      lstm_gates_gradient({a.input<float>(0), a.input<float>(1), a.input<float>(2),
                           a.input<float>(3), a.output<float>(0), a.output<float>(1)},
                          units, begin, end);
    });
  }
  if (name == "gru_gates") {
    return by_rows(specs.inputs[2].shape, [](const KernelArguments& a, std::int64_t units,
                                             std::int64_t begin, std::int64_t end) {
      gru_gates({a.input<float>(0), a.input<float>(1), a.input<float>(2), a.output<float>(0),
                 a.output<float>(1)},
                units, begin, end);
    });
  }
  if (name == "gru_gates_gradient") {
    return by_rows(specs.inputs[1].shape, [](const KernelArguments& a, std::int64_t units,
                                             std::int64_t begin, std::int64_t end) {
      gru_gates_gradient({a.input<float>(0), a.input<float>(1), a.input<float>(2),
                          a.output<float>(0), a.output<float>(1), a.output<float>(2)},
                         units, begin, end);
    });
  }
  return nullptr;
}

}  // namespace antler::cpu
