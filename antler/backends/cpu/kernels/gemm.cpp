#include "antler/backends/cpu/kernels/gemm.h"

#include <algorithm>

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/gemm.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/gemm_panel-inl.h"

#ifndef ANTLER_CPU_GEMM_CALL_H_
#define ANTLER_CPU_GEMM_CALL_H_
namespace antler::cpu {
namespace {

struct GemmCall {
  GemmShape shape;
  GemmFlags flags;
  const float* a;
  int64_t lda;
  const float* b;
  int64_t ldb;
  float* c;
  int64_t ldc;
  GemmEpilogue epilogue;
  float* scratch;
};

// A panel of B of that depth and 16 columns is 20 KB: it stays in L1 while A passes by.
constexpr int64_t kMaxDepth = 320;
// With the depth above, 320 KB of A: it stays in L2 while the panels of B pass by.
constexpr int64_t kMaxRows = 256;
// The widest panel of any instruction set.
constexpr int64_t kMaxPanelColumns = 64;

// k is cut into equal blocks. Their number follows from k alone, because it shows in the bits: each
// block sums from zero, and the blocks' sums are added up.
int64_t block_depth(int64_t k) {
  const int64_t blocks = std::max<int64_t>(1, (k + kMaxDepth - 1) / kMaxDepth);
  return (k + blocks - 1) / blocks;
}

// Copying a panel costs as much as about two rows of products with it; it pays where the panel's
// rows lie far apart, and for many rows where vectors would begin anywhere in a line of the cache.
bool packs_b(const GemmShape& shape, const GemmFlags& flags) {
  if (flags.transpose_b) return true;
  const bool far_apart = shape.m >= 32 && shape.n >= 48 && shape.k >= 32;
  const bool ragged = shape.m >= 128 && shape.n % 16 != 0 && shape.k >= 24;
  return far_apart || ragged;
}

// Copying rows of A costs as much as products with some ten columns; it pays where they lie so far
// apart that few of them fit the cache together.
bool packs_a(const GemmShape& shape, const GemmFlags& flags) {
  const int64_t distance = flags.transpose_a ? shape.m : shape.k;
  return shape.n >= 256 && shape.m >= 32 && distance >= 512;
}

// Rows of packed A begin in different sets of the cache.
int64_t packed_stride(int64_t depth) { return (depth + 15) / 16 * 16 + 16; }

int64_t packed_a_floats(const GemmShape& shape, const GemmFlags& flags) {
  return packs_a(shape, flags) ? std::min(shape.m, kMaxRows) * packed_stride(block_depth(shape.k))
                               : 0;
}

}  // namespace
}  // namespace antler::cpu
#endif

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

// C = a b^T for vectors, b of that many vector registers: what a batch of one makes of gradients.
template <int kVectors>
void outer_rows(const GemmCall& call, int64_t row_begin, int64_t row_end) {
  const FloatTag d;
  const int64_t n = call.shape.n;
  const int64_t a_row = call.flags.transpose_a ? 1 : call.lda;
  const int64_t last_columns = n - (kVectors - 1) * kLanes;
  FloatVector b[kVectors];
  HWY_UNROLL(4)
  for (int v = 0; v + 1 < kVectors; ++v) b[v] = hn::LoadU(d, call.b + v * kLanes);
  const float* last = call.b + (kVectors - 1) * kLanes;
  b[kVectors - 1] =
      last_columns == kLanes ? hn::LoadU(d, last) : load_partial(d, last, last_columns);
  // What a whole vector writes beyond its row, the next row overwrites.
  const int64_t whole_end = call.ldc == n && n >= kLanes ? row_end - 1 : row_begin;
  float* c = call.c + row_begin * call.ldc;
  for (int64_t row = row_begin; row < row_end; ++row, c += call.ldc) {
    const FloatVector scale = hn::Set(d, call.a[row * a_row]);
    HWY_UNROLL(4)
    for (int v = 0; v < kVectors; ++v) {
      const FloatVector product = hn::MulAdd(scale, b[v], hn::Zero(d));  // never -0, as in a sum
      if (v + 1 < kVectors || row < whole_end || last_columns == kLanes) {
        hn::StoreU(product, d, c + v * kLanes);
      } else {
        store_partial(d, product, c + v * kLanes, last_columns);
      }
    }
  }
}

