#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "antler/graph/tensor_spec.h"

namespace antler {

/// What a kernel found in the data that it cannot compute with (a label, an index). The first
/// report wins; the program throws for it after the run, before any variable is written.
struct RunStatus {
  const char* expected = nullptr;  // a literal: "a class", "an index"; null: all is well
  std::int64_t position = 0;       // the row or element
  std::int64_t value = 0;          // what stood there, outside [low, high)
  std::int64_t low = 0;
  std::int64_t high = 0;

  void report(const char* what, std::int64_t where, std::int64_t got, std::int64_t from,
              std::int64_t to) {
    if (expected == nullptr) *this = {what, where, got, from, to};
  }
};

/// Where one run of a kernel reads and writes. Buffers are aligned to the element size at least.
struct KernelArguments {
  const std::byte* const* inputs;
  std::byte* const* outputs;
  std::byte* scratch;  // Kernel::scratch_bytes() bytes, aligned to 64
  RunStatus* status;

  template <class T>
  const T* input(int i) const {
    return reinterpret_cast<const T*>(inputs[i]);
  }
  template <class T>
  T* output(int i) const {
    return reinterpret_cast<T*>(outputs[i]);
  }
};

/// The specs a kernel was built for; all shapes are known.
struct KernelSpecs {
  std::vector<TensorSpec> inputs;
  std::vector<TensorSpec> outputs;
};

/// One op made ready for given shapes. Immutable: it may run in several threads at once.
class Kernel {
 public:
  virtual ~Kernel() = default;
  virtual void run(const KernelArguments& arguments) const noexcept = 0;
  virtual std::size_t scratch_bytes() const { return 0; }
  /// Whether it may report to the status: such kernels run before any variable is written.
  virtual bool can_fail() const { return false; }
  /// Whether an output may share the buffer of this input, if it has its size: each element is
  /// written only after everything at its position was read, and nothing is read elsewhere.
  virtual bool works_in_place([[maybe_unused]] int input) const { return false; }
};
using KernelPtr = std::shared_ptr<const Kernel>;

struct KernelTraits {
  std::size_t scratch_bytes = 0;
  bool can_fail = false;
  bool works_in_place = false;
  int first_in_place = 0;  // the inputs before this one are read at other positions too
};

/// A kernel from a callable `void(const KernelArguments&) noexcept`-like; it must not throw.
template <class F>
KernelPtr make_kernel(F body, KernelTraits traits = {}) {
  class BodyKernel final : public Kernel {
   public:
    BodyKernel(F body, KernelTraits traits) : body_(std::move(body)), traits_(traits) {}
    void run(const KernelArguments& arguments) const noexcept override { body_(arguments); }
    std::size_t scratch_bytes() const override { return traits_.scratch_bytes; }
    bool can_fail() const override { return traits_.can_fail; }
    bool works_in_place(int input) const override {
      return traits_.works_in_place && input >= traits_.first_in_place;
    }

   private:
    F body_;
    KernelTraits traits_;
  };
  return std::make_shared<const BodyKernel>(std::move(body), traits);
}

}  // namespace antler
