#include "antler/compiler/scan_kernel.h"

#include <algorithm>
#include <cstring>

#include "antler/compiler/kernel_call.h"
#include "antler/compiler/program.h"

namespace antler {
namespace {

std::size_t byte_size(const TensorSpec& spec) {
  return static_cast<std::size_t>(spec.shape.size() * item_size(spec.dtype));
}
std::size_t to_line(std::size_t bytes) { return (bytes + 63) / 64 * 64; }

class ScanKernel final : public Kernel {
 public:
  ScanKernel(const ops::Scan& scan, const KernelSpecs& specs, const ProgramOptions& options)
      : carried_(static_cast<std::size_t>(scan.carried)),
        sequences_(static_cast<std::size_t>(scan.sequences)),
        length_(scan.length_for(specs.inputs)),
        reverse_(scan.reverse),
        input_count_(scan.body->inputs.size()) {
    for (std::size_t i = 0; i < input_count_; ++i) {
      input_bytes_.push_back(byte_size(scan.body->inputs[i].spec()));
    }
    for (const Value& output : scan.body->outputs) {
      output_bytes_.push_back(byte_size(output.spec()));
    }
    place_outputs(*scan.body);
    std::vector<Value> computed;
    for (const std::size_t i : computed_) computed.push_back(scan.body->outputs[i]);
    body_ = Program::compile({scan.body->inputs, computed, {}}, options);
    for (const KernelCall& call : body_->calls()) can_fail_ = can_fail_ || call.kernel->can_fail();
    buffers_ = to_line(body_->memory_bytes());
    std::size_t bytes = buffers_;
    for (std::size_t k = 0; k < carried_; ++k) bytes += 2 * to_line(output_bytes_[k]);
    tables_ = bytes;
    scratch_bytes_ = bytes + (input_count_ + computed_.size() + carried_) * sizeof(void*);
  }

  std::size_t scratch_bytes() const override { return scratch_bytes_; }
  bool can_fail() const override { return can_fail_; }

  std::string label() const {
    std::string text;
    for (const KernelCall& call : body_->calls()) {
      if (call.kernel->can_fail() && text.find(call.label) == std::string::npos) {
        text += (text.empty() ? "" : " or ") + call.label;
      }
    }
    return text.empty() ? "scan" : text + " in scan";
  }

  void run(const KernelArguments& arguments) const noexcept override {
    if (length_ == 0) {
      for (std::size_t k = 0; k < carried_; ++k) {
        std::memcpy(arguments.outputs[k], arguments.inputs[k], output_bytes_[k]);
      }
      return;
    }
    body_->prepare(arguments.scratch);
    const auto** inputs = reinterpret_cast<const std::byte**>(arguments.scratch + tables_);
    auto** outputs = reinterpret_cast<std::byte**>(arguments.scratch + tables_) + input_count_;
    auto** next = outputs + computed_.size();
    std::copy_n(arguments.inputs, input_count_, inputs);
    for (std::int64_t step = 0; step < length_; ++step) {
      const auto t = static_cast<std::size_t>(reverse_ ? length_ - 1 - step : step);
      for (std::size_t s = carried_; s < carried_ + sequences_; ++s) {
        inputs[s] = arguments.inputs[s] + t * input_bytes_[s];
      }
      for (const auto& [stack, k] : kept_inputs_) {
        std::byte* slice = arguments.outputs[stack] + t * output_bytes_[stack];
        if (slice != inputs[k]) std::memcpy(slice, inputs[k], output_bytes_[stack]);
      }
      for (std::size_t i = 0; i < computed_.size(); ++i) {
        const std::size_t output = computed_[i];
        outputs[i] = output < carried_ ? next[output] = target(arguments, output, step)
                                       : arguments.outputs[output] + t * output_bytes_[output];
      }
      const KernelCall* failed = body_->run(std::span<const std::byte* const>(inputs, input_count_),
                                            std::span<std::byte* const>(outputs, computed_.size()),
                                            arguments.scratch, *arguments.status);
      if (failed != nullptr) return;
      for (std::size_t k = 0; k < carried_; ++k) inputs[k] = next[k];
    }
    for (std::size_t k = 0; k < carried_; ++k) {
      if (next[k] != arguments.outputs[k]) {
        std::memcpy(arguments.outputs[k], next[k], output_bytes_[k]);
      }
    }
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  struct KeptInput {
    std::size_t stack, carried;
  };

  // A carried value that is stacked as well is written into the stack and read from there; one that
  // is stacked before the step is written where the next step's slice is.
  void place_outputs(const Graph& body) {
    stack_of_.assign(carried_, kNone);
    next_stack_of_.assign(carried_, kNone);
    for (std::size_t k = 0; k < carried_; ++k) computed_.push_back(k);
    for (std::size_t i = carried_; i < body.outputs.size(); ++i) {
      const auto same = [&](const std::vector<Value>& values) {
        for (std::size_t k = 0; k < carried_; ++k) {
          if (body.outputs[i].is_same(values[k])) return k;
        }
        return kNone;
      };
      const std::size_t after = same(body.outputs);
      const std::size_t before = same(body.inputs);
      if (before != kNone) {
        kept_inputs_.push_back({i, before});
        next_stack_of_[before] = i;
      } else if (after != kNone && stack_of_[after] == kNone) {
        stack_of_[after] = i;
      } else {
        computed_.push_back(i);
      }
    }
  }

  // Where step number `step` writes carried value k.
  std::byte* target(const KernelArguments& arguments, std::size_t k, std::int64_t step) const {
    const auto slice = [&](std::size_t stack, std::int64_t at) {
      const auto t = static_cast<std::size_t>(reverse_ ? length_ - 1 - at : at);
      return arguments.outputs[stack] + t * output_bytes_[stack];
    };
    if (stack_of_[k] != kNone) return slice(stack_of_[k], step);
    if (step + 1 == length_) return arguments.outputs[k];
    if (next_stack_of_[k] != kNone) return slice(next_stack_of_[k], step + 1);
    std::byte* buffer = arguments.scratch + buffers_;
    for (std::size_t i = 0; i < k; ++i) buffer += 2 * to_line(output_bytes_[i]);
    return buffer + (step % 2 == 0 ? 0 : to_line(output_bytes_[k]));
  }

  std::size_t carried_, sequences_;
  std::int64_t length_;
  bool reverse_;
  std::size_t input_count_;
  std::vector<std::size_t> input_bytes_, output_bytes_;  // of a slice
  std::vector<std::size_t> computed_;                    // the outputs that the program makes
  std::vector<std::size_t> stack_of_, next_stack_of_;    // by carried value
  std::vector<KeptInput> kept_inputs_;
  std::shared_ptr<const Program> body_;
  bool can_fail_ = false;
  std::size_t buffers_ = 0, tables_ = 0, scratch_bytes_ = 0;  // offsets into scratch, and its size
};

}  // namespace

KernelPtr scan_kernel(const ops::Scan& scan, const KernelSpecs& specs,
                      const ProgramOptions& options) {
  return std::make_shared<const ScanKernel>(scan, specs, options);
}

std::string scan_label(const Kernel& kernel) {
  return static_cast<const ScanKernel&>(kernel).label();
}

}  // namespace antler
