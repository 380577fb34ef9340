#include "antler/ops/matmul.h"
#include "tests/ops/sample.h"

namespace antler::testing {

using ops::Matmul;

// Sizes that no vector width divides, each of one row, column or product too, and enough for
// several threads.
template <>
std::vector<Sample> samples<Matmul>() {
  const Tensor a = values({1, 2, 3, 4, 5, 6}, {2, 3});
  const Tensor b = values({1, -1, 0, 2, 3, 1}, {3, 2});
  const Tensor a_transposed = values({1, 4, 2, 5, 3, 6}, {3, 2});
  const Tensor b_transposed = values({1, 0, 3, -1, 2, 1}, {2, 3});
  const Tensor ab = values({10, 6, 22, 12}, {2, 2});
  // 257 terms of either sign add up to some 165 in size: 1e-4 is ten roundings of that.
  constexpr double kLong = 1e-4;
  return {{.op = Matmul{}, .inputs = {a, b}, .expect = {ab}},
          {.op = Matmul{true, false}, .inputs = {a_transposed, b}, .expect = {ab}},
          {.op = Matmul{false, true}, .inputs = {a, b_transposed}, .expect = {ab}},
          {.op = Matmul{true, true}, .inputs = {a_transposed, b_transposed}, .expect = {ab}},
          {.op = Matmul{}, .inputs = {normal({1, 1}), normal({1, 1}, 2)}},
          {.op = Matmul{}, .inputs = {normal({1, 17}), normal({17, 1}, 2)}},
          {.op = Matmul{}, .inputs = {normal({17, 1}), normal({1, 17}, 2)}, .orders = 1},
          {.op = Matmul{}, .inputs = {normal({2, 3, 4}), normal({2, 4, 5}, 2)}},
          {.op = Matmul{}, .inputs = {normal({2, 1, 3, 4}), normal({5, 4, 2}, 2)}, .orders = 1},
          {.op = Matmul{true, false}, .inputs = {normal({2, 4, 3}), normal({4, 2}, 2)}},
          {.op = Matmul{false, true}, .inputs = {normal({3, 4}), normal({2, 1, 5, 4}, 2)}},
          {.op = Matmul{true, true}, .inputs = {normal({2, 4, 3}), normal({1, 2, 4}, 2)}},
          {.op = Matmul{}, .inputs = {normal({0, 3}), normal({3, 2}, 2)}, .orders = 0},
          {.op = Matmul{},
           .inputs = {normal({2, 0}), normal({0, 2}, 2)},
           .expect = {values({0, 0, 0, 0}, {2, 2})},
           .orders = 0},
          {.op = Matmul{},
           .inputs = {normal({33, 47}), normal({47, 29}, 2)},
           .tolerance = kLong,
           .orders = 0},
          {.op = Matmul{},
           .inputs = {normal({131, 257}), normal({257, 65}, 2)},
           .tolerance = kLong,
           .orders = 0},
          {.op = Matmul{true, false},
           .inputs = {normal({257, 131}), normal({257, 65}, 2)},
           .tolerance = kLong,
           .orders = 0},
          {.op = Matmul{false, true},
           .inputs = {normal({131, 257}), normal({65, 257}, 2)},
           .tolerance = kLong,
           .orders = 0},
          {.op = Matmul{},
           .inputs = {values({1, 2, 3, 4}, {2, 2}, DType::int32),
                      values({5, 6, 7, 8}, {2, 2}, DType::int32)},
           .expect = {values({19, 22, 43, 50}, {2, 2}, DType::int32)}},
          {.op = Matmul{},
           .inputs = {normal({2, 3}), normal({2, 3}, 2)},
           .error = "matmul: expected inner sizes that are equal, got (2, 3) and (2, 3)"},
          {.op = Matmul{true, false},
           .inputs = {normal({2, 3}), normal({3, 2}, 2)},
           .error = "got (2, 3) transposed and (3, 2)"},
          {.op = Matmul{},
           .inputs = {normal({3}), normal({3, 2}, 2)},
           .error = "matmul: expected operands of rank 2 or more, got (3,) and (3, 2)"},
          {.op = Matmul{},
           .inputs = {normal({2, 3, 4}), normal({3, 4, 5}, 2)},
           .error = "matmul: expected shapes that broadcast, got (2,) and (3,)"},
          {.op = Matmul{},
           .inputs = {booleans({2, 2}), booleans({2, 2})},
           .error = "matmul: expected operands of one type other than bool"}};
}

}  // namespace antler::testing
