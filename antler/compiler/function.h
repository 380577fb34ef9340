#pragma once

#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "antler/compiler/computation.h"
#include "antler/core/callable.h"
#include "antler/core/tensor.h"
#include "antler/graph/value.h"

namespace antler {

class Program;

namespace detail {

template <class F, std::size_t>
using AsValue = const Value&;

// Whether F takes exactly N values.
template <class F, class Indices>
struct TakesValues;
template <class F, std::size_t... I>
struct TakesValues<F, std::index_sequence<I...>>
    : std::bool_constant<std::is_invocable_v<F&, AsValue<F, I>...>> {};

std::vector<Value> as_values(Value value);
std::vector<Value> as_values(std::vector<Value> values);
template <class A, class B>
std::vector<Value> as_values(std::pair<A, B> values) {
  return {std::move(values.first), std::move(values.second)};
}

// Calls f with as many values as it takes: a list, or 0 to 8 of them.
template <class F, std::size_t N = 0>
std::vector<Value> call_with_values(F& f, const std::vector<Value>& values) {
  if constexpr (std::is_invocable_v<F&, const std::vector<Value>&>) {
    return as_values(f(values));
  } else if constexpr (TakesValues<F, std::make_index_sequence<N>>::value) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return as_values(f(values.at(I)...));
    }(std::make_index_sequence<N>());
  } else {
    static_assert(N < 8, "a Function's body takes up to 8 Values, or one vector of them");
    return call_with_values<F, N + 1>(f, values);
  }
}

}  // namespace detail

/// A user's function of Values as compiled programs, one for each set of shapes and types it is
/// called with (the last 16 are kept).
///
///   Function f([](const Value& x, const Value& y) { return ops::sum(x * y); });
///   Tensor z = f(a, b);
///
/// The body returns a Value, a pair or a vector of Values; it is traced once a set of shapes.
/// Variables in it are read at each call.
///
/// Shapes   any; each new set of shapes and types compiles another program.
/// Errors   what the body's ops report; StateError for operator() when there is not one result;
///          ShapeError for results of other specs in run().
/// Threads  calls may come from several threads at once; building takes a lock, running none.
/// Source   none in Keras; as jax.jit.
class Function {
 public:
  using Body = Callable<std::vector<Value>(const std::vector<Value>&)>;

  template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, Function>)
  explicit Function(F body, const ProgramOptions& options = {})
      : Function(Traced{[body = std::move(body)](const std::vector<Value>& values) mutable {
                   return detail::call_with_values(body, values);
                 }},
                 options) {}

  /// The only result.
  template <class... T>
    requires(std::is_convertible_v<const T&, Tensor> && ...)
  Tensor operator()(const T&... arguments) const {
    return only(call({Tensor(arguments)...}));
  }
  /// All results.
  std::vector<Tensor> call(const std::vector<Tensor>& arguments) const;
  /// The same into tensors of the right specs; allocates nothing once the program exists.
  void run(std::span<const Tensor> arguments, std::span<Tensor> results) const;

  /// The program for arguments of these specs, made if need be.
  std::shared_ptr<const Program> program(std::span<const TensorSpec> arguments) const;

 private:
  struct Traced {
    Body body;
  };
  Function(Traced traced, const ProgramOptions& options);
  static Tensor only(std::vector<Tensor> results);

  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace antler