using GemmRowsFunction = void (*)(const GemmCall&, int64_t, int64_t);

// The function for an outer product, or null: for a longer sum, or b of more registers.
GemmRowsFunction outer_function(const GemmCall& call) {
  const bool is_outer = call.shape.k == 1 && (!call.flags.transpose_b || call.ldb == 1) &&
                        !call.flags.accumulate && call.epilogue.bias == nullptr &&
                        call.epilogue.activation == Activation::kLinear;
  if (!is_outer) return nullptr;
  switch ((call.shape.n + kLanes - 1) / kLanes) {
    case 1:
      return &outer_rows<1>;
    case 2:
      return &outer_rows<2>;
    case 3:
      return &outer_rows<3>;
    case 4:
      return &outer_rows<4>;
    default:
      return nullptr;
  }
}

// One row times B, read row by row as it lies: a prediction of one example is as fast as its
// weights come from memory. The sums are those of a tile, in its order.
void multiply_one_row(const GemmCall& call) {
  constexpr int64_t kColumns = 1024;
  HWY_ALIGN float sum[kColumns];
  const FloatTag d;
  const GemmShape& shape = call.shape;
  const GemmEpilogue& epilogue = call.epilogue;
  const float* a = call.a;
  const int64_t ldb = call.ldb;
  const int64_t a_step = call.flags.transpose_a ? call.lda : 1;
  const int64_t depth_step = block_depth(shape.k);
  for (int64_t column = 0; column < shape.n; column += kColumns) {
    const int64_t columns = std::min(kColumns, shape.n - column);
    float* to = call.c + column;
    int64_t p = 0;
    do {
      const int64_t end = std::min(shape.k, p + depth_step);
      const bool add = call.flags.accumulate || p > 0;
      std::fill_n(sum, columns, 0.0f);
      // Four rows at once, so that the sums are loaded and stored a quarter as often.
      for (; p + 4 <= end; p += 4) {
        const float* row = call.b + p * ldb + column;
        const FloatVector s0 = hn::Set(d, a[p * a_step]), s1 = hn::Set(d, a[(p + 1) * a_step]);
        const FloatVector s2 = hn::Set(d, a[(p + 2) * a_step]),
                          s3 = hn::Set(d, a[(p + 3) * a_step]);
        for_each_vector(0, columns, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
          FloatVector x = access.load(sum + i);
          x = hn::MulAdd(s0, access.load(row + i), x);
          x = hn::MulAdd(s1, access.load(row + ldb + i), x);
          x = hn::MulAdd(s2, access.load(row + 2 * ldb + i), x);
          access.store(hn::MulAdd(s3, access.load(row + 3 * ldb + i), x), sum + i);
        });
      }
      for (; p < end; ++p) {
        const float* row = call.b + p * ldb + column;
        const FloatVector scale = hn::Set(d, a[p * a_step]);
        for_each_vector(0, columns, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
          access.store(hn::MulAdd(scale, access.load(row + i), access.load(sum + i)), sum + i);
        });
      }
      const bool last = p >= shape.k;
      for_each_vector(0, columns, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
        FloatVector x = access.load(sum + i);
        if (add) x = hn::Add(access.load(to + i), x);
        if (last && epilogue.bias) x = hn::Add(x, access.load(epilogue.bias + column + i));
        if (last && epilogue.activation == Activation::kRelu) x = relu(x);
        access.store(x, to + i);
      });
    } while (p < shape.k);
    if (epilogue.activation > Activation::kRelu) activate(epilogue.activation, to, columns);
  }
}

// Fewer columns fit the registers of a tile.
bool is_one_row(const GemmShape& shape, const GemmFlags& flags) {
  return shape.m == 1 && shape.n > 32 && !flags.transpose_b;
}

