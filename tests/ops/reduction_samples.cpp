#include <cmath>

#include "antler/ops/arg_extrema.h"
#include "antler/ops/cumsum.h"
#include "antler/ops/log_softmax.h"
#include "antler/ops/max_min.h"
#include "antler/ops/prod.h"
#include "antler/ops/size_of.h"
#include "antler/ops/softmax.h"
#include "antler/ops/sum.h"
#include "tests/ops/elementwise_rows.h"

namespace antler::testing {
namespace {

using namespace antler::ops;

constexpr double kInf = INFINITY;
constexpr double kNaN = NAN;

// Sums of some hundred thousand float32, in other orders than the reference's.
constexpr double kLongSum = 1e-5;

template <class T>
std::vector<Sample> reduction(const MakeInput& make) {
  return {{.op = T{{1}}, .inputs = {make({3, 5})}},
          {.op = T{{0}}, .inputs = {make({3, 17})}},
          {.op = T{{0, 2}, true}, .inputs = {make({2, 3, 4})}},
          {.op = T{{1}, true}, .inputs = {make({2, 3, 4})}},
          {.op = T{{0, 1}}, .inputs = {make({4, 5})}},
          {.op = T{{}}, .inputs = {make({4})}},
          {.op = T{{}}, .inputs = {make({})}},
          {.op = T{{1}}, .inputs = {make({0, 3})}},
          {.op = T{{1}}, .inputs = {make({5, 1})}}};
}

template <class T>
std::vector<Sample> long_reduction(const MakeInput& make, double tolerance) {
  return {{.op = T{{1}}, .inputs = {make({301, 403})}, .tolerance = tolerance, .orders = 0},
          {.op = T{{0}}, .inputs = {make({301, 403})}, .tolerance = tolerance, .orders = 0},
          {.op = T{{0, 1}}, .inputs = {make({301, 403})}, .tolerance = tolerance, .orders = 0}};
}

Tensor any_sign(const Shape& shape) { return normal(shape); }
// Where terms cancel, an error relative to the sum says nothing about the order of summation.
Tensor one_sign(const Shape& shape) { return positive(shape); }
Tensor off_ties(const Shape& shape) { return distinct(shape); }
Tensor near_one(const Shape& shape) { return uniform(shape, 0.99, 1.01); }

template <class T>
Sample row(const T& op, const Tensor& x, const Tensor& y) {
  return {.op = op, .inputs = {x}, .expect = {y}, .orders = 0};
}

}  // namespace

template <>
std::vector<Sample> samples<Sum>() {
  return joined(joined(reduction<Sum>(any_sign), long_reduction<Sum>(one_sign, kLongSum)),
                {row(Sum{{0}}, values({1, 2, 3.5}), Tensor(6.5)),
                 row(Sum{{0}}, Tensor::zeros({0}, DType::float64), Tensor(0.0)),
                 row(Sum{{1}}, Tensor::zeros({2, 0}, DType::float64), values({0, 0})),
                 row(Sum{{0}}, values({1 << 30, 1 << 30}, DType::int32),
                     Tensor(std::numeric_limits<std::int32_t>::min())),
                 row(Sum{{0}}, values({kInf, -kInf}), Tensor(kNaN))});
}

template <>
std::vector<Sample> samples<Prod>() {
  return joined(joined(reduction<Prod>(any_sign), long_reduction<Prod>(near_one, kLongSum)),
                {row(Prod{{0}}, values({1, 2, 3.5}), Tensor(7.0)),
                 row(Prod{{0}}, Tensor::zeros({0}, DType::float64), Tensor(1.0)),
                 row(Prod{{0}}, values({3, -5}, DType::int64), Tensor(std::int64_t{-15})),
                 // Zeros in the data: none of it may be divided by.
                 {.op = Prod{{0}}, .inputs = {values({2, 0, 3})}},
                 {.op = Prod{{0}}, .inputs = {values({2, 0, 3, 0})}},
                 {.op = Prod{{1}}, .inputs = {values({0, 0, 0, 1, 0, -2}, {2, 3})}},
                 {.op = Prod{{0, 2}}, .inputs = {normal({3, 2, 3})}}});
}

template <>
std::vector<Sample> samples<Max>() {
  return joined(joined(reduction<Max>(off_ties), long_reduction<Max>(any_sign, 0)),
                {row(Max{{1}}, values({1, 3, -kInf, kNaN, 2, 3}, {2, 3}), values({3, kNaN})),
                 row(Max{{0}}, values({-3, -1}, DType::int32), Tensor(-1)),
                 row(Max{{0}}, values({0, 1, 0}, DType::boolean), Tensor(true)),
                 row(Max{{0}}, Tensor::zeros({0}, DType::boolean), Tensor(false)),
                 {.op = Max{{1}},
                  .inputs = {Tensor::zeros({2, 0}, DType::float64)},
                  .error = "max: expected at least one element along each axis, got (2, 0)"}});
}

template <>
std::vector<Sample> samples<Min>() {
  return joined(joined(reduction<Min>(off_ties), long_reduction<Min>(any_sign, 0)),
                {row(Min{{1}}, values({1, 3, -kInf, kNaN, 2, 3}, {2, 3}), values({-kInf, kNaN})),
                 row(Min{{0}}, values({3, 1}, DType::uint8), values({1}, {}, DType::uint8)),
                 row(Min{{0}}, values({1, 1, 0}, DType::boolean), Tensor(false)),
                 row(Min{{0}}, Tensor::zeros({0}, DType::boolean), Tensor(true)),
                 {.op = Min{{1}},
                  .inputs = {Tensor::zeros({2, 0}, DType::float64)},
                  .error = "min: expected at least one element along each axis, got (2, 0)"}});
}

template <>
std::vector<Sample> samples<SizeOf>() {
  return {{.op = SizeOf{{0, 2}, DType::float64},
           .inputs = {normal({2, 3, 4})},
           .expect = {Tensor(8.0)}},
          {.op = SizeOf{{}, DType::float32}, .inputs = {normal({})}, .expect = {Tensor(1.0)}},
          {.op = SizeOf{{0}, DType::float32}, .inputs = {normal({0, 3})}, .expect = {Tensor(0.0)}},
          {.op = SizeOf{{0}, DType::int32}, .inputs = {booleans({7})}, .expect = {Tensor(7)}},
          {.op = SizeOf{{2}, DType::float32},
           .inputs = {normal({2, 3})},
           .error = "size_of: expected axis in [-2, 2), got 2"}};
}

namespace {

template <class T>
std::vector<Sample> positions(std::initializer_list<double> expected) {
  const std::string name(T::name);
  const Tensor x = values({3, 1, 3, 1, kNaN, 9, -2, kNaN, 0, 0, 0, 0}, {3, 4});
  return {row(T{1}, x, values(expected, DType::int32)),
          {.op = T{-1, true}, .inputs = {distinct({2, 3, 5})}},
          {.op = T{0}, .inputs = {distinct({4, 5})}},
          {.op = T{1}, .inputs = {distinct({301, 403})}},
          {.op = T{0}, .inputs = {integers({9}, 0, 3)}},
          {.op = T{0}, .inputs = {booleans({9})}},
          {.op = T{1}, .inputs = {normal({0, 3})}},
          {.op = T{2}, .inputs = {normal({2, 3})}, .error = name + ": expected axis in [-2, 2)"},
          {.op = T{1},
           .inputs = {normal({2, 0})},
           .error = name + ": expected at least one element along axis 1, got (2, 0)"}};
}

}  // namespace

template <>
std::vector<Sample> samples<ArgMax>() {
  return positions<ArgMax>({0, 0, 0});
}
template <>
std::vector<Sample> samples<ArgMin>() {
  return positions<ArgMin>({1, 0, 0});
}

template <>
std::vector<Sample> samples<Cumsum>() {
  return {
      row(Cumsum{0}, values({1, 2, 3}), values({1, 3, 6})),
      row(Cumsum{0, true}, values({1, 2, 3}), values({6, 5, 3})),
      row(Cumsum{1}, values({1, 2, 3, 4}, {2, 2}, DType::int32),
          values({1, 3, 3, 7}, {2, 2}, DType::int32)),
      {.op = Cumsum{0}, .inputs = {normal({4, 5})}},
      {.op = Cumsum{-1, true}, .inputs = {normal({2, 3, 5})}},
      {.op = Cumsum{1}, .inputs = {normal({0, 3})}},
      {.op = Cumsum{1}, .inputs = {normal({301, 403})}, .tolerance = kLongSum, .orders = 0},
      {.op = Cumsum{2}, .inputs = {normal({2, 3})}, .error = "cumsum: expected axis in [-2, 2)"}};
}

template <>
std::vector<Sample> samples<Softmax>() {
  return {{.op = Softmax{}, .inputs = {normal({2, 17})}},
          {.op = Softmax{.axis = 0}, .inputs = {normal({3, 1, 4})}},
          {.op = Softmax{.axis = 1}, .inputs = {normal({2, 5, 3})}},
          {.op = Softmax{}, .inputs = {normal({301, 403})}, .orders = 0},
          {.op = Softmax{}, .inputs = {normal({12001, 10})}, .orders = 0},
          {.op = Softmax{}, .inputs = {normal({3, 0})}},
          {.op = Softmax{}, .inputs = {normal({0, 3})}},
          row(Softmax{}, values({1000, -1000, 0}), values({1, 0, 0})),
          row(Softmax{}, values({0, std::log(3.0)}), values({0.25, 0.75})),
          row(Softmax{}, values({0, -kInf, 0}), values({0.5, 0, 0.5})),
          row(Softmax{}, values({0, kNaN}), values({kNaN, kNaN})),
          {.op = Softmax{.axis = 1},
           .inputs = {normal({5})},
           .error = "softmax: expected axis in [-1, 1), got 1"},
          rejects_integers(Softmax{})};
}

template <>
std::vector<Sample> samples<LogSoftmax>() {
  return {{.op = LogSoftmax{}, .inputs = {normal({2, 17})}},
          {.op = LogSoftmax{.axis = 0}, .inputs = {normal({3, 1, 4})}},
          {.op = LogSoftmax{.axis = 1}, .inputs = {normal({2, 5, 3})}},
          {.op = LogSoftmax{}, .inputs = {normal({301, 403})}, .orders = 0},
          {.op = LogSoftmax{}, .inputs = {normal({3, 0})}},
          {.op = LogSoftmax{}, .inputs = {normal({0, 3})}},
          row(LogSoftmax{}, values({1000, -1000, 0}), values({0, -2000, -1000})),
          row(LogSoftmax{}, values({0, std::log(3.0)}), values({std::log(0.25), std::log(0.75)})),
          {.op = LogSoftmax{.axis = 1},
           .inputs = {normal({5})},
           .error = "log_softmax: expected axis in [-1, 1), got 1"},
          rejects_integers(LogSoftmax{})};
}

}  // namespace antler::testing
