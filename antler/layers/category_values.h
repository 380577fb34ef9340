#pragma once

#include <cstdint>

#include "antler/graph/value.h"
#include "antler/layers/category_output.h"

namespace antler {

/// What encode_categories (category_output.h) makes on the host, in the graph: numbers of
/// categories as an output mode has them. A number outside [0, depth) gives zeros.
///
/// Options  mode: all but tf_idf; weights, in the shape of x and of `dtype`: what each category
///          counts in OutputMode::count, 1 when empty.
/// Types    x integers -> `dtype`; OutputMode::integer keeps x.
Value encode_categories(const Value& x, OutputMode mode, std::int64_t depth, DType dtype,
                        const Value& weights = Value());

}  // namespace antler
