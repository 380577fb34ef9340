#pragma once

#include <memory>
#include <string_view>
#include <type_traits>

#include "antler/core/config.h"
#include "antler/core/dtype.h"
#include "antler/core/shape.h"

// The members of an op, reached through one list of their names: `T::fields`, in the order of
// declaration. Equality and printing both come from it; a name too few or too many is an error of
// the compiler at the structured binding below. Why so: docs/design/0015.
namespace antler {

struct Graph;
template <class Signature>
class Callable;

/// What a field shows of itself: a number, a text, a list; null when it has nothing to show. An
/// enum or struct of an op's own has its overload beside it, or its own list of fields.
template <class V>
  requires std::is_constructible_v<Config, const V&>
Config field_value(const V& value) {
  return Config(value);
}
Config field_value(DType dtype);
Config field_value(const Shape& shape);                        // None is null
Config field_value(const std::shared_ptr<const Graph>& body);  // "3 ops"
template <class Signature>
Config field_value(const Callable<Signature>&) {
  return {};
}
template <class Result, class... Arguments>
Config field_value(Result (*)(Arguments...)) {
  return {};
}

namespace detail {

// Bit by bit: -0.0 is another constant than 0.0, and a NaN the same as itself.
bool is_same_field(double a, double b);
inline bool is_same_field(const char* a, const char* b) { return std::string_view(a) == b; }
template <class V>
bool is_same_field(const V& a, const V& b);

/// f(members ...).
template <class T, class F>
auto with_fields(const T& object, const F& f) {
  if constexpr (!requires { T::fields; }) {
    static_assert(std::is_empty_v<T>,
                  "an op names its members, in their order: static constexpr const char* fields[]");
    return f();
  } else {
    // One name for each member: else the binding of that many is what the compiler refuses.
    constexpr auto kCount = sizeof(T::fields) / sizeof(T::fields[0]);
    static_assert(kCount <= 6, "add a line below for an op of more members");
    if constexpr (kCount == 1) {
      const auto& [a] = object;
      return f(a);
    } else if constexpr (kCount == 2) {
      const auto& [a, b] = object;
      return f(a, b);
    } else if constexpr (kCount == 3) {
      const auto& [a, b, c] = object;
      return f(a, b, c);
    } else if constexpr (kCount == 4) {
      const auto& [a, b, c, d] = object;
      return f(a, b, c, d);
    } else if constexpr (kCount == 5) {
      const auto& [a, b, c, d, e] = object;
      return f(a, b, c, d, e);
    } else {
      const auto& [a, b, c, d, e, g] = object;
      return f(a, b, c, d, e, g);
    }
  }
}

template <class T>
bool has_same_fields(const T& x, const T& y) {
  return with_fields(x, [&](const auto&... a) {
    return with_fields(y, [&](const auto&... b) { return (is_same_field(a, b) && ...); });
  });
}

template <class V>
bool is_same_field(const V& a, const V& b) {
  if constexpr (requires { V::fields; }) {
    return has_same_fields(a, b);
  } else {
    return a == b;
  }
}

template <class T>
Config fields_of(const T& object);

template <class V>
Config shown_field(const V& value) {
  if constexpr (requires { V::fields; }) {
    return fields_of(value);
  } else {
    return field_value(value);
  }
}

/// A map of the fields that have something to show.
template <class T>
Config fields_of(const T& object) {
  Config shown = Config::map();
  if constexpr (requires { T::fields; }) {
    const char* const* name = T::fields;
    const auto show = [&](const auto& member) {
      Config value = shown_field(member);
      if (!value.is_null()) shown.set(*name, std::move(value));
      ++name;
    };
    with_fields(object, [&](const auto&... member) { (show(member), ...); });
  }
  return shown;
}

}  // namespace detail
}  // namespace antler
