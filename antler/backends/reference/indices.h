#pragma once

#include <cstdint>

#include "antler/backends/kernel.h"
#include "antler/core/dtype.h"
#include "antler/ops/check_index.h"

namespace antler::reference {

/// indices[i] counted from the start; one outside [-n, n) is reported and gives -1.
template <class I>
std::int64_t checked_index(const I* indices, std::int64_t i, std::int64_t n, RunStatus* status) {
  const auto index = static_cast<std::int64_t>(indices[i]);
  if (index < -n || index >= n) {
    status->report(ops::kExpectedIndex, i, index, -n, n);
    return -1;
  }
  return index < 0 ? index + n : index;
}

/// Calls `f` with a zero of the C++ type of indices.
template <class F>
KernelPtr visit_index_type(DType dtype, F&& f) {
  if (dtype == DType::int64) return f(std::int64_t{});
  return dtype == DType::int32 ? f(std::int32_t{}) : f(std::uint8_t{});
}

}  // namespace antler::reference
