// Copies of chosen rows: how a batch is put together.
#pragma once

#include <cstdint>

namespace antler::cpu {

/// to[i] = from[index[i]] for i in [begin, end), where a row has `row_bytes` bytes.
///
/// Returns the first i whose index is not in [0, from_rows), or -1; such rows are filled with
/// zeros. The arrays do not overlap. Threads: calls with disjoint ranges may run at once.
int64_t gather_rows(const void* from, int64_t from_rows, int64_t row_bytes, const int64_t* index,
                    void* to, int64_t begin, int64_t end) noexcept;
int64_t gather_rows(const void* from, int64_t from_rows, int64_t row_bytes, const int32_t* index,
                    void* to, int64_t begin, int64_t end) noexcept;

}  // namespace antler::cpu
