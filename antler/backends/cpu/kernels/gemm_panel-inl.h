// A panel of a matrix product: all rows of C by a few vectors of columns, over one block of the
// summed length.
//
// Compiled once per instruction set: the guard toggles, as Highway's own do.
#if defined(ANTLER_CPU_GEMM_PANEL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANTLER_CPU_GEMM_PANEL_INL_H_
#undef ANTLER_CPU_GEMM_PANEL_INL_H_
#else
#define ANTLER_CPU_GEMM_PANEL_INL_H_
#endif

#include <algorithm>

#include "antler/backends/cpu/kernels/gemm.h"
#include "antler/backends/cpu/kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {

// A tile of C: a few rows by a few vectors of columns. The steps of the sum are `runs` of
// `run_length` each, and then `ragged` ones.
struct GemmTile {
  // A(row, run, step) = a[a_rows[row] + a_runs[run] + step * a_step]
  const float* a;
  const int64_t* a_rows;
  const int64_t* a_runs;
  int64_t a_step;
  int64_t runs;
  int64_t run_length;
  int64_t ragged;  // the last steps, whose rows of B may not be read by whole vectors
  // B(step, column) = b[step * b_step + column], steps counted through all runs
  const float* b;
  int64_t b_step;
  // C(row, column) = c[c_rows[row] + column]
  float* c;
  const int64_t* c_rows;
  int64_t last_columns;  // of the last vector, in [1, lanes]
  bool add;              // to what C holds
  bool relu;
  const float* bias;  // null: none
};

// How a panel goes from tile to tile, for each row: `a` and `c` by so many elements where rows are
// equally far apart, the tables by 1 where they are not.
struct RowSteps {
  int64_t a = 0;
  int64_t c = 0;
  int64_t a_table = 0;
  int64_t c_table = 0;
};

// Rows of a tile of so many vectors: what the registers hold beside the operands. At least eight
// accumulators hide the latency of multiply-add.
constexpr int gemm_tile_rows(int vectors) {
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_NEON  // 32 registers
  return vectors == 1 ? 12 : 24 / vectors;
#else
  return vectors == 1 ? 8 : 12 / vectors;
#endif
}
constexpr int kMaxTileVectors = 4;
constexpr int kMaxTileRows = 12;

// How many of the `left` vectors the next panel takes: two, or what avoids a lonely one.
HWY_INLINE int64_t panel_vectors(int64_t left) {
  return left <= kMaxTileVectors ? left : left % 2 ? 3 : 2;
}

// Calls f(first column, columns, vectors) for each panel.
template <class F>
HWY_INLINE void for_each_panel(int64_t columns, const F& f) {
  for (int64_t column = 0; column < columns;) {
    const int64_t left = columns - column;
    const int64_t vectors = panel_vectors((left + kLanes - 1) / kLanes);
    const int64_t count = std::min(left, vectors * kLanes);
    f(column, count, vectors);
    column += count;
  }
}

// All rows of a panel of so many vectors; `tile` is the first.
void multiply_panel(GemmTile tile, RowSteps steps, int64_t rows, int64_t vectors);

// Copies rows [0, depth) and `columns` columns of op(B), widened with zeros to whole vectors.
void pack_panel(const float* b, int64_t ldb, bool transpose, int64_t depth, int64_t columns,
                int64_t width, float* panel);

// Copies `rows` rows of op(A), steps [0, depth), to rows that are `stride` apart.
void pack_rows(const float* a, int64_t lda, bool transpose, int64_t rows, int64_t depth,
               int64_t stride, float* packed);

// What the micro-kernel does not do itself: it would be compiled into each of its sizes.
void activate(Activation activation, float* row, int64_t columns);

}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggled guard
