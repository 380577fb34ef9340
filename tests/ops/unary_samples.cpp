#include <cmath>

#include "antler/ops/arithmetic.h"
#include "antler/ops/erf.h"
#include "antler/ops/exponential.h"
#include "antler/ops/finite.h"
#include "antler/ops/relu.h"
#include "antler/ops/roots.h"
#include "antler/ops/rounding.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/softplus.h"
#include "antler/ops/stop_gradient.h"
#include "antler/ops/trigonometric.h"
#include "tests/ops/elementwise_rows.h"

// Expected numbers are those of a table of functions, not of a run.
namespace antler::testing {
namespace {

using namespace antler::ops;

constexpr double kInf = INFINITY;
constexpr double kNaN = NAN;
constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();

Tensor any_sign(const Shape& shape) { return normal(shape); }
Tensor above_zero(const Shape& shape) { return positive(shape); }
Tensor off_kinks(const Shape& shape) { return distinct(shape); }

template <class T>
std::vector<Sample> floating_op(const MakeInput& make, std::initializer_list<double> x,
                                std::initializer_list<double> y) {
  return joined(unary_rows(T{}, make),
                {{.op = T{}, .inputs = {values(x)}, .expect = {values(y)}, .orders = 0},
                 rejects_integers(T{})});
}

template <class T>
Sample row(const Tensor& x, const Tensor& y) {
  return {.op = T{}, .inputs = {x}, .expect = {y}, .orders = 0};
}

}  // namespace

template <>
std::vector<Sample> samples<Negative>() {
  return joined(unary_rows(Negative{}, any_sign),
                {row<Negative>(values({0, -0.0, kInf}), values({-0.0, 0, -kInf})),
                 row<Negative>(values({1, -7}, DType::int32), values({-1, 7}, DType::int32)),
                 row<Negative>(values({1, 0}, DType::uint8), values({255, 0}, DType::uint8)),
                 row<Negative>(Tensor(kLowest), Tensor(kLowest))});
}

template <>
std::vector<Sample> samples<Exp>() {
  return floating_op<Exp>(
      any_sign, {0, 1, -1, 5, kInf, -kInf, kNaN, 1000, -1000},
      {1, 2.718281828459045, 0.36787944117144233, 148.4131591025766, kInf, 0, kNaN, kInf, 0});
}

template <>
std::vector<Sample> samples<Expm1>() {
  return joined(
      floating_op<Expm1>(any_sign, {0, 1, -1, 0x1p-40, kInf, -kInf, kNaN},
                         {0, 1.718281828459045, -0.6321205588285577, 0x1p-40, kInf, -1, kNaN}),
      // Tiny on its own, so that the tolerance is relative to it.
      {row<Expm1>(values({0x1p-40}), values({0x1p-40}))});
}

template <>
std::vector<Sample> samples<Log>() {
  return floating_op<Log>(above_zero, {1, 10, 0.125, 0, -1, kInf, kNaN},
                          {0, 2.302585092994046, -2.0794415416798357, -kInf, kNaN, kInf, kNaN});
}

template <>
std::vector<Sample> samples<Log1p>() {
  return joined(
      floating_op<Log1p>(above_zero, {0, 1, -0.5, -1, -2, kInf, kNaN},
                         {0, 0.6931471805599453, -0.6931471805599453, -kInf, kNaN, kInf, kNaN}),
      {row<Log1p>(values({0x1p-40}), values({0x1p-40}))});
}

template <>
std::vector<Sample> samples<Sqrt>() {
  return floating_op<Sqrt>(above_zero, {0, 2, 6.25, -1, kInf, kNaN},
                           {0, 1.4142135623730951, 2.5, kNaN, kInf, kNaN});
}

template <>
std::vector<Sample> samples<Rsqrt>() {
  return floating_op<Rsqrt>(above_zero, {0, 2, 6.25, -1, kInf, kNaN},
                            {kInf, 0.7071067811865476, 0.4, kNaN, 0, kNaN});
}

template <>
std::vector<Sample> samples<Sin>() {
  return floating_op<Sin>(
      any_sign, {0, 1, -0.5, 100, kInf, kNaN},
      {0, 0.8414709848078965, -0.479425538604203, -0.5063656411097588, kNaN, kNaN});
}

template <>
std::vector<Sample> samples<Cos>() {
  return floating_op<Cos>(
      any_sign, {0, 1, -0.5, 100, kInf, kNaN},
      {1, 0.5403023058681398, 0.8775825618903728, 0.8623188722876839, kNaN, kNaN});
}

template <>
std::vector<Sample> samples<Tanh>() {
  return floating_op<Tanh>(any_sign, {0, 0.5, -2, 50, kInf, -kInf, kNaN},
                           {0, 0.46211715726000973, -0.9640275800758169, 1, 1, -1, kNaN});
}

template <>
std::vector<Sample> samples<Sigmoid>() {
  return floating_op<Sigmoid>(any_sign, {0, 2, -2, 1000, -1000, kInf, -kInf, kNaN},
                              {0.5, 0.8807970779778823, 0.11920292202211755, 1, 0, 1, 0, kNaN});
}

template <>
std::vector<Sample> samples<Softplus>() {
  return floating_op<Softplus>(
      any_sign, {0, 2, -2, 1000, -1000, kInf, -kInf, kNaN},
      {0.6931471805599453, 2.1269280110429727, 0.1269280110429726, 1000, 0, kInf, 0, kNaN});
}

template <>
std::vector<Sample> samples<Erf>() {
  return floating_op<Erf>(
      any_sign, {0, 0.5, -1, 3, kInf, -kInf, kNaN},
      {0, 0.5204998778130465, -0.8427007929497149, 0.9999779095030014, 1, -1, kNaN});
}

template <>
std::vector<Sample> samples<Relu>() {
  return joined(unary_rows(Relu{}, off_kinks),
                {row<Relu>(values({-1, 0, 2, kInf, -kInf, kNaN}), values({0, 0, 2, kInf, 0, kNaN})),
                 row<Relu>(values({-3, 4}, DType::int32), values({0, 4}, DType::int32))});
}

template <>
std::vector<Sample> samples<Abs>() {
  return joined(unary_rows(Abs{}, off_kinks),
                {row<Abs>(values({-1.5, 0, 2, -kInf, kNaN}), values({1.5, 0, 2, kInf, kNaN})),
                 row<Abs>(values({-3, 4}, DType::int32), values({3, 4}, DType::int32)),
                 row<Abs>(values({200}, DType::uint8), values({200}, DType::uint8))});
}

template <>
std::vector<Sample> samples<Sign>() {
  return joined(unary_rows(Sign{}, off_kinks),
                {row<Sign>(values({-1.5, 0, 2, -kInf, kNaN}), values({-1, 0, 1, -1, kNaN})),
                 row<Sign>(values({-3, 0, 4}, DType::int64), values({-1, 0, 1}, DType::int64))});
}

template <>
std::vector<Sample> samples<Round>() {
  return joined(unary_rows(Round{}, off_kinks),
                {row<Round>(values({0.5, 1.5, 2.5, -0.5, -1.5, 0.75, kInf, kNaN}),
                            values({0, 2, 2, 0, -2, 1, kInf, kNaN})),
                 row<Round>(values({-3, 4}, DType::int32), values({-3, 4}, DType::int32))});
}

template <>
std::vector<Sample> samples<Floor>() {
  return floating_op<Floor>(off_kinks, {0.5, -0.5, 3, -3, kInf, kNaN}, {0, -1, 3, -3, kInf, kNaN});
}

template <>
std::vector<Sample> samples<Ceil>() {
  return floating_op<Ceil>(off_kinks, {0.5, -0.5, 3, -3, kInf, kNaN}, {1, 0, 3, -3, kInf, kNaN});
}

template <>
std::vector<Sample> samples<StopGradient>() {
  return joined(unary_rows(StopGradient{}, any_sign),
                {row<StopGradient>(booleans({9}), booleans({9}))});
}

template <>
std::vector<Sample> samples<IsFinite>() {
  return joined(unary_rows(IsFinite{}, any_sign),
                {row<IsFinite>(values({0, -1, kInf, -kInf, kNaN}), values({1, 1, 0, 0, 0})),
                 rejects_integers(IsFinite{})});
}

template <>
std::vector<Sample> samples<IsNan>() {
  return joined(unary_rows(IsNan{}, any_sign),
                {row<IsNan>(values({0, -1, kInf, -kInf, kNaN}), values({0, 0, 0, 0, 1})),
                 rejects_integers(IsNan{})});
}

}  // namespace antler::testing
