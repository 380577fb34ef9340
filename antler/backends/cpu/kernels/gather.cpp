#include "antler/backends/cpu/kernels/gather.h"

#include <cstring>

namespace antler::cpu {
namespace {

template <class Index>
int64_t gather(const void* from, int64_t from_rows, int64_t row_bytes, const Index* index, void* to,
               int64_t begin, int64_t end) {
  int64_t bad = -1;
  for (int64_t i = begin; i < end; ++i) {
    char* row = static_cast<char*>(to) + i * row_bytes;
    const int64_t source = index[i];
    if (source >= 0 && source < from_rows) {
      std::memcpy(row, static_cast<const char*>(from) + source * row_bytes,
                  static_cast<size_t>(row_bytes));
    } else {
      std::memset(row, 0, static_cast<size_t>(row_bytes));
      if (bad < 0) bad = i;
    }
  }
  return bad;
}

}  // namespace

int64_t gather_rows(const void* from, int64_t from_rows, int64_t row_bytes, const int64_t* index,
                    void* to, int64_t begin, int64_t end) noexcept {
  return gather(from, from_rows, row_bytes, index, to, begin, end);
}

int64_t gather_rows(const void* from, int64_t from_rows, int64_t row_bytes, const int32_t* index,
                    void* to, int64_t begin, int64_t end) noexcept {
  return gather(from, from_rows, row_bytes, index, to, begin, end);
}

}  // namespace antler::cpu
