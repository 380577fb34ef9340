#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "antler/core/dtype.h"
#include "antler/core/shape.h"

namespace antler {

template <class T>
concept Element = requires { DTypeOf<T>::value; };

/// A host array: element type, shape and a contiguous row-major buffer.
///
/// Copies share the buffer until one of them is written (copy on write); `t[i]` and `slice` are
/// views of the first axis under the same rule. Storage of a new tensor starts at a multiple of 64
/// bytes. A default Tensor is empty: shape (0,), `!t` is true; as a gradient it means "none".
/// The elements of a string tensor are std::string.
///
/// Types    every DType.  Errors  ShapeError for sizes and indices that do not fit, TypeError for
///          access under another element type.
/// Threads  a Tensor may be read from several threads; writing needs it alone.
class Tensor {
 public:
  /// An element of a list. A class of its own, so that {{1}, {2}} is a matrix and nothing else.
  struct Number {
    template <class T>
      requires std::is_arithmetic_v<T>
    Number(T number) : value(static_cast<float>(number)) {}
    float value;
  };
  Tensor();
  /// Zeros; of strings, empty ones.
  Tensor(DType dtype, const Shape& shape);
  /// Scalars; an `int` is int32, 64-bit integers are int64 and a `double` is float32, as in Keras.
  template <class T>
    requires std::is_arithmetic_v<T>
  Tensor(T value) : Tensor(scalar(value)) {}
  /// float32 of rank 1, 2 or 3: `Tensor{{1, 2}, {3, 4}}`.
  Tensor(std::initializer_list<Number> values);
  Tensor(std::initializer_list<std::initializer_list<double>> rows);
  Tensor(std::initializer_list<std::initializer_list<std::initializer_list<double>>> planes);

  static Tensor zeros(const Shape& shape, DType dtype = DType::float32);
  static Tensor ones(const Shape& shape, DType dtype = DType::float32);
  static Tensor full(const Shape& shape, double value, DType dtype = DType::float32);
  /// Numbers are not initialized: every element must be written before it is read.
  static Tensor uninitialized(DType dtype, const Shape& shape);
  /// Copies `values` in row-major order. Errors: ShapeError when the count does not fit.
  template <Element T>
  static Tensor from(const std::vector<T>& values, const Shape& shape);
  template <Element T>
  static Tensor from(const std::vector<T>& values) {
    return from(values, Shape{static_cast<std::int64_t>(values.size())});
  }
  /// Texts of shape (n,): `Tensor::strings({"good", "bad"})`. Other shapes: from() or reshape().
  static Tensor strings(const std::vector<std::string>& values);

  DType dtype() const { return dtype_; }
  const Shape& shape() const { return shape_; }
  int rank() const { return shape_.rank(); }
  std::int64_t size() const { return size_; }
  std::int64_t byte_size() const { return size_ * item_size(dtype_); }
  /// The size of the first axis. Errors: ShapeError for a scalar.
  std::int64_t length() const { return shape_.dim(0); }
  /// Whether there is any element.
  explicit operator bool() const { return size_ > 0; }

  /// The elements in row-major order. Errors: TypeError when T is not the element type.
  template <Element T>
  std::span<const T> data() const {
    require_dtype(dtype_of<T>);
    return {reinterpret_cast<const T*>(raw()), static_cast<std::size_t>(size_)};
  }
  /// The same for writing; takes its own copy of a shared buffer first.
  template <Element T>
  std::span<T> mutable_data() {
    require_dtype(dtype_of<T>);
    return {reinterpret_cast<T*>(mutable_raw()), static_cast<std::size_t>(size_)};
  }
  /// The bytes; of a string tensor nothing to copy.
  const std::byte* raw() const { return buffer_.get() + offset_; }
  std::byte* mutable_raw();

  /// Element `i` of the first axis, as a view.
  Tensor operator[](std::int64_t i) const;
  /// Rows [begin, end) of the first axis, as a view.
  Tensor slice(std::int64_t begin, std::int64_t end) const;
  /// The same elements under another shape; one axis may be None. Shares the buffer.
  Tensor reshape(const Shape& shape) const;
  /// The elements converted one by one with convert_element. Errors: TypeError between numbers and
  /// strings.
  Tensor astype(DType dtype) const;
  /// A copy that shares nothing.
  Tensor clone() const;

  /// One element converted to T, a number of any type or std::string: the only one, or the one at
  /// the row-major position.
  template <class T = double>
  T item(std::int64_t position = 0) const;

  /// NumPy-like text, long axes shortened.
  std::string to_string() const;

 private:
  template <class T>
  static auto scalar_element(T value) {
    if constexpr (std::is_same_v<T, bool>) {
      return value;
    } else if constexpr (std::is_floating_point_v<T>) {
      return static_cast<float>(value);
    } else if constexpr (sizeof(T) <= sizeof(std::int32_t)) {
      return static_cast<std::int32_t>(value);
    } else {
      return static_cast<std::int64_t>(value);
    }
  }
  template <class T>
  static Tensor scalar(T value) {
    using E = decltype(scalar_element(value));
    Tensor out = uninitialized(dtype_of<E>, Shape());
    out.mutable_data<E>()[0] = scalar_element(value);
    return out;
  }
  void require_dtype(DType wanted) const;
  void require_position(std::int64_t position) const;

  DType dtype_ = DType::float32;
  Shape shape_ = {0};
  std::int64_t size_ = 0;
  std::size_t offset_ = 0;
  std::shared_ptr<std::byte[]> buffer_;
};

/// Whether type, shape and every bit (of strings: every byte) agree.
bool identical(const Tensor& a, const Tensor& b);

/// Storage for `bytes` bytes, aligned to 64, zeroed if asked; at least 64 bytes.
std::shared_ptr<std::byte[]> allocate_aligned(std::size_t bytes, bool zeroed);

template <Element T>
Tensor Tensor::from(const std::vector<T>& values, const Shape& shape) {
  Tensor out = Tensor::uninitialized(dtype_of<T>, Shape{static_cast<std::int64_t>(values.size())});
  const std::span<T> data = out.mutable_data<T>();
  for (std::size_t i = 0; i < values.size(); ++i) data[i] = values[i];
  return out.reshape(shape);
}

}  // namespace antler
