#pragma once

#include <string_view>

namespace antler::testing {

/// An op that is not checked for one order of derivatives (1 stands for both), and why.
struct Excuse {
  std::string_view op;
  int order;
  std::string_view reason;
};

inline constexpr Excuse kExcused[] = {
    {"equal", 1, "its result is bool"},
    {"not_equal", 1, "its result is bool"},
    {"less", 1, "its result is bool"},
    {"less_equal", 1, "its result is bool"},
    {"greater", 1, "its result is bool"},
    {"greater_equal", 1, "its result is bool"},
    {"isfinite", 1, "its result is bool"},
    {"isnan", 1, "its result is bool"},
    {"logical_and", 1, "it takes and gives bool"},
    {"logical_or", 1, "it takes and gives bool"},
    {"logical_not", 1, "it takes and gives bool"},
    {"argmax", 1, "its result is an integer"},
    {"argmin", 1, "its result is an integer"},
    {"check_index", 1, "its result is an integer"},
    {"argsort", 1, "its result is an integer"},
    {"one_hot", 1, "it takes integers"},
    {"random", 1, "it takes integers"},
    {"stop_gradient", 1, "it is there to differ from the derivative"},
};

}  // namespace antler::testing
