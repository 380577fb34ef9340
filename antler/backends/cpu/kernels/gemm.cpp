#include "antler/backends/cpu/kernels/gemm.h"

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/gemm.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/gemm_kernel-inl.h"
#include "antler/backends/cpu/kernels/transpose-inl.h"

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
// rows lie far apart.
bool packs_b(const GemmShape& shape, const GemmFlags& flags) {
  return flags.transpose_b || (shape.m >= 32 && shape.n >= 48 && shape.k >= 32);
}

}  // namespace
}  // namespace antler::cpu
#endif

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

// Copies rows [0, depth) and `columns` columns of op(B), widened with zeros to whole vectors.
void pack_panel(const float* b, int64_t ldb, bool transpose, int64_t depth, int64_t columns,
                int64_t width, float* panel) {
  const FloatTag d;
  if (transpose) {
    transpose_block(b, columns, depth, ldb, panel, width);
    for (int64_t p = 0; columns < width && p < depth; ++p) {
      std::fill(panel + p * width + columns, panel + (p + 1) * width, 0.0f);
    }
    return;
  }
  for (int64_t p = 0; p < depth; ++p) {
    const float* from = b + p * ldb;
    float* to = panel + p * width;
    int64_t column = 0;
    for (; column + kLanes <= columns; column += kLanes) {
      hn::StoreU(hn::LoadU(d, from + column), d, to + column);
    }
    if (column < columns) {
      hn::StoreU(load_partial(d, from + column, columns - column), d, to + column);
    }
  }
}

template <class Function>
HWY_INLINE void apply(const Function& function, float* c, int64_t ldc, int64_t rows,
                      int64_t columns) {
  for (int64_t row = 0; row < rows; ++row) {
    float* x = c + row * ldc;
    for_each_vector(0, columns, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      access.store(function(access.load(x + i)), x + i);
    });
  }
}

// What the micro-kernel does not do itself: it would be compiled into each of its sizes.
void activate(Activation activation, float* c, int64_t ldc, int64_t rows, int64_t columns) {
  if (activation == Activation::kSigmoid) {
    apply([](FloatVector x) ANTLER_INLINE_LAMBDA { return vector_sigmoid(x); }, c, ldc, rows,
          columns);
  } else if (activation == Activation::kTanh) {
    apply([](FloatVector x) ANTLER_INLINE_LAMBDA { return vector_tanh(x); }, c, ldc, rows, columns);
  }
}

// Rows as even as they come: a tile of one or two rows left over would wait for its own sums.
void multiply_panel(GemmTile tile, int64_t rows, int64_t vectors) {
  constexpr int kTileRows[] = {gemm_tile_rows(1), gemm_tile_rows(2), gemm_tile_rows(3),
                               gemm_tile_rows(4)};
  const int64_t tiles = (rows + kTileRows[vectors - 1] - 1) / kTileRows[vectors - 1];
  const int64_t height = rows / tiles;
  const int64_t taller = rows % tiles;
  const auto run = [&](int64_t count, int64_t tile_rows) ANTLER_INLINE_LAMBDA {
    if (count == 0) return;
    const GemmTileFunction function = gemm_tile_function(vectors, tile_rows);
    for (int64_t i = 0; i < count; ++i) {
      function(tile);
      tile.a += tile_rows * tile.a_row;
      tile.c += tile_rows * tile.c_row;
    }
  };
  run(taller, height + 1);
  run(tiles - taller, height);
}

// How many of the `left` vectors the next panel takes: two, or what avoids a lonely one.
int64_t panel_vectors(int64_t left) { return left <= kMaxTileVectors ? left : left % 2 ? 3 : 2; }

void gemm_rows(const GemmCall& call, int64_t row_begin, int64_t row_end) {
  const auto& [shape, flags, a, lda, b, ldb, c, ldc, epilogue, scratch] = call;
  const bool pack = packs_b(shape, flags);
  const int64_t depth_step = block_depth(shape.k);
  GemmTile tile;
  tile.a_row = flags.transpose_a ? 1 : lda;
  tile.a_step = flags.transpose_a ? lda : 1;
  tile.c_row = ldc;
  for (int64_t row = row_begin; row < row_end; row += kMaxRows) {
    const int64_t rows = std::min(kMaxRows, row_end - row);
    int64_t p = 0;
    do {
      tile.depth = std::min(depth_step, shape.k - p);
      const bool last = p + tile.depth >= shape.k;
      tile.add = flags.accumulate || p > 0;
      tile.relu = last && epilogue.activation == Activation::kRelu;
      tile.a = a + row * tile.a_row + p * tile.a_step;
      for (int64_t column = 0; column < shape.n;) {
        const int64_t left = shape.n - column;
        const int64_t vectors = panel_vectors((left + kLanes - 1) / kLanes);
        const int64_t width = vectors * kLanes;
        const int64_t columns = std::min(left, width);
        if (pack) {
          const float* from = flags.transpose_b ? b + column * ldb + p : b + p * ldb + column;
          pack_panel(from, ldb, flags.transpose_b, tile.depth, columns, width, scratch);
          tile.b = scratch;
          tile.b_step = width;
          tile.whole_depth = tile.depth;
        } else {
          tile.b = b + p * ldb + column;
          tile.b_step = ldb;
          // A whole vector may read on into the next rows of B, but not beyond the last.
          const int64_t rows_beyond = (width - columns + ldb - 1) / ldb;
          tile.whole_depth = std::clamp<int64_t>(shape.k - p - rows_beyond, 0, tile.depth);
        }
        tile.c = c + row * ldc + column;
        tile.last_columns = columns - (vectors - 1) * kLanes;
        tile.bias = last && epilogue.bias ? epilogue.bias + column : nullptr;
        multiply_panel(tile, rows, vectors);
        if (last) activate(epilogue.activation, tile.c, ldc, rows, columns);
        column += columns;
      }
      p += tile.depth;
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
  return packs_b(shape, flags) ? block_depth(shape.k) * kMaxPanelColumns : 0;
}

void gemm(const GemmShape& shape, const GemmFlags& flags, const float* a, int64_t lda,
          const float* b, int64_t ldb, float* c, int64_t ldc, const GemmEpilogue& epilogue,
          float* scratch, int64_t row_begin, int64_t row_end) noexcept {
  HWY_DYNAMIC_DISPATCH(gemm_rows)
  ({shape, flags, a, lda, b, ldb, c, ldc, epilogue, scratch}, row_begin, row_end);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
