#include <cmath>

#include "antler/ops/check_index.h"
#include "antler/ops/gather.h"
#include "antler/ops/gather_along.h"
#include "antler/ops/one_hot.h"
#include "antler/ops/sort.h"
#include "tests/ops/sample.h"

namespace antler::testing {

using namespace antler::ops;

namespace {

constexpr DType kInt = DType::int32;
constexpr const char* kIndex = "an index in [-";

}  // namespace

template <>
std::vector<Sample> samples<Gather>() {
  const Tensor x = values({1, 2, 3, 4, 5, 6}, {3, 2});
  return {{.op = Gather{0},
           .inputs = {x, values({2, 0, -1}, kInt)},
           .expect = {values({5, 6, 1, 2, 5, 6}, {3, 2})}},
          {.op = Gather{1},
           .inputs = {x, values({1}, {}, DType::int64)},
           .expect = {values({2, 4, 6})}},
          {.op = Gather{-1},
           .inputs = {x, values({1, 0, 1, -2}, {2, 2}, kInt)},
           .expect = {values({2, 1, 2, 1, 4, 3, 4, 3, 6, 5, 6, 5}, {3, 2, 2})},
           .orders = 0},
          {.op = Gather{1}, .inputs = {normal({2, 4, 3}), integers({5}, -4, 4)}},
          {.op = Gather{0}, .inputs = {normal({4}), integers({2, 3}, 0, 4, 1, DType::uint8)}},
          {.op = Gather{0}, .inputs = {normal({4, 2}), integers({0}, 0, 4)}, .orders = 0},
          {.op = Gather{0}, .inputs = {normal({53, 301}), integers({211}, -53, 53)}, .orders = 0},
          {.op = Gather{0}, .inputs = {booleans({4}), values({3, 3}, kInt)}},
          {.op = Gather{0}, .inputs = {x, values({0, 3}, kInt)}, .error = kIndex},
          {.op = Gather{0}, .inputs = {x, values({-4}, kInt)}, .error = kIndex},
          {.op = Gather{0},
           .inputs = {x, values({0, 1})},
           .error = "gather: expected indices of an integer type, got float32"},
          {.op = Gather{2},
           .inputs = {x, values({0}, kInt)},
           .error = "gather: expected axis in [-2, 2), got 2"}};
}

template <>
std::vector<Sample> samples<ScatterAdd>() {
  return {{.op = ScatterAdd{0, 3},
           .inputs = {values({2, 0, -1}, kInt), values({1, 2, 3, 4, 5, 6}, {3, 2})},
           .expect = {values({3, 4, 0, 0, 6, 8}, {3, 2})}},
          {.op = ScatterAdd{1, 4},
           .inputs = {values({1}, {}, DType::int64), values({7, 8})},
           .expect = {values({0, 7, 0, 0, 0, 8, 0, 0}, {2, 4})}},
          {.op = ScatterAdd{-1, 3}, .inputs = {integers({2, 2}, -3, 3), normal({3, 2, 2})}},
          {.op = ScatterAdd{1, 4}, .inputs = {integers({5}, -4, 4), normal({2, 5, 3})}},
          {.op = ScatterAdd{0, 2},
           .inputs = {integers({0}, 0, 2), normal({0, 2})},
           .expect = {values({0, 0, 0, 0}, {2, 2})},
           .orders = 0},
          {.op = ScatterAdd{0, 53},
           .inputs = {integers({211}, -53, 53), normal({211, 301})},
           .orders = 0},
          {.op = ScatterAdd{0, 2},
           .inputs = {values({0, 0}, kInt), values({3, 4}, DType::int64)},
           .expect = {values({7, 0}, DType::int64)}},
          {.op = ScatterAdd{0, 2}, .inputs = {values({2}, kInt), normal({1})}, .error = kIndex},
          {.op = ScatterAdd{0, 2},
           .inputs = {values({0, 1}, kInt), normal({3})},
           .error = "scatter_add: expected values with axes (2,) from axis 0 on"},
          {.op = ScatterAdd{0, 2},
           .inputs = {values({0, 1}, kInt), booleans({2})},
           .error = "scatter_add: expected values other than bool"}};
}

template <>
std::vector<Sample> samples<GatherAlong>() {
  const Tensor x = values({1, 2, 3, 4, 5, 6}, {2, 3});
  return {{.op = GatherAlong{1},
           .inputs = {x, values({2, -3, 0, 0}, {2, 2}, kInt)},
           .expect = {values({3, 1, 4, 4}, {2, 2})}},
          {.op = GatherAlong{0},
           .inputs = {x, values({1, 0, 1}, {1, 3}, DType::int64)},
           .expect = {values({4, 2, 6}, {1, 3})}},
          {.op = GatherAlong{-2}, .inputs = {normal({2, 4, 3}), integers({2, 5, 3}, -4, 4)}},
          {.op = GatherAlong{0}, .inputs = {normal({4}), integers({0}, 0, 4)}, .orders = 0},
          {.op = GatherAlong{1},
           .inputs = {normal({303, 101}), integers({303, 1}, 0, 101)},
           .orders = 0},
          {.op = GatherAlong{1}, .inputs = {x, values({0, 3}, {2, 1}, kInt)}, .error = kIndex},
          {.op = GatherAlong{1},
           .inputs = {x, values({0, 0}, kInt)},
           .error = "gather_along: expected indices that differ from (2, 3) along axis 1 only"},
          {.op = GatherAlong{1},
           .inputs = {x, values({0, 0, 0}, {3, 1}, kInt)},
           .error = "gather_along: expected indices that differ from (2, 3) along axis 1 only"}};
}

template <>
std::vector<Sample> samples<ScatterAlong>() {
  return {{.op = ScatterAlong{1, 3},
           .inputs = {values({2, -3, 0, 0}, {2, 2}, kInt), values({1, 2, 3, 4}, {2, 2})},
           .expect = {values({2, 0, 1, 7, 0, 0}, {2, 3})}},
          {.op = ScatterAlong{-2, 4}, .inputs = {integers({2, 5, 3}, -4, 4), normal({2, 5, 3})}},
          {.op = ScatterAlong{0, 2},
           .inputs = {integers({0}, 0, 4), normal({0})},
           .expect = {values({0, 0})},
           .orders = 0},
          {.op = ScatterAlong{1, 101},
           .inputs = {integers({303, 7}, 0, 101), normal({303, 7})},
           .orders = 0},
          {.op = ScatterAlong{0, 2}, .inputs = {values({2}, kInt), normal({1})}, .error = kIndex},
          {.op = ScatterAlong{0, 2},
           .inputs = {values({0, 1}, kInt), normal({3})},
           .error = "scatter_along: expected values of the indices' shape (2,), got (3,)"},
          {.op = ScatterAlong{0, 2},
           .inputs = {values({0, 1}, kInt), booleans({2})},
           .error = "scatter_along: expected values other than bool"}};
}

template <>
std::vector<Sample> samples<CheckIndex>() {
  return {{.op = CheckIndex{.size = 3},
           .inputs = {values({0, 2, 1}, kInt)},
           .expect = {values({0, 2, 1}, kInt)}},
          {.op = CheckIndex{.size = 3, .from_end = true},
           .inputs = {values({0, -1, -3, 2}, DType::int64)},
           .expect = {values({0, 2, 0, 2}, DType::int64)}},
          {.op = CheckIndex{.size = 2}, .inputs = {integers({301, 403}, 0, 2, 1, DType::uint8)}},
          {.op = CheckIndex{.size = 3}, .inputs = {integers({0}, 0, 3)}},
          {.op = CheckIndex{.size = 3},
           .inputs = {values({0, 3}, kInt)},
           .error = "a class in [0, "},
          {.op = CheckIndex{.size = 3},
           .inputs = {values({-1}, kInt)},
           .error = "a class in [0, "},
          {.op = CheckIndex{.size = 3, .from_end = true},
           .inputs = {values({-4}, kInt)},
           .error = kIndex},
          {.op = CheckIndex{.size = 3},
           .inputs = {values({1})},
           .error = "check_index: expected indices of an integer type, got float32"}};
}

template <>
std::vector<Sample> samples<OneHot>() {
  return {{.op = OneHot{3},
           .inputs = {values({2, 0}, kInt)},
           .expect = {values({0, 0, 1, 1, 0, 0}, {2, 3})}},
          {.op = OneHot{2, DType::boolean},
           .inputs = {values({1}, {}, DType::int64)},
           .expect = {values({0, 1}, DType::boolean)}},
          {.op = OneHot{2},
           .inputs = {values({-1, 2}, kInt)},
           .expect = {values({0, 0, 0, 0}, {2, 2})}},
          {.op = OneHot{17, DType::int32}, .inputs = {integers({301, 23}, 0, 17)}},
          {.op = OneHot{3}, .inputs = {integers({0}, 0, 3, 1, DType::uint8)}},
          {.op = OneHot{0},
           .inputs = {values({0}, kInt)},
           .error = "one_hot: expected at least 1 class, got 0"},
          {.op = OneHot{3},
           .inputs = {values({0})},
           .error = "one_hot: expected indices of an integer type, got float32"}};
}

template <>
std::vector<Sample> samples<Sort>() {
  return {
      {.op = Sort{}, .inputs = {values({3, 1, 2})}, .expect = {values({1, 2, 3})}},
      {.op = Sort{0},
       .inputs = {values({3, 1, 2, 5, 1, 0}, {3, 2})},
       .expect = {values({1, 0, 2, 1, 3, 5}, {3, 2})},
       .orders = 0},
      {.op = Sort{},
       .inputs = {values({NAN, 2, -INFINITY, INFINITY})},
       .expect = {values({-INFINITY, 2, INFINITY, NAN})},
       .orders = 0},
      {.op = Sort{1}, .inputs = {distinct({2, 4, 3})}},
      {.op = Sort{}, .inputs = {normal({0})}, .orders = 0},
      {.op = Sort{}, .inputs = {distinct({37, 301})}, .orders = 0},
      {.op = Sort{},
       .inputs = {values({3, -1, 2}, DType::int64)},
       .expect = {values({-1, 2, 3}, DType::int64)}},
      {.op = Sort{1}, .inputs = {normal({3})}, .error = "sort: expected axis in [-1, 1), got 1"}};
}

template <>
std::vector<Sample> samples<Argsort>() {
  return {{.op = Argsort{}, .inputs = {values({3, 1, 2})}, .expect = {values({1, 2, 0}, kInt)}},
          // Equal elements keep their order.
          {.op = Argsort{},
           .inputs = {values({1, 0, 1, 0, 1})},
           .expect = {values({1, 3, 0, 2, 4}, kInt)}},
          {.op = Argsort{}, .inputs = {values({NAN, 2, NAN})}, .expect = {values({1, 0, 2}, kInt)}},
          {.op = Argsort{0}, .inputs = {distinct({4, 3})}},
          {.op = Argsort{}, .inputs = {integers({37, 301}, 0, 5)}},
          {.op = Argsort{}, .inputs = {booleans({7})}},
          {.op = Argsort{1},
           .inputs = {normal({3})},
           .error = "argsort: expected axis in [-1, 1), got 1"}};
}

template <>
std::vector<Sample> samples<TopK>() {
  return {{.op = TopK{2},
           .inputs = {values({1, 4, 3, 9, 8, 7}, {2, 3})},
           .expect = {values({4, 3, 9, 8}, {2, 2}), values({1, 2, 0, 1}, {2, 2}, kInt)}},
          // Of equal ones the first comes first.
          {.op = TopK{3},
           .inputs = {values({2, 5, 5, 2})},
           .expect = {values({5, 5, 2}), values({1, 2, 0}, kInt)},
           .orders = 0},
          {.op = TopK{2},
           .inputs = {values({1, NAN, INFINITY})},
           .expect = {values({NAN, INFINITY}), values({1, 2}, kInt)},
           .orders = 0},
          {.op = TopK{5}, .inputs = {distinct({5})}},
          {.op = TopK{2}, .inputs = {distinct({2, 3, 4})}},
          {.op = TopK{7}, .inputs = {distinct({37, 301})}, .orders = 0},
          {.op = TopK{1},
           .inputs = {values({3, 7}, DType::int64)},
           .expect = {values({7}, DType::int64), values({1}, kInt)}},
          {.op = TopK{4}, .inputs = {normal({3})}, .error = "top_k: expected k in [1, 3], got 4"},
          {.op = TopK{0}, .inputs = {normal({3})}, .error = "top_k: expected k in [1, 3], got 0"},
          {.op = TopK{1}, .inputs = {normal({})}, .error = "top_k: expected rank 1 or more"}};
}

}  // namespace antler::testing
