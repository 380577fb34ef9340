// The register-tiled micro-kernel of the matrix product.
//
// Compiled once per instruction set: the guard toggles, as Highway's own do.
#if defined(ANTLER_CPU_GEMM_KERNEL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANTLER_CPU_GEMM_KERNEL_INL_H_
#undef ANTLER_CPU_GEMM_KERNEL_INL_H_
#else
#define ANTLER_CPU_GEMM_KERNEL_INL_H_
#endif

#include "antler/backends/cpu/kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {

// A tile of C: a few rows by a few vectors of columns, over one block of k.
struct GemmTile {
  const float* a;  // A(row, p) = a[row * a_row + p * a_step]
  int64_t a_row;
  int64_t a_step;
  const float* b;  // B(p, column) = b[p * b_step + column]
  int64_t b_step;
  int64_t depth;        // of this block of k
  int64_t whole_depth;  // so many rows of B may be read by whole vectors
  float* c;
  int64_t c_row;
  int64_t last_columns;  // of the last vector, in [1, lanes]
  bool add;              // to what C holds
  bool relu;
  const float* bias;  // null: none
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

template <int kRows, int kVectors>
void gemm_tile(const GemmTile& t) {
  const FloatTag d;
  FloatVector sum[kRows][kVectors];
  HWY_UNROLL(24)
  for (int r = 0; r < kRows; ++r) {
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
      const FloatVector scale = hn::Set(d, a[r * t.a_row]);
      HWY_UNROLL(24)
      for (int v = 0; v < kVectors; ++v) sum[r][v] = hn::MulAdd(scale, row[v], sum[r][v]);
    }
    a += t.a_step;
    b += t.b_step;
  };
  for (int64_t p = 0; p < t.whole_depth; ++p) {
    multiply_add([&](const float* x) ANTLER_INLINE_LAMBDA { return hn::LoadU(d, x); });
  }
  for (int64_t p = t.whole_depth; p < t.depth; ++p) {
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
      float* c = t.c + r * t.c_row + v * kLanes;
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
inline GemmTileFunction gemm_tile_function(int64_t vectors, int64_t rows) {
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

}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggled guard
