// Matrix product with bias and activation, float32, row-major.
#pragma once

#include <cstdint>

namespace antler::cpu {

enum class Activation : uint8_t { kLinear, kRelu, kSigmoid, kTanh };

struct GemmShape {
  int64_t m = 0;  // rows of C
  int64_t n = 0;  // columns of C
  int64_t k = 0;  // the summed length
};

struct GemmFlags {
  bool transpose_a = false;  // A is stored [k, m]
  bool transpose_b = false;  // B is stored [n, k]
  bool accumulate = false;   // C += ... instead of C = ...
};

struct GemmEpilogue {
  const float* bias = nullptr;  // one value a column, or none
  Activation activation = Activation::kLinear;
};

/// The floats of scratch memory that gemm wants: one buffer for each thread that calls it.
int64_t gemm_scratch_floats(const GemmShape& shape, const GemmFlags& flags) noexcept;

/// Rows [row_begin, row_end) of C = activation(op(A) op(B) + bias), or of C = activation(C + ...)
/// with `accumulate`; op transposes or not.
///
/// `lda`, `ldb`, `ldc` are the distances between stored rows. C overlaps neither A nor B.
/// An element's bits depend on k and the instruction set alone: not on the range of rows, on m, n,
/// or on where its column stands. `scratch` should be aligned to 64 bytes; nothing is allocated.
/// Threads  calls with disjoint ranges of rows and separate scratch may run at once.
void gemm(const GemmShape& shape, const GemmFlags& flags, const float* a, int64_t lda,
          const float* b, int64_t ldb, float* c, int64_t ldc, const GemmEpilogue& epilogue,
          float* scratch, int64_t row_begin, int64_t row_end) noexcept;

}  // namespace antler::cpu
