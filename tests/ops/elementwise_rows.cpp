#include "tests/ops/elementwise_rows.h"

#include <string>

namespace antler::testing {

std::vector<Sample> unary_rows(const Op& op, const MakeInput& make) {
  return {{.op = op, .inputs = {make({2, 17})}},
          {.op = op, .inputs = {make({})}},
          {.op = op, .inputs = {make({0, 3})}},
          {.op = op, .inputs = {make({3, 40001})}, .orders = 0}};
}

std::vector<Sample> binary_rows(const Op& op, const MakeInput& first, const MakeInput& second) {
  return {
      {.op = op, .inputs = {first({2, 7}), second({2, 7})}},
      {.op = op, .inputs = {first({2, 3, 4}), second({4})}},
      {.op = op, .inputs = {first({3, 1}), second({2, 1, 5})}},
      {.op = op, .inputs = {first({}), second({5})}},
      {.op = op, .inputs = {first({5}), second({})}},
      {.op = op, .inputs = {first({0, 3}), second({3})}},
      {.op = op, .inputs = {first({300, 401}), second({401})}, .orders = 0},
      {.op = op, .inputs = {first({300, 401}), second({300, 1})}, .orders = 0},
      {.op = op, .inputs = {first({300, 401}), second({300, 401})}, .orders = 0},
      {.op = op,
       .inputs = {first({2, 3}), second({2})},
       .error = std::string(op.name()) + ": expected shapes that broadcast, got (2, 3) and (2,)"},
      {.op = op,
       .inputs = {integers({2}, 0, 5), integers({2}, 0, 5, 1, DType::int64)},
       .error = std::string(op.name()) +
                ": expected operands of one type, got int32 and int64; convert with ops::cast"},
      {.op = op, .inputs = {first({2})}, .error = "expected 2 inputs, got 1"}};
}

Sample rejects_integers(const Op& op) {
  return {.op = op,
          .inputs = {integers({3}, 0, 5)},
          .error = std::string(op.name()) +
                   ": expected float32 or float64, got int32; convert with ops::cast"};
}

std::vector<Sample> joined(std::vector<Sample> rows, const std::vector<Sample>& more) {
  rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

}  // namespace antler::testing
