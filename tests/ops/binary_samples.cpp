#include <cmath>

#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/division.h"
#include "antler/ops/extrema.h"
#include "antler/ops/logical.h"
#include "antler/ops/power.h"
#include "antler/ops/where.h"
#include "tests/ops/elementwise_rows.h"

namespace antler::testing {
namespace {

using namespace antler::ops;

constexpr double kInf = INFINITY;
constexpr double kNaN = NAN;
constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();

Tensor any_sign(const Shape& shape) { return normal(shape, 3); }
Tensor above_zero(const Shape& shape) { return positive(shape, 4); }
// Two of these differ by 0.05 at least, at every pair of elements.
Tensor off_kinks(const Shape& shape) { return distinct(shape, 5); }
Tensor between_those(const Shape& shape) {
  Tensor shifted = distinct(shape, 6);
  for (double& x : shifted.mutable_data<double>()) x += 0.05;
  return shifted;
}
// Elements that are often equal.
Tensor few_values(const Shape& shape) { return integers(shape, 0, 3, 7, DType::float64); }
Tensor few_other_values(const Shape& shape) { return integers(shape, 0, 3, 8, DType::float64); }

template <class T>
Sample row(const Tensor& a, const Tensor& b, const Tensor& y) {
  return {.op = T{}, .inputs = {a, b}, .expect = {y}, .orders = 0};
}

template <class T>
std::vector<Sample> comparison(std::initializer_list<double> expected) {
  const Tensor a = values({1, 2, 3, kInf, kNaN, kNaN, -0.0});
  const Tensor b = values({2, 2, 2, kInf, kNaN, 1, 0});
  const Tensor y = values(expected, DType::boolean);
  const Tensor whole = values({1, 2, 3});
  const Tensor twos = values({2, 2, 2});
  const Tensor first_three = y.slice(0, 3);
  return joined(
      binary_rows(T{}, few_values, few_other_values),
      {row<T>(a, b, y), row<T>(whole.astype(DType::int32), twos.astype(DType::int32), first_three),
       row<T>(whole.astype(DType::uint8), twos.astype(DType::uint8), first_three)});
}

}  // namespace

template <>
std::vector<Sample> samples<Add>() {
  return joined(binary_rows(Add{}, any_sign, off_kinks),
                {row<Add>(values({1, kInf}), values({2, -kInf}), values({3, kNaN})),
                 row<Add>(Tensor(kLowest), Tensor(kLowest), Tensor(std::int64_t{0})),
                 row<Add>(values({200}, DType::uint8), values({100}, DType::uint8),
                          values({44}, DType::uint8)),
                 row<Add>(values({0, 0, 1}, DType::boolean), values({0, 1, 1}, DType::boolean),
                          values({0, 1, 1}, DType::boolean))});
}

template <>
std::vector<Sample> samples<Subtract>() {
  return joined(binary_rows(Subtract{}, any_sign, off_kinks),
                {row<Subtract>(values({1, kInf}), values({2, kInf}), values({-1, kNaN})),
                 row<Subtract>(values({5}, DType::int32), values({7}, DType::int32),
                               values({-2}, DType::int32)),
                 row<Subtract>(values({1}, DType::uint8), values({2}, DType::uint8),
                               values({255}, DType::uint8))});
}

template <>
std::vector<Sample> samples<Multiply>() {
  return joined(binary_rows(Multiply{}, any_sign, off_kinks),
                {row<Multiply>(values({3, 0}), values({-2, kInf}), values({-6, kNaN})),
                 row<Multiply>(values({1 << 20}, DType::int32), values({1 << 20}, DType::int32),
                               values({0}, DType::int32)),
                 row<Multiply>(values({1, 1}, DType::boolean), values({1, 0}, DType::boolean),
                               values({1, 0}, DType::boolean))});
}

template <>
std::vector<Sample> samples<Divide>() {
  return joined(binary_rows(Divide{}, any_sign, above_zero),
                {row<Divide>(values({1, 1, -1, 0}), values({3, 0, 0, 0}),
                             values({1.0 / 3, kInf, -kInf, kNaN}))});
}

template <>
std::vector<Sample> samples<FloorDivide>() {
  return joined(binary_rows(FloorDivide{}, any_sign, above_zero),
                {row<FloorDivide>(values({7, -7, 7, -7, 1}), values({2, 2, -2, -2, 0}),
                                  values({3, -4, -4, 3, kInf})),
                 row<FloorDivide>(values({7, -7, 7, -7, 5}, DType::int32),
                                  values({2, 2, -2, -2, 0}, DType::int32),
                                  values({3, -4, -4, 3, -1}, DType::int32)),
                 row<FloorDivide>(Tensor(kLowest), Tensor(std::int64_t{-1}), Tensor(kLowest))});
}

template <>
std::vector<Sample> samples<Mod>() {
  return joined(
      binary_rows(Mod{}, any_sign, above_zero),
      {row<Mod>(values({7, -7, 7, -7}), values({4, 4, -4, -4}), values({3, 1, -1, -3})),
       row<Mod>(values({7, -7, 7, -7, 5}, DType::int32), values({4, 4, -4, -4, 0}, DType::int32),
                values({3, 1, -1, -3, 5}, DType::int32)),
       row<Mod>(Tensor(kLowest), Tensor(std::int64_t{-1}), Tensor(std::int64_t{0}))});
}

template <>
std::vector<Sample> samples<Power>() {
  return joined(binary_rows(Power{}, above_zero, any_sign),
                {row<Power>(values({2, -2, 0, 0, 4, -1}), values({3, 3, 0, -1, 0.5, 0.5}),
                            values({8, -8, 1, kInf, 2, kNaN})),
                 row<Power>(values({3, -2, 2, 1, -1, 0}, DType::int32),
                            values({4, 5, -1, -3, -3, 0}, DType::int32),
                            values({81, -32, 0, 1, -1, 1}, DType::int32))});
}

template <>
std::vector<Sample> samples<Maximum>() {
  return joined(binary_rows(Maximum{}, off_kinks, between_those),
                {row<Maximum>(values({1, 5, kNaN, 1, -kInf}), values({2, 2, 1, kNaN, 0}),
                              values({2, 5, kNaN, kNaN, 0})),
                 row<Maximum>(values({-3, 4}, DType::int32), values({0, 0}, DType::int32),
                              values({0, 4}, DType::int32))});
}

template <>
std::vector<Sample> samples<Minimum>() {
  return joined(binary_rows(Minimum{}, off_kinks, between_those),
                {row<Minimum>(values({1, 5, kNaN, 1, -kInf}), values({2, 2, 1, kNaN, 0}),
                              values({1, 2, kNaN, kNaN, -kInf})),
                 row<Minimum>(values({-3, 4}, DType::int32), values({0, 0}, DType::int32),
                              values({-3, 0}, DType::int32))});
}

template <>
std::vector<Sample> samples<Equal>() {
  return comparison<Equal>({0, 1, 0, 1, 0, 0, 1});
}
template <>
std::vector<Sample> samples<NotEqual>() {
  return comparison<NotEqual>({1, 0, 1, 0, 1, 1, 0});
}
template <>
std::vector<Sample> samples<Less>() {
  return comparison<Less>({1, 0, 0, 0, 0, 0, 0});
}
template <>
std::vector<Sample> samples<LessEqual>() {
  return comparison<LessEqual>({1, 1, 0, 1, 0, 0, 1});
}
template <>
std::vector<Sample> samples<Greater>() {
  return comparison<Greater>({0, 0, 1, 0, 0, 0, 0});
}
template <>
std::vector<Sample> samples<GreaterEqual>() {
  return comparison<GreaterEqual>({0, 1, 1, 1, 0, 0, 1});
}

namespace {

template <class T>
std::vector<Sample> logical(std::initializer_list<double> expected) {
  const Tensor a = values({0, 0, 1, 1}, DType::boolean);
  const Tensor b = values({0, 1, 0, 1}, DType::boolean);
  const std::string name(T::name);
  return {row<T>(a, b, values(expected, DType::boolean)),
          {.op = T{}, .inputs = {booleans({3, 1, 17}, 1), booleans({5, 1}, 2)}},
          {.op = T{}, .inputs = {booleans({300, 401}, 1), booleans({401}, 2)}},
          {.op = T{},
           .inputs = {a, booleans({3})},
           .error = name + ": expected shapes that broadcast, got (4,) and (3,)"},
          {.op = T{},
           .inputs = {a, integers({4}, 0, 2)},
           .error = name + ": expected bool, got int32; convert with ops::cast"}};
}

}  // namespace

template <>
std::vector<Sample> samples<LogicalAnd>() {
  return logical<LogicalAnd>({0, 0, 0, 1});
}
template <>
std::vector<Sample> samples<LogicalOr>() {
  return logical<LogicalOr>({0, 1, 1, 1});
}

template <>
std::vector<Sample> samples<LogicalNot>() {
  return {{.op = LogicalNot{},
           .inputs = {values({0, 1}, DType::boolean)},
           .expect = {values({1, 0}, DType::boolean)}},
          {.op = LogicalNot{}, .inputs = {booleans({3, 40001})}},
          {.op = LogicalNot{},
           .inputs = {normal({3})},
           .error = "logical_not: expected bool, got float"}};
}

template <>
std::vector<Sample> samples<Where>() {
  const Tensor some = booleans({2, 7});
  return {{.op = Where{}, .inputs = {some, normal({2, 7}, 1), normal({2, 7}, 2)}},
          {.op = Where{}, .inputs = {booleans({3, 1}), normal({2, 1, 4}), normal({}, 2)}},
          {.op = Where{}, .inputs = {booleans({}), normal({5}), normal({2, 1}, 2)}},
          {.op = Where{}, .inputs = {booleans({0}), normal({}), normal({1})}},
          {.op = Where{},
           .inputs = {booleans({300, 401}), normal({300, 401}), normal({401}, 2)},
           .orders = 0},
          {.op = Where{},
           .inputs = {values({1, 0}, DType::boolean), values({1, kNaN}), values({kInf, 2})},
           .expect = {values({1, 2})},
           .orders = 0},
          {.op = Where{},
           .inputs = {values({1, 0}, DType::boolean), values({1, 2}, DType::uint8),
                      values({3, 4}, DType::uint8)},
           .expect = {values({1, 4}, DType::uint8)}},
          {.op = Where{},
           .inputs = {normal({2}), normal({2}), normal({2})},
           .error = "where: expected a bool condition, got float"},
          {.op = Where{},
           .inputs = {booleans({2}), integers({2}, 0, 3), normal({2})},
           .error = "where: expected operands of one type, got int32 and float"},
          {.op = Where{},
           .inputs = {booleans({2}), normal({3}), normal({3})},
           .error = "where: expected shapes that broadcast, got (2,) and (3,)"}};
}

}  // namespace antler::testing
