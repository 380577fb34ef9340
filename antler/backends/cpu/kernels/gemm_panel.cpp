#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/gemm_panel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/gemm_panel-inl.h"
#include "antler/backends/cpu/kernels/transpose-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

// The register-tiled micro-kernel.
template <int kRows, int kVectors>
void gemm_tile(const GemmTile& t) {
  const FloatTag d;
  FloatVector sum[kRows][kVectors];
  int64_t row_at[kRows];
  HWY_UNROLL(24)
  for (int r = 0; r < kRows; ++r) {
    row_at[r] = t.a_rows[r];
    HWY_UNROLL(24)
    for (int v = 0; v < kVectors; ++v) sum[r][v] = hn::Zero(d);
  }
  const float* a = t.a;
  const float* b = t.b;
  const auto multiply_add = [&](auto load_last) ANTLER_INLINE_LAMBDA {
    FloatVector row[kVectors];
    HWY_UNROLL(24)
    for (int v = 0; v + 1 < kVectors; ++v) row[v] = hn::LoadU(d, b + v * kLanes);
    row[kVectors - 1] = load_last(b + (kVectors - 1) * kLanes);
    HWY_UNROLL(24)
    for (int r = 0; r < kRows; ++r) {
      const FloatVector scale = hn::Set(d, a[row_at[r]]);
      HWY_UNROLL(24)
      for (int v = 0; v < kVectors; ++v) sum[r][v] = hn::MulAdd(scale, row[v], sum[r][v]);
    }
    a += t.a_step;
    b += t.b_step;
  };
  for (int64_t run = 0; run < t.runs; ++run) {
    a = t.a + t.a_runs[run];
    for (int64_t step = 0; step < t.run_length; ++step) {
      multiply_add([&](const float* x) ANTLER_INLINE_LAMBDA { return hn::LoadU(d, x); });
    }
  }
  for (int64_t step = 0; step < t.ragged; ++step) {
    multiply_add([&](const float* x)
                     ANTLER_INLINE_LAMBDA { return load_partial(d, x, t.last_columns); });
  }
  const bool whole = t.last_columns == kLanes;
  HWY_UNROLL(24)
  for (int v = 0; v < kVectors; ++v) {
    const bool partial = v + 1 == kVectors && !whole;
    const auto load = [&](const float* x) ANTLER_INLINE_LAMBDA {
      return partial ? load_partial(d, x, t.last_columns) : hn::LoadU(d, x);
    };
    const FloatVector bias = t.bias ? load(t.bias + v * kLanes) : hn::Zero(d);
    HWY_UNROLL(24)
    for (int r = 0; r < kRows; ++r) {
      float* c = t.c + t.c_rows[r] + v * kLanes;
      FloatVector x = sum[r][v];
      if (t.add) x = hn::Add(load(c), x);
      if (t.bias) x = hn::Add(x, bias);
      if (t.relu) x = relu(x);
      if (partial) {
        store_partial(d, x, c, t.last_columns);
      } else {
        hn::StoreU(x, d, c);
      }
    }
  }
}

using GemmTileFunction = void (*)(const GemmTile&);

template <int kVectors, size_t... kRows>
constexpr GemmTileFunction choose_tile(int64_t rows, std::index_sequence<kRows...>) {
  constexpr GemmTileFunction kTable[] = {&gemm_tile<kRows + 1, kVectors>...};
  return kTable[rows - 1];
}

// The kernel for a tile of that size; rows <= gemm_tile_rows(vectors).
GemmTileFunction gemm_tile_function(int64_t vectors, int64_t rows) {
  const auto choose = [&](auto v) ANTLER_INLINE_LAMBDA {
    return choose_tile<v>(rows, std::make_index_sequence<gemm_tile_rows(v)>());
  };
  switch (vectors) {
    case 1:
      return choose(std::integral_constant<int, 1>());
    case 2:
      return choose(std::integral_constant<int, 2>());
    case 3:
      return choose(std::integral_constant<int, 3>());
    default:
      return choose(std::integral_constant<int, 4>());
  }
}

template <class Function>
HWY_INLINE void apply(const Function& function, float* x, int64_t size) {
  for_each_vector(0, size, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
    access.store(function(access.load(x + i)), x + i);
  });
}

}  // namespace

// Rows as even as they come: a tile of one or two rows left over would wait for its own sums.
void multiply_panel(GemmTile tile, RowSteps steps, int64_t rows, int64_t vectors) {
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
      tile.a += tile_rows * steps.a;
      tile.c += tile_rows * steps.c;
      tile.a_rows += tile_rows * steps.a_table;
      tile.c_rows += tile_rows * steps.c_table;
    }
  };
  run(taller, height + 1);
  run(tiles - taller, height);
}

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

void pack_rows(const float* a, int64_t lda, bool transpose, int64_t rows, int64_t depth,
               int64_t stride, float* packed) {
  if (transpose) {
    transpose_block(a, depth, rows, lda, packed, stride);
    return;
  }
  for (int64_t row = 0; row < rows; ++row) {
    std::copy_n(a + row * lda, depth, packed + row * stride);
  }
}

void activate(Activation activation, float* row, int64_t columns) {
  if (activation == Activation::kSigmoid) {
    apply([](FloatVector x) ANTLER_INLINE_LAMBDA { return vector_sigmoid(x); }, row, columns);
  } else if (activation == Activation::kTanh) {
    apply([](FloatVector x) ANTLER_INLINE_LAMBDA { return vector_tanh(x); }, row, columns);
  }
}

}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
