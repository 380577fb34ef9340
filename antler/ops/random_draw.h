#pragma once

#include <cstdint>

#include "antler/core/random.h"
#include "antler/ops/random.h"

namespace antler::ops {

/// Elements [begin, end) of what `op` draws from (seed, step), written to out[begin .. end): the
/// same whichever ranges they are cut into, so a backend may share a tensor among threads.
/// Computed in float64 and rounded once. `T` is the C++ type of `op.dtype`.
template <class T>
void draw_random(const Random& op, std::int64_t seed, std::int64_t step, std::int64_t begin,
                 std::int64_t end, T* out);

/// A standard normal number within [-2, 2]: the first that is among the element's own attempts.
double truncated_normal(const RandomStream& stream, std::uint64_t element);

}  // namespace antler::ops
