#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "antler/core/named_only.h"
#include "antler/graph/value.h"

// Values that come from no data: constants under Keras' names. Where an element type is optional,
// none means that of the arguments: int32 for integers, float32 for reals, x's for ..._like.
//
// Errors  ShapeError for a shape with an axis that is not known.
namespace antler::ops {

/// Shapes  -> `shape`.  Source  keras.ops.zeros, ones, full.
Value zeros(const Shape& shape, DType dtype = DType::float32);
Value ones(const Shape& shape, DType dtype = DType::float32);
Value full(const Shape& shape, double fill_value, DType dtype = DType::float32);
/// A constant in the shape of x, any axes of which may be unknown.
///
/// Source  keras.ops.zeros_like, ones_like, full_like.
Value zeros_like(const Value& x, std::optional<DType> dtype = std::nullopt);
Value ones_like(const Value& x, std::optional<DType> dtype = std::nullopt);
Value full_like(const Value& x, double fill_value, std::optional<DType> dtype = std::nullopt);

struct EyeOptions {
  NamedOnly named_only = NamedOnly();
  std::int64_t M = None;  // columns; as many as rows by default
  std::int64_t k = 0;     // the diagonal: above the main one when positive
  DType dtype = DType::float32;
};
/// Ones on a diagonal of a matrix, zeros elsewhere.
///
/// Shapes  -> (n, M).  Errors  ValueError for n < 0 or M < 0.  Source  keras.ops.eye.
Value eye(std::int64_t n, const EyeOptions& options = {});

struct LinspaceOptions {
  NamedOnly named_only = NamedOnly();
  std::int64_t num = 50;
  bool endpoint = true;  // whether `stop` is the last number
  DType dtype = DType::float32;
};
/// `num` numbers at equal distances from `start` to `stop`.
///
/// Shapes  -> (num,).  Errors  ValueError for num < 0.  Source  keras.ops.linspace.
Value linspace(double start, double stop, const LinspaceOptions& options = {});

namespace detail {
/// Errors: ValueError, opened by `op`, for a negative size.
void require_size(std::string_view op, std::string_view what, std::int64_t size);
Value arange(double start, double stop, double step, DType dtype);
}  // namespace detail

/// start, start + step, ... up to but without stop.
///
/// Shapes  -> (ceil((stop - start) / step),), (0,) if that is negative.
/// Types   int32 if all arguments are integers, else float32.
/// Errors  ValueError for a step of 0.  Source  keras.ops.arange.
template <class A, class B, class C = int>
  requires std::is_arithmetic_v<A> && std::is_arithmetic_v<B> && std::is_arithmetic_v<C>
Value arange(A start, B stop, C step = 1, std::optional<DType> dtype = std::nullopt) {
  constexpr bool kReal =
      std::is_floating_point_v<A> || std::is_floating_point_v<B> || std::is_floating_point_v<C>;
  return detail::arange(static_cast<double>(start), static_cast<double>(stop),
                        static_cast<double>(step),
                        dtype.value_or(kReal ? DType::float32 : DType::int32));
}
/// 0, 1, ... up to but without stop.
template <class T>
  requires std::is_arithmetic_v<T>
Value arange(T stop) {
  return arange(T{0}, stop);
}

}  // namespace antler::ops
