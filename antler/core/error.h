#pragma once

#include <stdexcept>
#include <string>

namespace antler {

/// What Antler throws for a user's mistake. Texts read
/// `<layer or op> (<Class>): expected <what>, got <what came>; <likely fix>`.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Shapes that do not fit an op, a layer or a model.
class ShapeError : public Error {
 public:
  using Error::Error;
};

/// An argument outside its domain: an unknown name, a negative rate, a label out of range.
class ValueError : public Error {
 public:
  using Error::Error;
};

/// An element type that an op or a layer does not take.
class TypeError : public Error {
 public:
  using Error::Error;
};

/// A call at the wrong time: fit before compile, weights of a layer that is not built.
class StateError : public Error {
 public:
  using Error::Error;
};

/// A file that is missing, truncated, malformed, or cannot be written.
class FileError : public Error {
 public:
  using Error::Error;
};

namespace detail {
/// Throws the Error that is being handled anew, as its own class, with `prefix` in front.
[[noreturn]] void rethrow_with_prefix(const std::string& prefix);
}  // namespace detail

/// Runs `body`; an Error that it throws gets `prefix` in front of its text and keeps its class.
template <class F>
decltype(auto) with_error_prefix(const std::string& prefix, F&& body) {
  try {
    return body();
  } catch (const Error&) {
    detail::rethrow_with_prefix(prefix);
  }
}

}  // namespace antler
