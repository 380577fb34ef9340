#include "antler/backends/cpu/matmul_kernel.h"

#include <algorithm>
#include <vector>

#include "antler/backends/cpu/kernels/gemm.h"
#include "antler/core/thread_pool.h"
#ifdef ANTLER_HAS_ONEDNN
#include "antler/backends/cpu/onednn/sgemm.h"
#endif

namespace antler::cpu {
namespace {

// Rows a block when a product is shared among threads: few enough to balance, enough to amortize
// the packing of B that every block does. gemm's bits depend on neither the rows nor the columns of
// a call, so one thread makes no cut, few rows are cut for as many threads as there are, up to
// four, and very few not at all, but the columns.
constexpr std::int64_t kBlockRows = 128;
constexpr std::int64_t kLeastBlockRows = 32;
constexpr std::int64_t kBlockColumns = 64;  // whole panels on every instruction set
constexpr std::int64_t kFewBlocks = 4;
// Multiply-adds count two. So much takes 45 us on one thread. An LSTM's steps on two threads were
// fastest with this bound, of 1, 2, 4 and 8 million.
constexpr std::int64_t kSharedFlops = 4'000'000;

struct MatrixProduct {
  GemmShape shape;
  GemmFlags flags;
  Activation activation = Activation::kLinear;
  std::int64_t lda = 0, ldb = 0;
  std::int64_t most_blocks = 1, scratch_floats = 0;
  bool cuts_columns = false;
  bool large = false;

  MatrixProduct(GemmShape s, bool transpose_a, bool transpose_b, Activation act)
      : shape(s), activation(act) {
    flags.transpose_a = transpose_a;
    flags.transpose_b = transpose_b;
    lda = transpose_a ? s.m : s.k;
    ldb = transpose_b ? s.k : s.n;
    if (2 * s.m * s.n * s.k >= kSharedFlops) {
      const std::int64_t even = (s.m + kBlockRows - 1) / kBlockRows;
      cuts_columns = s.m < 2 * kLeastBlockRows;
      most_blocks = cuts_columns ? std::clamp<std::int64_t>(s.n / kBlockColumns, 1, kFewBlocks)
                                 : std::min(s.m / kLeastBlockRows, std::max(kFewBlocks, even));
    }
    scratch_floats = (gemm_scratch_floats(shape, flags) + 15) / 16 * 16;
#ifdef ANTLER_HAS_ONEDNN
    large = is_large_product(shape);
    if (large) most_blocks = 1;
#endif
  }

  std::size_t scratch_bytes() const {
    return static_cast<std::size_t>(most_blocks * scratch_floats) * sizeof(float);
  }

  std::int64_t block_count() const {
    const std::int64_t threads = most_blocks == 1 ? 1 : num_threads();
    if (threads == 1) return 1;
    return std::min(most_blocks, std::max(threads, (shape.m + kBlockRows - 1) / kBlockRows));
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
    const std::int64_t blocks = block_count();
    const std::int64_t rows = (shape.m + blocks - 1) / blocks;
    const std::int64_t columns =
        ((shape.n + blocks - 1) / blocks + kBlockColumns - 1) / kBlockColumns * kBlockColumns;
    const auto block = [&](std::int64_t i) {
      float* own = scratch + i * scratch_floats;
      if (!cuts_columns || blocks == 1) {
        gemm(shape, flags, a, lda, b, ldb, c, shape.n, epilogue, own, i * rows,
             std::min(shape.m, (i + 1) * rows));
        return;
      }
      const std::int64_t first = i * columns;
      if (first >= shape.n) return;
      const GemmShape part{shape.m, std::min(columns, shape.n - first), shape.k};
      gemm(part, flags, a, lda, b + first * (flags.transpose_b ? ldb : 1), ldb, c + first, shape.n,
           {bias == nullptr ? nullptr : bias + first, activation}, own, 0, shape.m);
    };
    if (blocks == 1) {
      block(0);
    } else {
      parallel_for(blocks, block);
    }
  }
};

// Where the matrix of `operand` lies that takes part in each product of a batch of that shape: the
// axes before its last two broadcast.
std::vector<std::int64_t> matrix_starts(const Shape& operand, const Shape& batch) {
  const Shape own = operand.subshape(0, operand.rank() - 2);
  const std::int64_t matrix = operand.dim(-1) * operand.dim(-2);
  std::vector<std::int64_t> starts;
  for (std::int64_t i = 0; i < batch.size(); ++i) {
    std::int64_t rest = i;
    std::int64_t start = 0;
    for (int axis = batch.rank(); axis-- > 0; rest /= batch[axis]) {
      const int at = axis - (batch.rank() - own.rank());
      if (at < 0 || own[at] == 1) continue;
      start += rest % batch[axis] * own.size(at + 1, own.rank()) * matrix;
    }
    starts.push_back(start);
  }
  return starts;
}

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
  const bool are_matrices = a.rank() > 1 && b.rank() > 1;
  if (specs.inputs[0].dtype != DType::float32 || !are_matrices || c.size() == 0) return nullptr;
  const MatrixProduct product({c.dim(-2), c.dim(-1), a.dim(op.transpose_a ? -2 : -1)},
                              op.transpose_a, op.transpose_b, Activation::kLinear);
  const Shape batch = c.subshape(0, rank - 2);
  const std::int64_t c_step = c.dim(-1) * c.dim(-2);
  return make_kernel(
      [=, a_starts = matrix_starts(a, batch),
       b_starts = matrix_starts(b, batch)](const KernelArguments& arguments) {
        for (std::size_t i = 0; i < a_starts.size(); ++i) {
          product.run(arguments.input<float>(0) + a_starts[i],
                      arguments.input<float>(1) + b_starts[i], nullptr,
                      arguments.output<float>(0) + static_cast<std::int64_t>(i) * c_step,
                      reinterpret_cast<float*>(arguments.scratch));
        }
      },
      {.scratch_bytes = product.scratch_bytes()});
}

}  // namespace antler::cpu
