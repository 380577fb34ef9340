#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/gather.h"
#include "antler/ops/matmul.h"
#include "antler/ops/scan.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/sum.h"
#include "antler/ops/trigonometric.h"
#include "antler/ops/where.h"
#include "tests/ops/sample.h"

namespace antler::testing {

using ops::Scan;

namespace {

using Values = std::vector<Value>;
using Inputs = std::span<const Value>;

Scan loop(int carried, int sequences, Scan::Build build, bool reverse = false) {
  return {
      .carried = carried, .sequences = sequences, .reverse = reverse, .build = std::move(build)};
}

// (total, x) -> total + x, stacked as well.
Values running_sum(Inputs in) {
  const Value total = in[0] + in[1];
  return {total, total};
}

// (h, x, W, U, b): a plain recurrent layer whose products are all in the loop.
Values recurrent(Inputs in) {
  const Value h = ops::tanh(ops::matmul(in[1], in[2]) + ops::matmul(in[0], in[3]) + in[4]);
  return {h, h};
}

// (h, c, x, U, w): two carried values, a gate, an invariant used element by element, and stacks of
// a value before and of one after the step.
Values gated(Inputs in) {
  const Value gate = ops::sigmoid(in[2] + ops::matmul(in[0], in[3]));
  const Value c = gate * in[1] + in[4] * in[2];
  return {gate * ops::tanh(c), c, in[0], gate, c};
}

// (h, x, keep, U): steps that keep what was.
Values masked(Inputs in) {
  const Value next = ops::tanh(in[1] + ops::matmul(in[0], in[3]));
  const Value h = ops::where(in[2], next, in[0]);
  return {h, h, next};
}

// (a, b, x): values change places; the first is not changed otherwise.
Values swapped(Inputs in) { return {in[1], in[0] * in[2], in[0]}; }

// A loop in a loop: the inner one runs along the rows of each slice.
Values nested(Inputs in) {
  const Values inner = apply_all(loop(1, 1,
                                      [](Inputs i) {
                                        const Value h = ops::tanh(i[0] * i[2] + i[1]);
                                        return Values{h, h};
                                      }),
                                 {in[0], in[1], in[2]});
  return {inner[0], inner[1]};
}

}  // namespace

template <>
std::vector<Sample> samples<Scan>() {
  const Tensor h = normal({2, 3});
  const Tensor x = normal({4, 2, 3}, 2);
  const Tensor u = normal({3, 3}, 3);
  Scan power{.carried = 1, .length = 3, .build = [](Inputs in) {
               return Values{ops::tanh(ops::matmul(in[1], in[0]))};
             }};
  Scan endless = power;
  endless.length = None;
  return {
      {.op = loop(1, 1, running_sum),
       .inputs = {values({10}, Shape()), values({1, 2, 3})},
       .expect = {values({16}, Shape()), values({11, 13, 16})}},
      {.op = loop(1, 1, running_sum, true),
       .inputs = {values({10}, Shape()), values({1, 2, 3})},
       .expect = {values({16}, Shape()), values({16, 15, 13})}},
      {.op = loop(1, 1, running_sum),
       .inputs = {values({1, 2}, {2}, DType::int32), values({1, 2, 3, 4}, {2, 2}, DType::int32)},
       .expect = {values({5, 8}, {2}, DType::int32), values({2, 4, 5, 8}, {2, 2}, DType::int32)}},
      {.op = loop(1, 1, recurrent),
       .inputs = {h, normal({4, 2, 5}, 5), normal({5, 3}, 6), u, normal({3}, 7)}},
      {.op = loop(1, 1, recurrent, true),
       .inputs = {h, normal({3, 2, 2}, 5), normal({2, 3}, 6), u, normal({3}, 7)}},
      {.op = loop(2, 1, gated), .inputs = {h, normal({2, 3}, 4), x, u, normal({2, 3}, 5)}},
      {.op = loop(2, 1, gated),
       .inputs = {normal({1, 17}), normal({1, 17}, 2), normal({1, 1, 17}, 3), normal({17, 17}, 4),
                  normal({17}, 5)},
       .orders = 1},
      {.op = loop(1, 2, masked), .inputs = {h, x, booleans({4, 2, 1}), u}},
      {.op = loop(1, 2, masked, true), .inputs = {h, x, booleans({4, 2, 1}, 5), u}},
      {.op = loop(2, 1, swapped), .inputs = {h, normal({2, 3}, 4), x}},
      {.op = loop(1, 1, nested), .inputs = {normal({3}), normal({2, 4, 3}, 2), normal({3}, 3)}},
      // No carried value, no sequence, no step.
      {.op = loop(0, 1,
                  [](Inputs in) {
                    return Values{ops::tanh(in[0] * in[1]), in[0]};
                  }),
       .inputs = {x, normal({3}, 4)}},
      {.op = power, .inputs = {normal({3, 2}), u}},
      {.op = loop(1, 1, recurrent),
       .inputs = {h, normal({0, 2, 5}, 5), normal({5, 3}, 6), u, normal({3}, 7)},
       .expect = {h},
       .orders = 1},
      // Rows that the cpu's kernels share among threads.
      {.op = loop(1, 1, recurrent),
       .inputs = {normal({300, 65}), normal({2, 300, 33}, 5), normal({33, 65}, 6),
                  normal({65, 65}, 3), normal({65}, 7)},
       .tolerance = 1e-5,
       .orders = 0},
      {.op = loop(1, 2, running_sum),
       .inputs = {values({0}, Shape()), values({1, 2, 3}), values({1, 2})},
       .error = "scan: expected sequences of one length, got 3 and 2"},
      {.op = loop(1, 1, [](Inputs in) { return Values{in[0] + in[1]}; }),
       .inputs = {values({0}, Shape()), x},
       .error = "scan: expected carried value 0 to stay float32 (), got float32 (2, 3)"},
      {.op = loop(2, 1, running_sum),
       .inputs = {values({0}, Shape())},
       .error = "scan: expected at least 3 inputs, got 1"},
      {.op = loop(0, 1, running_sum),
       .inputs = {values({0}, Shape())},
       .error = "scan: expected sequences with a first axis to step along, got ()"},
      {.op = loop(3, 0, [](Inputs in) { return Values{in[0]}; }),
       .inputs = {h, h, h},
       .error = "scan: expected a sequence or a length, got neither"},
      {.op = endless,
       .inputs = {normal({3, 2}), u},
       .error = "scan: expected a sequence or a length, got neither"},
      // What fails within is reported under its own name.
      {.op = loop(0, 1, [](Inputs in) { return Values{ops::take(in[1], in[0], 0)}; }),
       .inputs = {values({0, 1, 7}, {3}, DType::int32), normal({3, 2})},
       .error = "gather in scan: expected an index in [-3, 3), got 7"}};
}

}  // namespace antler::testing
