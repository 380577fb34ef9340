#pragma once

#include <span>
#include <string>
#include <vector>

#include "antler/graph/rewrite.h"

namespace antler {

/// What values are called; formulas stop at them.
using ValueNames = ValueTable<std::string>;

/// The formula of a value over the values that have names, as one writes it on paper (see
/// Expression): the gradient of w^2 is "2*w". An op without a sign of its own is a function with
/// its fields: "sum(x, axes=[0], keepdims=true)". Inputs and variables show the names that they
/// were made with; casts between floats are left out, and so is a `where` that only keeps a
/// derivative defined at one point.
std::string formula_of(const Value& value, const ValueNames& names = {});

/// The value's own op alone, on its inputs: "w*x" for values named w and x. `names` has all inputs
/// but constants and leaves.
std::string step_formula(const Value& value, const ValueNames& names);

/// "name = text".
struct Formula {
  std::string name;
  std::string text;
};

/// The formulas of several values, each under its name: first those of long parts that are used
/// more than once, as t1, t2, ..., then those of the values.
std::vector<Formula> formulas_of(std::span<const Value> values,
                                 const std::vector<std::string>& names_of_values,
                                 const ValueNames& names);

}  // namespace antler
