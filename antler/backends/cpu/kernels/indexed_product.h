// Matrix product whose rows lie anywhere, float32: what a convolution is, without copies of its
// windows.
#pragma once

#include <cstdint>

#include "antler/backends/cpu/kernels/gemm.h"

namespace antler::cpu {

/// Where the rows of a matrix begin, in elements from its base: at[r], or r * step without a table.
struct RowPlaces {
  const int64_t* at = nullptr;
  int64_t step = 0;
};

/// The summed length: `count` runs of `length` steps; without a table there is one run, at 0.
struct Runs {
  const int64_t* at = nullptr;
  int64_t count = 1;
  int64_t length = 0;
  int64_t depth() const { return count * length; }
};

/// C(r, j) = activation(sum over runs i and steps s of A(r, i, s) B(i * length + s, j) + bias(j)),
/// or C(r, j) + ... with `accumulate`, where
///
///   A(r, i, s) = a[a_rows(r) + runs.at[i] + s * a_step]   C(r, j) = c[c_rows(r) + j]
struct IndexedProduct {
  int64_t rows = 0;
  int64_t columns = 0;
  const float* a = nullptr;
  RowPlaces a_rows = {};
  Runs runs = {};
  int64_t a_step = 1;
  const float* b = nullptr;  // as pack_columns writes it, or plain rows:
  int64_t ldb = 0;           // so far apart; only where columns_fill_vectors()
  float* c = nullptr;
  RowPlaces c_rows = {};
  bool accumulate = false;
  GemmEpilogue epilogue = {};
};

/// Whether no vector of a row is partly empty, on any instruction set: B may then stay as it is, which
/// pays where few rows read it.
constexpr bool columns_fill_vectors(int64_t columns) { return columns % 16 == 0; }
/// The floats that pack_columns writes.
int64_t packed_floats(const Runs& runs, int64_t columns) noexcept;
/// B for a product over these runs: its rows are `ldb` apart, or its columns when `transpose`.
void pack_columns(const Runs& runs, const float* b, int64_t ldb, bool transpose, int64_t columns,
                  float* packed) noexcept;

/// The rows of C are apart from each other, from A and from B. An element's bits depend on the runs
/// and the instruction set alone.
void indexed_product(const IndexedProduct& product) noexcept;

}  // namespace antler::cpu
