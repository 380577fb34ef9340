#pragma once

#include <string>

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// What kernels report of an index or a class out of range.
inline constexpr const char* kExpectedIndex = "an index";
inline constexpr const char* kExpectedClass = "a class";
inline constexpr const char* kExpectedToken = "a token";

/// Indices as they are, after a look at each: one outside [0, size) fails the run. With `from_end`
/// the range is [-size, size), and negative ones are made to count from the start.
///
/// Types   integers.  Errors  TypeError; the run's "a class in [0, classes)" (or what `expected`
///         says) or, with `from_end`, "an index in [-n, n)".
struct CheckIndex {
  std::int64_t size = 0;
  bool from_end = false;
  const char* expected = kExpectedClass;
  std::int64_t row_size = 1;  // elements a row: the report names the row
  std::string owner = {};     // whose name opens the error; empty: the op's
  static constexpr std::string_view name = "check_index";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"size", "from_end", "expected", "row_size", "owner"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  /// None flows through integers.
  std::vector<Value> gradient(const GradientContext& context) const;
};

namespace detail {

/// Errors: TypeError when `indices` are not integers.
void require_indices(std::string_view op, const TensorSpec& indices);

}  // namespace detail
}  // namespace antler::ops
