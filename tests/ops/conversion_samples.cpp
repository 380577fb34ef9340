#include <cmath>

#include "antler/ops/broadcast_to.h"
#include "antler/ops/cast.h"
#include "antler/ops/reshape.h"
#include "tests/ops/sample.h"

namespace antler::testing {
namespace {

using namespace antler::ops;

constexpr double kInf = INFINITY;
constexpr double kNaN = NAN;

Sample conversion(const Tensor& x, const Tensor& y) {
  return {.op = Cast{y.dtype()}, .inputs = {x}, .expect = {y}};
}

}  // namespace

template <>
std::vector<Sample> samples<Cast>() {
  return {{.op = Cast{DType::float64}, .inputs = {normal({2, 17})}},
          {.op = Cast{DType::float32}, .inputs = {normal({3, 40001})}, .orders = 0},
          {.op = Cast{DType::float32}, .inputs = {integers({300, 401}, 0, 256, 1, DType::uint8)}},
          {.op = Cast{DType::boolean}, .inputs = {normal({0, 3})}},
          conversion(values({1.9, -1.9, 0, kNaN, kInf, -kInf, 1e10}),
                     values({1, -1, 0, 0, 2147483647, -2147483648.0, 2147483647}, DType::int32)),
          conversion(values({-1.5, 254.5, 256, kNaN}), values({0, 254, 255, 0}, DType::uint8)),
          conversion(values({0, -0.0, 0.5, kNaN}), values({0, 0, 1, 1}, DType::boolean)),
          conversion(values({300, -1}, DType::int32), values({44, 255}, DType::uint8)),
          conversion(values({0, 3}, DType::int64), values({0, 1}, DType::boolean)),
          conversion(values({0, 1}, DType::boolean), values({0, 1}, DType::int64)),
          conversion(values({7, 255}, DType::uint8), values({7, 255}, DType::float32))};
}

template <>
std::vector<Sample> samples<Reshape>() {
  return {{.op = Reshape{{3, 2}},
           .inputs = {values({1, 2, 3, 4, 5, 6}, {2, 3})},
           .expect = {values({1, 2, 3, 4, 5, 6}, {3, 2})}},
          {.op = Reshape{{None, 4}}, .inputs = {normal({2, 2, 3})}},
          {.op = Reshape{{}}, .inputs = {normal({1, 1})}},
          {.op = Reshape{{1}}, .inputs = {normal({})}},
          {.op = Reshape{{0, 5}}, .inputs = {normal({3, 0})}},
          {.op = Reshape{{6}}, .inputs = {booleans({2, 3})}},
          {.op = Reshape{{401, 300}}, .inputs = {normal({300, 401})}, .orders = 0},
          {.op = Reshape{{4, 2}},
           .inputs = {normal({2, 3})},
           .error = "reshape: expected a shape of 6 elements as (2, 3) has, got (4, 2)"},
          {.op = Reshape{{None, 4}},
           .inputs = {normal({2, 3})},
           .error = "reshape: expected a shape of 6 elements as (2, 3) has, got (None, 4)"},
          {.op = Reshape{{None, None}},
           .inputs = {normal({2, 3})},
           .error = "reshape: expected at most one None, got (None, None)"}};
}

template <>
std::vector<Sample> samples<BroadcastTo>() {
  return {{.op = BroadcastTo{{2, 3}},
           .inputs = {values({1, 2}, {2, 1})},
           .expect = {values({1, 1, 1, 2, 2, 2}, {2, 3})}},
          {.op = BroadcastTo{{4, 2, 3}}, .inputs = {normal({3})}},
          {.op = BroadcastTo{{2, 5, 3}}, .inputs = {normal({2, 1, 3})}},
          {.op = BroadcastTo{{2, 2}}, .inputs = {normal({})}},
          {.op = BroadcastTo{{0, 3}}, .inputs = {normal({3})}},
          {.op = BroadcastTo{{2, 3}}, .inputs = {booleans({3})}},
          {.op = BroadcastTo{{300, 401}}, .inputs = {normal({401})}, .orders = 0},
          {.op = BroadcastTo{{3}},
           .inputs = {normal({2, 1})},
           .error = "broadcast_to: expected a shape that stretches to (3,), got (2, 1)"},
          {.op = BroadcastTo{{4}},
           .inputs = {normal({3})},
           .error = "broadcast_to: expected shapes that broadcast, got (3,) and (4,)"}};
}

}  // namespace antler::testing
