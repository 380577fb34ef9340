#include "antler/backends/cpu/elementwise_kernel.h"

#include "antler/backends/cpu/blocks.h"

namespace antler::cpu {

KernelPtr elementwise_kernel(const FusedElementwise& op, const KernelSpecs& specs) {
  constexpr std::int64_t kBlock = 1 << 15;
  const std::int64_t size = specs.outputs[0].shape.size();
  const auto work = static_cast<std::int64_t>(op.program.instructions.size());
  return make_kernel(
      [program = op.program, size, work](const KernelArguments& arguments) {
        const auto* inputs = reinterpret_cast<const float* const*>(arguments.inputs);
        auto* outputs = reinterpret_cast<float* const*>(arguments.outputs);
        for_blocks(size, kBlock, work, [&](std::int64_t begin, std::int64_t end) {
          run_elementwise(program, inputs, outputs, begin, end);
        });
      },
      {.works_in_place = true});
}

}  // namespace antler::cpu
