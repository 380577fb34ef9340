#pragma once

#include <cstdint>
#include <initializer_list>

#include "antler/core/tensor.h"

namespace antler::testing {

/// Makers of inputs: what they give follows from their arguments alone. Floats are float64.
Tensor normal(const Shape& shape, std::uint64_t seed = 1);
Tensor uniform(const Shape& shape, double low, double high, std::uint64_t seed = 1);
/// In [0.5, 2).
Tensor positive(const Shape& shape, std::uint64_t seed = 1);
/// In random order, 0.1 apart and 0.05 off 0 and off the halves: for sorting, for kinks.
Tensor distinct(const Shape& shape, std::uint64_t seed = 1);
/// In [low, high).
Tensor integers(const Shape& shape, std::int64_t low, std::int64_t high, std::uint64_t seed = 1,
                DType dtype = DType::int32);
Tensor booleans(const Shape& shape, std::uint64_t seed = 1);
/// These elements; a vector unless `shape` says otherwise.
Tensor values(std::initializer_list<double> elements, DType dtype = DType::float64);
Tensor values(std::initializer_list<double> elements, const Shape& shape,
              DType dtype = DType::float64);

}  // namespace antler::testing
