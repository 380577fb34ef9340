#pragma once

#include <initializer_list>
#include <type_traits>
#include <vector>

#include "antler/core/config.h"
#include "antler/core/tensor.h"

namespace antler {

/// An argument that Keras takes as a number or as nested lists of them: a number, a list, or a
/// Tensor; empty by default. Numbers keep double precision.
class ArrayArg {
 public:
  ArrayArg() = default;
  template <class T>
    requires std::is_arithmetic_v<T>
  ArrayArg(T number)
      : values_(Tensor::full(Shape(), static_cast<double>(number), DType::float64)) {}
  ArrayArg(std::initializer_list<double> numbers);
  ArrayArg(const std::vector<double>& numbers);
  ArrayArg(const Tensor& values) : values_(values.astype(DType::float64)) {}

  explicit operator bool() const { return static_cast<bool>(values_); }
  bool is_number() const { return values_.rank() == 0; }
  const Shape& shape() const { return values_.shape(); }
  /// float64.
  const Tensor& values() const { return values_; }

 private:
  Tensor values_;
};

/// A number, nested lists, or null when empty.
Config to_config(const ArrayArg& array);
/// Also Keras' form of a NumPy array, {"class_name": "__numpy__", ...}.
/// Errors  ValueError for lists of unequal lengths, TypeError for what is no number.
void from_config(const Config& config, ArrayArg& array);

}  // namespace antler
