#pragma once

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <ostream>
#include <vector>

#include "antler/core/tensor.h"
#include "antler/graph/value.h"

namespace antler {

/// How RapidCheck shows what it drew.
void showValue(const Shape& shape, std::ostream& out);
void showValue(DType dtype, std::ostream& out);

namespace testing {

/// What the properties draw; to be called inside of one. RapidCheck prints the draws of a failure
/// and shrinks them, and RC_PARAMS="seed=..." draws the same again.

/// In [low, high].
std::int64_t any_number(std::int64_t low, std::int64_t high);
DType any_type(std::initializer_list<DType> types);
/// float32, which the cpu backend computes, or float64, which the reference does.
DType any_float();
/// Of [min_rank, max_rank] axes with sizes in [min_size, 4].
Shape any_shape(int min_rank, int max_rank, std::int64_t min_size = 0);
/// One of the axes, from the front or from the end.
int any_axis(int rank);
/// 0 .. count - 1 in any order.
std::vector<int> any_permutation(int count);
/// Standard normal.
Tensor any_normal(const Shape& shape, DType dtype);
/// Whole numbers in [low, high]: sums and products of few of them are exact in every type.
Tensor any_whole(const Shape& shape, DType dtype, std::int64_t low = -9, std::int64_t high = 9);

/// Fails the property, saying where the two differ; exact by default.
void require_near(const Tensor& got, const Tensor& expected, double tolerance = 0);

/// <f(x), y> = <x, f'(y)> for a linear f, with f' from reverse mode and a y of whole numbers.
void require_adjoint(const std::function<Value(const Value&)>& f, const Tensor& x);

}  // namespace testing
}  // namespace antler
