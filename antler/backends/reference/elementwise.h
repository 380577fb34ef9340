#pragma once

#include <cstdint>
#include <type_traits>
#include <vector>

#include "antler/backends/kernel.h"
#include "antler/core/convert_element.h"
#include "antler/core/dtype.h"
#include "antler/core/visit_dtype.h"

namespace antler::reference {

/// The position of an operand's element for each output element under broadcasting.
class Broadcast {
 public:
  Broadcast(const Shape& operand, const Shape& output);

  std::int64_t position(std::int64_t output_element) const;

 private:
  std::vector<std::int64_t> sizes_;    // of the output
  std::vector<std::int64_t> strides_;  // of the operand; 0 where it is stretched
};

/// Element functions see integers and bool as int64: one width, so that they are written once.
template <class T>
using Wide = std::conditional_t<std::is_floating_point_v<T>, T, std::int64_t>;

/// Integers wrap around: `f` sees them as unsigned, where that is defined.
template <class T, class F>
T wrapping(T a, T b, F f) {
  if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(f(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b)));
  } else {
    return f(a, b);
  }
}

/// An int64 result narrows modulo 2^n, as unsigned arithmetic does.
template <class To, class From>
To narrow(From value) {
  if constexpr (std::is_same_v<From, std::int64_t> && !std::is_same_v<To, bool>) {
    return static_cast<To>(value);
  } else {
    return convert_element<To>(value);
  }
}

template <class T, class R, class F>
KernelPtr unary_of(const KernelSpecs& specs, F f) {
  const std::int64_t size = specs.outputs[0].shape.size();
  return make_kernel([size, f](const KernelArguments& arguments) {
    const T* x = arguments.input<T>(0);
    R* y = arguments.output<R>(0);
    for (std::int64_t i = 0; i < size; ++i) y[i] = narrow<R>(f(static_cast<Wide<T>>(x[i])));
  });
}

template <class T, class R, class F>
KernelPtr binary_of(const KernelSpecs& specs, F f) {
  const std::int64_t size = specs.outputs[0].shape.size();
  const Broadcast a_plan(specs.inputs[0].shape, specs.outputs[0].shape);
  const Broadcast b_plan(specs.inputs[1].shape, specs.outputs[0].shape);
  return make_kernel([size, a_plan, b_plan, f](const KernelArguments& arguments) {
    const T* a = arguments.input<T>(0);
    const T* b = arguments.input<T>(1);
    R* y = arguments.output<R>(0);
    for (std::int64_t i = 0; i < size; ++i) {
      y[i] = narrow<R>(f(static_cast<Wide<T>>(a[a_plan.position(i)]),
                         static_cast<Wide<T>>(b[b_plan.position(i)])));
    }
  });
}

/// y = f(x) for every element type.
template <class F>
KernelPtr unary(const KernelSpecs& specs, F f) {
  return visit_dtype(specs.inputs[0].dtype,
                     [&](auto zero) { return unary_of<decltype(zero), decltype(zero)>(specs, f); });
}

/// y = f(x) for float32 and float64, computed in double: the reference is the most exact of all.
template <class F>
KernelPtr floating_unary(const KernelSpecs& specs, F f) {
  const auto in_double = [f](auto x) { return f(static_cast<double>(x)); };
  return specs.inputs[0].dtype == DType::float64 ? unary_of<double, double>(specs, in_double)
                                                 : unary_of<float, float>(specs, in_double);
}

/// The same with a bool result.
template <class F>
KernelPtr predicate(const KernelSpecs& specs, F f) {
  return specs.inputs[0].dtype == DType::float64 ? unary_of<double, bool>(specs, f)
                                                 : unary_of<float, bool>(specs, f);
}

/// y = f(a, b) with broadcasting, for every element type.
template <class F>
KernelPtr binary(const KernelSpecs& specs, F f) {
  return visit_dtype(specs.inputs[0].dtype, [&](auto zero) {
    return binary_of<decltype(zero), decltype(zero)>(specs, f);
  });
}

/// y = f(a, b) for float32 and float64, computed in double.
template <class F>
KernelPtr floating_binary(const KernelSpecs& specs, F f) {
  const auto in_double = [f](auto a, auto b) {
    return f(static_cast<double>(a), static_cast<double>(b));
  };
  return specs.inputs[0].dtype == DType::float64 ? binary_of<double, double>(specs, in_double)
                                                 : binary_of<float, float>(specs, in_double);
}

/// The same with a bool result.
template <class F>
KernelPtr comparison(const KernelSpecs& specs, F f) {
  return visit_dtype(specs.inputs[0].dtype,
                     [&](auto zero) { return binary_of<decltype(zero), bool>(specs, f); });
}

}  // namespace antler::reference
