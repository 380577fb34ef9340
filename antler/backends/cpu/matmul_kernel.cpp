#include "antler/backends/cpu/matmul_kernel.h"

#include <algorithm>

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/kernels/gemm.h"
#ifdef ANTLER_HAS_ONEDNN
#include "antler/backends/cpu/onednn/sgemm.h"
#endif

namespace antler::cpu {
namespace {

// Rows a block when a product is shared among threads: few enough to balance, enough to amortize
// the packing of B that every block does.
constexpr std::int64_t kBlockRows = 128;

struct MatrixProduct {
  GemmShape shape;
  GemmFlags flags;
  Activation activation = Activation::kLinear;
  std::int64_t lda = 0, ldb = 0;
  std::int64_t blocks = 1, block_rows = 0, scratch_floats = 0;
  bool large = false;

  MatrixProduct(GemmShape s, bool transpose_a, bool transpose_b, Activation act)
      : shape(s), activation(act) {
    flags.transpose_a = transpose_a;
    flags.transpose_b = transpose_b;
    lda = transpose_a ? s.m : s.k;
    ldb = transpose_b ? s.k : s.n;
    block_rows = s.m;
    if (2 * s.m * s.n * s.k >= kParallelWork && s.m > kBlockRows) {
      blocks = (s.m + kBlockRows - 1) / kBlockRows;
      block_rows = (s.m + blocks - 1) / blocks;
    }
    scratch_floats = (gemm_scratch_floats(shape, flags) + 15) / 16 * 16;
#ifdef ANTLER_HAS_ONEDNN
    large = is_large_product(shape);
    if (large) blocks = 1;
#endif
  }

  std::size_t scratch_bytes() const {
    return static_cast<std::size_t>(blocks * scratch_floats) * sizeof(float);
  }

  void run(const float* a, const float* b, const float* bias, float* c, float* scratch) const {
#ifdef ANTLER_HAS_ONEDNN
    if (large) {
      large_product(shape, flags, a, b, c);
      finish_rows(bias, activation, shape.m, shape.n, c);
      return;
    }
#endif
    const GemmEpilogue epilogue{bias, activation};
    const auto block = [&](std::int64_t i) {
      gemm(shape, flags, a, lda, b, ldb, c, shape.n, epilogue, scratch + i * scratch_floats,
           i * block_rows, std::min(shape.m, (i + 1) * block_rows));
    };
    if (blocks == 1) {
      block(0);
    } else {
      parallel_for(blocks, block);
    }
  }
};

}  // namespace

KernelPtr matmul_kernel(const FusedMatmul& op, const KernelSpecs& specs) {
  const Shape& a = specs.inputs[0].shape;
  const Shape& c = specs.outputs[0].shape;
  const MatrixProduct product({c.dim(0), c.dim(1), a.dim(op.transpose_a ? 0 : 1)}, op.transpose_a,
                              op.transpose_b, op.activation);
  return make_kernel(
      [product, has_bias = op.has_bias](const KernelArguments& arguments) {
        product.run(arguments.input<float>(0), arguments.input<float>(1),
                    has_bias ? arguments.input<float>(2) : nullptr, arguments.output<float>(0),
                    reinterpret_cast<float*>(arguments.scratch));
      },
      {.scratch_bytes = product.scratch_bytes()});
}

KernelPtr matmul_kernel(const ops::Matmul& op, const KernelSpecs& specs) {
  const Shape& a = specs.inputs[0].shape;
  const Shape& b = specs.inputs[1].shape;
  const Shape& c = specs.outputs[0].shape;
  const int rank = c.rank();
  const bool same_batch = a.rank() == rank && b.rank() == rank &&
                          a.subshape(0, rank - 2) == b.subshape(0, rank - 2);
  if (specs.inputs[0].dtype != DType::float32 || !same_batch || c.size() == 0) return nullptr;
  const MatrixProduct product({c.dim(-2), c.dim(-1), a.dim(op.transpose_a ? -2 : -1)},
                              op.transpose_a, op.transpose_b, Activation::kLinear);
  const std::int64_t batch = c.size(0, rank - 2);
  const std::int64_t a_step = a.dim(-1) * a.dim(-2);
  const std::int64_t b_step = b.dim(-1) * b.dim(-2);
  const std::int64_t c_step = c.dim(-1) * c.dim(-2);
  return make_kernel(
      [=](const KernelArguments& arguments) {
        for (std::int64_t i = 0; i < batch; ++i) {
          product.run(arguments.input<float>(0) + i * a_step,
                      arguments.input<float>(1) + i * b_step, nullptr,
                      arguments.output<float>(0) + i * c_step,
                      reinterpret_cast<float*>(arguments.scratch));
        }
      },
      {.scratch_bytes = product.scratch_bytes()});
}

}  // namespace antler::cpu
