#include "antler/backends/cpu/kernels/indexed_product.h"

#include <algorithm>

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/indexed_product.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/gemm_panel-inl.h"

#ifndef ANTLER_CPU_RUN_BLOCKS_H_
#define ANTLER_CPU_RUN_BLOCKS_H_
namespace antler::cpu {
namespace {

// A panel of B of that depth and 16 columns is 20 KB: it stays in L1 while A passes by.
constexpr int64_t kMaxDepth = 320;
// Rows of A that pass by a panel: what they read stays in L2 for the next one.
constexpr int64_t kMaxRows = 256;

// Several short runs, or a piece of a long one: a block sums from zero, and the blocks' sums are
// added up.
struct RunBlock {
  int64_t first_run, runs;
  int64_t begin, length;  // of each run
  int64_t depth() const { return runs * length; }
  int64_t row_of_b(int64_t run_length) const { return first_run * run_length + begin; }
};

template <class F>
void for_each_block(const Runs& runs, const F& f) {
  if (runs.depth() == 0) {
    f(RunBlock{0, 0, 0, 0});
    return;
  }
  const int64_t pieces = (runs.length + kMaxDepth - 1) / kMaxDepth;
  const int64_t piece = (runs.length + pieces - 1) / pieces;
  const int64_t most = std::max<int64_t>(1, kMaxDepth / runs.length);
  const int64_t groups = (runs.count + most - 1) / most;
  const int64_t group = (runs.count + groups - 1) / groups;
  for (int64_t run = 0; run < runs.count; run += group) {
    for (int64_t begin = 0; begin < runs.length; begin += piece) {
      f(RunBlock{run, std::min(group, runs.count - run), begin,
                 std::min(piece, runs.length - begin)});
    }
  }
}

}  // namespace
}  // namespace antler::cpu
#endif

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

int64_t floats_of(const Runs& runs, int64_t columns) {
  return runs.depth() * ((columns + kLanes - 1) / kLanes * kLanes);
}

void pack(const Runs& runs, const float* b, int64_t ldb, bool transpose, int64_t columns,
          float* packed) {
  for_each_block(runs, [&](const RunBlock& block) {
    const int64_t row = block.row_of_b(runs.length);
    for_each_panel(columns, [&](int64_t column, int64_t count, int64_t vectors) {
      const int64_t width = vectors * kLanes;
      const float* from = transpose ? b + column * ldb + row : b + row * ldb + column;
      pack_panel(from, ldb, transpose, block.depth(), count, width, packed);
      packed += block.depth() * width;
    });
  });
}

void multiply_rows(const IndexedProduct& p, int64_t first, int64_t rows) {
  int64_t a_rows[kMaxTileRows], c_rows[kMaxTileRows];
  for (int64_t r = 0; r < kMaxTileRows; ++r) {
    a_rows[r] = r * p.a_rows.step;
    c_rows[r] = r * p.c_rows.step;
  }
  GemmTile tile;
  RowSteps steps;
  const float* a = p.a;
  float* c = p.c;
  if (p.a_rows.at) {
    tile.a_rows = p.a_rows.at + first;
    steps.a_table = 1;
  } else {
    tile.a_rows = a_rows;
    steps.a = p.a_rows.step;
    a += first * steps.a;
  }
  if (p.c_rows.at) {
    tile.c_rows = p.c_rows.at + first;
    steps.c_table = 1;
  } else {
    tile.c_rows = c_rows;
    steps.c = p.c_rows.step;
    c += first * steps.c;
  }
  const int64_t no_run = 0;
  const int64_t depth = p.runs.depth();
  tile.a_step = p.a_step;
  tile.ragged = 0;
  const float* b = p.b;
  for_each_block(p.runs, [&](const RunBlock& block) {
    const int64_t row_of_b = block.row_of_b(p.runs.length);
    const bool last = row_of_b + block.depth() == depth;
    tile.a = a + block.begin * p.a_step;
    tile.a_runs = p.runs.at ? p.runs.at + block.first_run : &no_run;
    tile.runs = block.runs;
    tile.run_length = block.length;
    tile.add = p.accumulate || row_of_b > 0;
    tile.relu = last && p.epilogue.activation == Activation::kRelu;
    for_each_panel(p.columns, [&](int64_t column, int64_t count, int64_t vectors) {
      tile.b = p.ldb > 0 ? p.b + row_of_b * p.ldb + column : b;
      tile.b_step = p.ldb > 0 ? p.ldb : vectors * kLanes;
      tile.c = c + column;
      tile.last_columns = count - (vectors - 1) * kLanes;
      tile.bias = last && p.epilogue.bias ? p.epilogue.bias + column : nullptr;
      multiply_panel(tile, steps, rows, vectors);
      b += block.depth() * vectors * kLanes;
    });
  });
  if (p.epilogue.activation <= Activation::kRelu) return;
  for (int64_t r = first; r < first + rows; ++r) {
    const int64_t at = p.c_rows.at ? p.c_rows.at[r] : r * p.c_rows.step;
    activate(p.epilogue.activation, p.c + at, p.columns);
  }
}

void multiply(const IndexedProduct& product) {
  for (int64_t row = 0; row < product.rows; row += kMaxRows) {
    multiply_rows(product, row, std::min(kMaxRows, product.rows - row));
  }
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(floats_of);
HWY_EXPORT(pack);
HWY_EXPORT(multiply);

int64_t packed_floats(const Runs& runs, int64_t columns) noexcept {
  return HWY_DYNAMIC_DISPATCH(floats_of)(runs, columns);
}
void pack_columns(const Runs& runs, const float* b, int64_t ldb, bool transpose, int64_t columns,
                  float* packed) noexcept {
  HWY_DYNAMIC_DISPATCH(pack)(runs, b, ldb, transpose, columns, packed);
}
void indexed_product(const IndexedProduct& product) noexcept {
  HWY_DYNAMIC_DISPATCH(multiply)(product);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
