#include "antler/ops/concatenate.h"
#include "antler/ops/pad.h"
#include "antler/ops/reverse.h"
#include "antler/ops/slice.h"
#include "antler/ops/transpose.h"
#include "tests/ops/sample.h"

namespace antler::testing {

using namespace antler::ops;

namespace {

constexpr std::int64_t kEnd = Slice::kEnd;

}  // namespace

template <>
std::vector<Sample> samples<Transpose>() {
  return {{.op = Transpose{{1, 0}},
           .inputs = {values({1, 2, 3, 4, 5, 6}, {2, 3})},
           .expect = {values({1, 4, 2, 5, 3, 6}, {3, 2})}},
          {.op = Transpose{{}}, .inputs = {normal({})}},
          {.op = Transpose{{0}}, .inputs = {normal({5})}},
          {.op = Transpose{{2, 0, 1}}, .inputs = {normal({2, 3, 4})}},
          {.op = Transpose{{0, 2, 1}}, .inputs = {normal({2, 3, 4})}},
          {.op = Transpose{{3, 1, 0, 2}}, .inputs = {normal({2, 1, 3, 2})}},
          {.op = Transpose{{1, 0}}, .inputs = {normal({0, 3})}},
          {.op = Transpose{{1, 0}}, .inputs = {normal({173, 211})}, .orders = 0},
          {.op = Transpose{{0, 3, 1, 2}}, .inputs = {normal({3, 17, 19, 5})}, .orders = 0},
          {.op = Transpose{{1, 0}},
           .inputs = {values({1, 2, 3, 4}, {2, 2}, DType::uint8)},
           .expect = {values({1, 3, 2, 4}, {2, 2}, DType::uint8)}},
          {.op = Transpose{{0, 0}},
           .inputs = {normal({2, 3})},
           .error = "transpose: expected each of the 2 axes once, got [0, 0]"},
          {.op = Transpose{{0}},
           .inputs = {normal({2, 3})},
           .error = "transpose: expected each of the 2 axes once, got [0]"}};
}

template <>
std::vector<Sample> samples<Concatenate>() {
  return {{.op = Concatenate{0},
           .inputs = {values({1, 2}), values({3}), values({4, 5, 6})},
           .expect = {values({1, 2, 3, 4, 5, 6})}},
          {.op = Concatenate{1},
           .inputs = {values({1, 2, 5, 6}, {2, 2}), values({3, 7}, {2, 1})},
           .expect = {values({1, 2, 3, 5, 6, 7}, {2, 3})}},
          {.op = Concatenate{-2}, .inputs = {normal({2, 1, 3}), normal({2, 2, 3}, 2)}},
          {.op = Concatenate{0}, .inputs = {normal({0, 3}), normal({2, 3}, 2)}},
          {.op = Concatenate{1}, .inputs = {normal({3, 2})}},
          {.op = Concatenate{1}, .inputs = {normal({201, 101}), normal({201, 57}, 2)}, .orders = 0},
          {.op = Concatenate{0}, .inputs = {booleans({3}), booleans({2}, 2)}},
          {.op = Concatenate{0}, .inputs = {}, .error = "concatenate: expected at least one value"},
          {.op = Concatenate{0},
           .inputs = {normal({2, 3}), normal({2, 4}, 2)},
           .error = "concatenate: expected shapes that are equal but for axis 0, got (2, 3) and "
                    "(2, 4)"},
          {.op = Concatenate{0},
           .inputs = {normal({2, 3}), normal({3}, 2)},
           .error = "concatenate: expected shapes that are equal but for axis 0"},
          {.op = Concatenate{0},
           .inputs = {normal({2}), integers({2}, 0, 5)},
           .error = "concatenate: expected values of one type"},
          {.op = Concatenate{2}, .inputs = {normal({2, 3})}, .error = "expected axis in [-2, 2)"}};
}

template <>
std::vector<Sample> samples<Slice>() {
  const Tensor ten = values({0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  const auto part = [&](std::int64_t start, std::int64_t stop, std::int64_t step,
                        const Tensor& expect) {
    return Sample{
        .op = Slice{{start}, {stop}, {step}}, .inputs = {ten}, .expect = {expect}, .orders = 2};
  };
  return {part(2, 5, 1, values({2, 3, 4})),
          part(-3, kEnd, 1, values({7, 8, 9})),
          part(1, -1, 3, values({1, 4, 7})),
          part(0, kEnd, 4, values({0, 4, 8})),
          {.op = Slice{{8}, {100}, {1}},
           .inputs = {ten},
           .expect = {values({8, 9})},
           .infers_unknown = false},
          {.op = Slice{{5}, {2}, {1}}, .inputs = {ten}, .orders = 1},
          {.op = Slice{{0}, {kEnd}, {1}}, .inputs = {normal({0})}, .orders = 0},
          {.op = Slice{{}, {}, {}}, .inputs = {normal({})}},
          {.op = Slice{{1, 0, 2}, {3, kEnd, 4}, {1, 2, 1}}, .inputs = {normal({4, 3, 5})}},
          {.op = Slice{{3, 0}, {190, kEnd}, {1, 1}}, .inputs = {normal({201, 157})}, .orders = 0},
          {.op = Slice{{3, 1}, {190, kEnd}, {2, 3}}, .inputs = {normal({201, 157})}, .orders = 0},
          {.op = Slice{{1}, {3}, {1}},
           .inputs = {values({7, 8, 9}, DType::int64)},
           .expect = {values({8, 9}, DType::int64)}},
          {.op = Slice{{0}, {1}, {1}},
           .inputs = {normal({2, 2})},
           .error = "slice: expected a start, a stop and a step for each axis of (2, 2)"},
          {.op = Slice{{0}, {1}, {0}},
           .inputs = {ten},
           .error = "slice: expected steps of at least 1, got 0"}};
}

template <>
std::vector<Sample> samples<Pad>() {
  return {{.op = Pad{{1}, {2}, {0}, -1},
           .inputs = {values({5, 6})},
           .expect = {values({-1, 5, 6, -1, -1})}},
          {.op = Pad{{1}, {0}, {2}, 0},
           .inputs = {values({5, 6, 7})},
           .expect = {values({0, 5, 0, 0, 6, 0, 0, 7})}},
          {.op = Pad{{0, 1}, {1, 0}, {0, 0}, 0},
           .inputs = {values({1, 2, 3, 4}, {2, 2})},
           .expect = {values({0, 1, 2, 0, 3, 4, 0, 0, 0}, {3, 3})}},
          {.op = Pad{{2}, {1}, {3}, 4},
           .inputs = {normal({0})},
           .expect = {values({4, 4, 4})},
           .orders = 0},
          {.op = Pad{{}, {}, {}, 0}, .inputs = {normal({})}},
          {.op = Pad{{1, 0, 2}, {0, 1, 1}, {1, 0, 2}, 0.5}, .inputs = {normal({2, 3, 2})}},
          {.op = Pad{{1, 2}, {3, 4}, {0, 0}, 0}, .inputs = {normal({201, 157})}, .orders = 0},
          {.op = Pad{{1}, {1}, {0}, 1},
           .inputs = {values({0}, DType::boolean)},
           .expect = {values({1, 0, 1}, DType::boolean)}},
          {.op = Pad{{1}, {1}, {0}, 0},
           .inputs = {normal({2, 2})},
           .error = "pad: expected a width for each axis of (2, 2), got 1"},
          {.op = Pad{{-1}, {1}, {0}, 0},
           .inputs = {normal({2})},
           .error = "pad: expected widths of at least 0, got (-1, 1) for axis 0"}};
}

template <>
std::vector<Sample> samples<Reverse>() {
  return {
      {.op = Reverse{{0}}, .inputs = {values({1, 2, 3})}, .expect = {values({3, 2, 1})}},
      {.op = Reverse{{1}},
       .inputs = {values({1, 2, 3, 4, 5, 6}, {2, 3})},
       .expect = {values({3, 2, 1, 6, 5, 4}, {2, 3})}},
      {.op = Reverse{{0, 2}}, .inputs = {normal({2, 3, 4})}},
      {.op = Reverse{{}}, .inputs = {normal({2, 3})}},
      {.op = Reverse{{0}}, .inputs = {normal({0, 3})}},
      {.op = Reverse{{0, 1}}, .inputs = {normal({201, 157})}, .orders = 0},
      {.op = Reverse{{0}},
       .inputs = {values({1, 2, 3}, DType::int32)},
       .expect = {values({3, 2, 1}, DType::int32)}},
      {.op = Reverse{{1}}, .inputs = {normal({3})}, .error = "expected axis in [-1, 1), got 1"}};
}

}  // namespace antler::testing