void gemm_rows(const GemmCall& call, int64_t row_begin, int64_t row_end) {
  if (is_one_row(call.shape, call.flags) && row_begin == 0 && row_end == 1) {
    multiply_one_row(call);
    return;
  }
  if (const GemmRowsFunction outer = outer_function(call)) {
    outer(call, row_begin, row_end);
    return;
  }
  const GemmShape& shape = call.shape;
  const GemmFlags& flags = call.flags;
  const GemmEpilogue& epilogue = call.epilogue;
  const int64_t lda = call.lda, ldb = call.ldb, ldc = call.ldc;
  const bool pack = packs_b(shape, flags);
  const int64_t depth_step = block_depth(shape.k);
  const bool pack_a = packs_a(shape, flags);
  const int64_t packed_row = packed_stride(depth_step);
  float* packed_rows = call.scratch + (pack ? depth_step * kMaxPanelColumns : 0);
  const int64_t a_row = flags.transpose_a ? 1 : lda;
  const int64_t a_step = flags.transpose_a ? lda : 1;
  const RowSteps steps{.a = pack_a ? packed_row : a_row, .c = ldc};
  int64_t a_rows[kMaxTileRows], c_rows[kMaxTileRows];
  for (int64_t r = 0; r < kMaxTileRows; ++r) {
    a_rows[r] = r * steps.a;
    c_rows[r] = r * steps.c;
  }
  const int64_t one_run = 0;
  GemmTile tile;
  tile.a_rows = a_rows;
  tile.c_rows = c_rows;
  tile.a_runs = &one_run;
  tile.runs = 1;
  tile.a_step = pack_a ? 1 : a_step;
  for (int64_t row = row_begin; row < row_end; row += kMaxRows) {
    const int64_t rows = std::min(kMaxRows, row_end - row);
    int64_t p = 0;
    do {
      const int64_t depth = std::min(depth_step, shape.k - p);
      const bool last = p + depth >= shape.k;
      tile.add = flags.accumulate || p > 0;
      tile.relu = last && epilogue.activation == Activation::kRelu;
      tile.a = call.a + row * a_row + p * a_step;
      if (pack_a) {
        pack_rows(tile.a, lda, flags.transpose_a, rows, depth, packed_row, packed_rows);
        tile.a = packed_rows;
      }
      for_each_panel(shape.n, [&](int64_t column, int64_t columns, int64_t vectors) {
        const int64_t width = vectors * kLanes;
        const float* from = call.b + (flags.transpose_b ? column * ldb + p : p * ldb + column);
        if (pack) {
          pack_panel(from, ldb, flags.transpose_b, depth, columns, width, call.scratch);
          tile.b = call.scratch;
          tile.b_step = width;
          tile.run_length = depth;
        } else {
          tile.b = from;
          tile.b_step = ldb;
          // A whole vector may read on into the next rows of B, but not beyond the last.
          const int64_t rows_beyond = (width - columns + ldb - 1) / ldb;
          tile.run_length = std::clamp<int64_t>(shape.k - p - rows_beyond, 0, depth);
        }
        tile.ragged = depth - tile.run_length;
        tile.c = call.c + row * ldc + column;
        tile.last_columns = columns - (vectors - 1) * kLanes;
        tile.bias = last && epilogue.bias ? epilogue.bias + column : nullptr;
        multiply_panel(tile, steps, rows, vectors);
        if (last && epilogue.activation > Activation::kRelu) {
          for (int64_t r = 0; r < rows; ++r)
            activate(epilogue.activation, tile.c + r * ldc, columns);
        }
      });
      p += depth;
    } while (p < shape.k);
  }
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(gemm_rows);

int64_t gemm_scratch_floats(const GemmShape& shape, const GemmFlags& flags) noexcept {
  return (packs_b(shape, flags) ? block_depth(shape.k) * kMaxPanelColumns : 0) +
         packed_a_floats(shape, flags);
}

void gemm(const GemmShape& shape, const GemmFlags& flags, const float* a, int64_t lda,
          const float* b, int64_t ldb, float* c, int64_t ldc, const GemmEpilogue& epilogue,
          float* scratch, int64_t row_begin, int64_t row_end) noexcept {
  HWY_DYNAMIC_DISPATCH(gemm_rows)
  ({shape, flags, a, lda, b, ldb, c, ldc, epilogue, scratch}, row_begin, row_end);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
