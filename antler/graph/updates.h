#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "antler/graph/variable.h"

namespace antler {

/// A variable and the value it has after the program.
struct Assignment {
  Variable variable;
  Value value;
};

/// The changes that a computation makes to variables, in the order they were first made. The graph
/// itself has no side effects: a program returns the new values and stores them at its end.
class Updates {
 public:
  /// `variable` gets `value`; a second assignment replaces the first. Errors: ShapeError,
  /// TypeError when the value's spec is not the variable's.
  void assign(const Variable& variable, const Value& value);
  /// The latest value: what was assigned, else the variable itself.
  Value value(const Variable& variable) const;

  const std::vector<Assignment>& assignments() const { return assignments_; }

 private:
  std::vector<Assignment> assignments_;
  // Sorted by variable: where each is in assignments_.
  std::vector<std::pair<const void*, std::size_t>> index_;
};

}  // namespace antler
