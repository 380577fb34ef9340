#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace antler {

/// Element types of tensors, under Keras' names. Strings live on the host alone: no op takes them.
enum class DType : std::uint8_t { float32, float64, int32, int64, uint8, boolean, string };

/// Keras' name: "float32", "float64", "int32", "int64", "uint8", "bool", "string".
std::string_view name(DType dtype);
/// The type of that name. Errors: ValueError naming the nearest right one.
DType dtype_from_name(std::string_view name);
/// Bytes of one element; of a string, those of its handle.
std::int64_t item_size(DType dtype);

constexpr bool is_floating(DType dtype) {
  return dtype == DType::float32 || dtype == DType::float64;
}
constexpr bool is_integer(DType dtype) {
  return dtype == DType::int32 || dtype == DType::int64 || dtype == DType::uint8;
}

/// The type of a binary operation on two operands: the wider of two floats, a float before an
/// integer (float32 with int64 is float32, as in JAX), the wider of two integers, bool last.
DType promote(DType a, DType b);

/// The DType of a C++ element type; `bool` elements are stored as one byte, 0 or 1.
template <class T>
struct DTypeOf;
template <>
struct DTypeOf<float> {
  static constexpr DType value = DType::float32;
};
template <>
struct DTypeOf<double> {
  static constexpr DType value = DType::float64;
};
template <>
struct DTypeOf<std::int32_t> {
  static constexpr DType value = DType::int32;
};
template <>
struct DTypeOf<std::int64_t> {
  static constexpr DType value = DType::int64;
};
template <>
struct DTypeOf<std::uint8_t> {
  static constexpr DType value = DType::uint8;
};
template <>
struct DTypeOf<bool> {
  static constexpr DType value = DType::boolean;
};
template <>
struct DTypeOf<std::string> {
  static constexpr DType value = DType::string;
};
template <class T>
inline constexpr DType dtype_of = DTypeOf<T>::value;

/// Throws the TypeError of numbers that are strings.
[[noreturn]] void refuse_strings();

}  // namespace antler
