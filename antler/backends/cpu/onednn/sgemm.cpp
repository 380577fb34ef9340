#include "antler/backends/cpu/onednn/sgemm.h"

#include <dlfcn.h>
#include <dnnl.h>

#include <algorithm>

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/kernels/dispatch.h"
#include "antler/backends/cpu/kernels/elementwise.h"

namespace antler::cpu {
namespace {

// With AVX-512 oneDNN is faster than our own kernel from this product on (about 256 x 512 x 512).
// With AVX2 ours is, at any size: a step of 784-1024-1024-10 takes two thirds of oneDNN's time.
constexpr std::int64_t kLargeFlops = 134'000'000;
constexpr std::int64_t kBlockRows = 128;

// oneDNN runs on libgomp. Every thread that enters it must ask for one thread, or libgomp starts
// its own; what the caller had set is put back. libgomp comes with oneDNN, so its functions are
// looked up rather than linked.
class OneOpenMPThread {
 public:
  OneOpenMPThread() : before_(get()) { set(1); }
  ~OneOpenMPThread() { set(before_); }
  OneOpenMPThread(const OneOpenMPThread&) = delete;
  OneOpenMPThread& operator=(const OneOpenMPThread&) = delete;

 private:
  static int get() {
    static auto* const function =
        reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "omp_get_max_threads"));
    return function == nullptr ? 1 : function();
  }
  static void set(int threads) {
    static auto* const function =
        reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "omp_set_num_threads"));
    if (function != nullptr) function(threads);
  }
  int before_;
};

void block_product(const GemmShape& shape, const GemmFlags& flags, const float* a, const float* b,
                   float* c, std::int64_t rows, std::int64_t columns) {
  const OneOpenMPThread one;
  dnnl_sgemm(flags.transpose_a ? 'T' : 'N', flags.transpose_b ? 'T' : 'N', rows, columns, shape.k,
             1.0F, a, flags.transpose_a ? shape.m : shape.k, b,
             flags.transpose_b ? shape.k : shape.n, 0.0F, c, shape.n);
}

}  // namespace

bool is_large_product(const GemmShape& shape) {
  static const bool has_avx512 = target_name(available_targets().front()).starts_with("AVX3");
  return has_avx512 && 2 * shape.m * shape.n * shape.k >= kLargeFlops;
}

// The longer side is cut, into blocks of at least kBlockRows.
void large_product(const GemmShape& shape, const GemmFlags& flags, const float* a, const float* b,
                   float* c) noexcept {
  const std::int64_t longer = std::max(shape.m, shape.n);
  const std::int64_t blocks = std::clamp<std::int64_t>(longer / kBlockRows, 1, 4);
  const std::int64_t size = (longer + blocks - 1) / blocks;
  parallel_for(blocks, [&](std::int64_t i) {
    const std::int64_t begin = i * size;
    const std::int64_t count = std::min(size, longer - begin);
    if (count <= 0) return;
    if (shape.m >= shape.n) {
      block_product(shape, flags, a + begin * (flags.transpose_a ? 1 : shape.k), b,
                    c + begin * shape.n, count, shape.n);
    } else {
      block_product(shape, flags, a, b + begin * (flags.transpose_b ? shape.k : 1), c + begin,
                    shape.m, count);
    }
  });
}

void finish_rows(const float* bias, Activation activation, std::int64_t m, std::int64_t n,
                 float* c) noexcept {
  if (bias == nullptr && activation == Activation::kLinear) return;
  // Static programs: making them at each call would allocate.
  struct Programs {
    ElementwiseProgram of[2][4];
    Programs() {
      constexpr ElementwiseOp kActivations[] = {ElementwiseOp::kCopy, ElementwiseOp::kRelu,
                                                ElementwiseOp::kSigmoid, ElementwiseOp::kTanh};
      for (int has_bias = 0; has_bias < 2; ++has_bias) {
        for (int i = 0; i < 4; ++i) {
          ElementwiseProgram& program = of[has_bias][i];
          program.inputs.push_back(ElementwiseOperand::kFull);
          // Each row is a range of its own, and the bias as long as it.
          if (has_bias == 1) program.inputs.push_back(ElementwiseOperand::kFull);
          const auto sum = static_cast<std::uint8_t>(program.inputs.size());
          if (has_bias == 1) program.instructions.push_back({ElementwiseOp::kAdd, sum, 0, 1, 0});
          const auto result = static_cast<std::uint8_t>(sum + 1);
          program.instructions.push_back(
              {kActivations[i], result, has_bias == 1 ? sum : std::uint8_t{0}, 0, 0});
          program.outputs = {result};
        }
      }
    }
  };
  static const Programs programs;
  const ElementwiseProgram& chosen =
      programs.of[bias == nullptr ? 0 : 1][static_cast<int>(activation)];
  const float* inputs[] = {c, bias};
  float* outputs[] = {c};
  for (std::int64_t row = 0; row < m; ++row) {
    inputs[0] = outputs[0] = c + row * n;
    run_elementwise(chosen, inputs, outputs, 0, n);
  }
}

}  // namespace antler::cpu
