#include "antler/backends/cpu/kernels/elementwise.h"

#include <functional>
#include <limits>

#include "tests/backends/cpu/kernels/kernel_test.h"

namespace antler::cpu {
namespace {

using Op = ElementwiseOp;
using Operand = ElementwiseOperand;

constexpr float kInfinity = std::numeric_limits<float>::infinity();

// One operation on one to three operands of the same size.
ElementwiseProgram single(Op op) {
  ElementwiseProgram program;
  const int arity = elementwise_arity(op);
  program.inputs.assign(static_cast<size_t>(arity), Operand::kFull);
  program.instructions = {{op, 5, 0, 1, 2}};
  if (arity == 1) program.instructions = {{op, 5, 0}};
  if (arity == 2) program.instructions = {{op, 5, 0, 1}};
  program.outputs = {5};
  return program;
}

std::vector<float> run(const ElementwiseProgram& program,
                       const std::vector<std::vector<float>>& inputs, int64_t count,
                       const std::vector<int64_t>& cuts) {
  std::vector<const float*> pointers;
  for (const std::vector<float>& input : inputs) pointers.push_back(input.data());
  std::vector<float> y(static_cast<size_t>(count), -77.0f);
  float* output = y.data();
  for (size_t i = 0; i + 1 < cuts.size(); ++i) {
    run_elementwise(program, pointers.data(), &output, cuts[i], cuts[i + 1]);
  }
  return y;
}

class ElementwiseTest : public KernelTest {
 protected:
  // Errors in units of 2^-24 relative, or absolute below `floor`.
  void check_unary(const char* name, Op op, double (*exact)(double), std::vector<float> x,
                   double relative = 5e-7, double absolute = 0) {
    x.insert(x.end(),
             {0.0f, -0.0f, 1.0f, -1.0f, 0.5f, -0.5f, 1e-30f, -1e-30f, kInfinity, -kInfinity, NAN,
              std::numeric_limits<float>::denorm_min(), std::numeric_limits<float>::min(),
              std::numeric_limits<float>::max(), -std::numeric_limits<float>::max()});
    const auto count = static_cast<int64_t>(x.size());
    const std::vector<float> y = run(single(op), {x}, count, {0, count});
    for (int64_t i = 0; i < count; ++i) {
      const float want = static_cast<float>(exact(x[i]));
      if (!std::isfinite(want) || want == 0.0f) {
        ASSERT_TRUE(same(y[i], want)) << name << "(" << x[i] << ") = " << y[i] << ", not " << want;
      } else {
        // The last term: half a step of the denormals.
        ASSERT_NEAR(y[i], want, relative * std::abs(want) + absolute + 3e-45)
            << name << "(" << x[i] << ")";
      }
    }
    ASSERT_TRUE(
        same_values(y, run(single(op), {x}, count, {0, 1, 8, count / 3, count / 2, count})));
  }

  std::vector<float> mixed() {
    std::vector<float> x = normal(1009, 3.0f);
    for (const float deviation : {1e-4f, 0.3f, 30.0f}) {
      const std::vector<float> more = normal(503, deviation);
      x.insert(x.end(), more.begin(), more.end());
    }
    return x;
  }
};

TEST_P(ElementwiseTest, ExactFunctions) {
  check_unary(
      "negate", Op::kNegate, [](double x) { return -x; }, mixed(), 0);
  check_unary(
      "copy", Op::kCopy, [](double x) { return x; }, mixed(), 0);
  check_unary(
      "abs", Op::kAbs, [](double x) { return std::abs(x); }, mixed(), 0);
  check_unary(
      "sign", Op::kSign, [](double x) { return x > 0   ? 1.0
                                               : x < 0 ? -1.0
                                                       : x; }, mixed(), 0);
  check_unary(
      "floor", Op::kFloor, [](double x) { return std::floor(x); }, mixed(), 0);
  check_unary(
      "ceil", Op::kCeil, [](double x) { return std::ceil(x); }, mixed(), 0);
  check_unary(
      "round", Op::kRound, [](double x) { return std::nearbyint(x); },
      {0.5f, 1.5f, 2.5f, -0.5f, -2.5f, 1e7f, 3.49f}, 0);
  check_unary(
      "relu", Op::kRelu, [](double x) { return x < 0 ? 0.0 : x; }, mixed(), 0);
  check_unary(
      "not", Op::kLogicalNot, [](double x) { return x == 0 ? 1.0 : 0.0; }, mixed(), 0);
  check_unary(
      "square", Op::kSquare, [](double x) { return x * x; }, mixed(), 1e-7);
  check_unary(
      "sqrt", Op::kSqrt, [](double x) { return std::sqrt(x); }, mixed(), 1e-7);
  check_unary(
      "rsqrt", Op::kRsqrt, [](double x) { return 1 / std::sqrt(x); }, mixed(), 2e-7);
  check_unary(
      "reciprocal", Op::kReciprocal, [](double x) { return 1 / x; }, mixed(), 1e-7);
}

TEST_P(ElementwiseTest, TranscendentalFunctions) {
  check_unary(
      "exp", Op::kExp, [](double x) { return std::exp(x); }, mixed());
  check_unary(
      "exp", Op::kExp, [](double x) { return std::exp(x); }, uniform(3001, -105, 90));
  check_unary(
      "expm1", Op::kExpm1, [](double x) { return std::expm1(x); }, mixed());
  check_unary(
      "expm1", Op::kExpm1, [](double x) { return std::expm1(x); }, uniform(2001, -2, 90));
  check_unary(
      "log", Op::kLog, [](double x) { return std::log(x); }, mixed());
  check_unary(
      "log", Op::kLog, [](double x) { return std::log(x); }, uniform(3001, 0.5f, 2));
  check_unary(
      "log", Op::kLog, [](double x) { return std::log(x); }, uniform(3001, 0, 1e-38f));
  check_unary(
      "log1p", Op::kLog1p, [](double x) { return std::log1p(x); }, mixed());
  check_unary(
      "log1p", Op::kLog1p, [](double x) { return std::log1p(x); }, uniform(3001, -1, 1));
  check_unary(
      "tanh", Op::kTanh, [](double x) { return std::tanh(x); }, mixed());
  check_unary(
      "tanh", Op::kTanh, [](double x) { return std::tanh(x); }, uniform(3001, -1, 10));
  check_unary(
      "sigmoid", Op::kSigmoid, [](double x) { return 1 / (1 + std::exp(-x)); }, mixed());
  check_unary(
      "softplus", Op::kSoftplus,
      [](double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); },
      mixed());
  check_unary(
      "erf", Op::kErf, [](double x) { return std::erf(x); }, mixed());
  check_unary(
      "erf", Op::kErf, [](double x) { return std::erf(x); }, uniform(3001, -4.5f, 1.5f));
}

TEST_P(ElementwiseTest, SineAndCosine) {
  for (const float range : {1.0f, 100.0f, 10000.0f, 1e6f}) {
    check_unary(
        "sin", Op::kSin, [](double x) { return std::sin(x); }, uniform(2001, -range, range), 0,
        2e-7);
    check_unary(
        "cos", Op::kCos, [](double x) { return std::cos(x); }, uniform(2001, -range, range), 0,
        2e-7);
  }
  check_unary(
      "sin", Op::kSin, [](double x) { return std::sin(x); }, uniform(2001, -1, 1), 3e-7);
}

TEST_P(ElementwiseTest, FunctionsOfTwoOperands) {
  struct Row {
    Op op;
    std::function<double(double, double)> exact;
  };
  const Row rows[] = {
      {Op::kAdd, [](double a, double b) { return a + b; }},
      {Op::kSubtract, [](double a, double b) { return a - b; }},
      {Op::kMultiply, [](double a, double b) { return a * b; }},
      {Op::kDivide, [](double a, double b) { return a / b; }},
      {Op::kMaximum, [](double a, double b) { return a != a   ? a
                                                     : b != b ? b
                                                              : std::max(a, b); }},
      {Op::kMinimum, [](double a, double b) { return a != a   ? a
                                                     : b != b ? b
                                                              : std::min(a, b); }},
      {Op::kPower, [](double a, double b) { return std::pow(a, b); }},
      {Op::kEqual, [](double a, double b) { return a == b; }},
      {Op::kNotEqual, [](double a, double b) { return a != b; }},
      {Op::kLess, [](double a, double b) { return a < b; }},
      {Op::kLessEqual, [](double a, double b) { return a <= b; }},
      {Op::kGreater, [](double a, double b) { return a > b; }},
      {Op::kGreaterEqual, [](double a, double b) { return a >= b; }},
      {Op::kLogicalAnd, [](double a, double b) { return a != 0 && b != 0; }},
      {Op::kLogicalOr, [](double a, double b) { return a != 0 || b != 0; }},
      {Op::kReluGradient, [](double a, double b) { return a > 0 ? b : 0; }},
  };
  std::vector<float> a = normal(1237);
  std::vector<float> b = normal(1237);
  for (int64_t i = 0; i < 300; ++i) a[i] = b[i + below(3)];
  for (int64_t i = 300; i < 400; ++i) a[i] = 0;
  for (int64_t i = 350; i < 450; ++i) b[i] = 0;
  for (int64_t i = 450; i < 600; ++i) b[i] = 2.0f + (i % 3);
  a[600] = NAN;
  b[601] = NAN;
  a[602] = kInfinity;
  b[603] = -kInfinity;
  for (const Row& row : rows) {
    const std::vector<float> y = run(single(row.op), {a, b}, 1237, {0, 1237});
    for (int64_t i = 0; i < 1237; ++i) {
      const float want = static_cast<float>(row.exact(a[i], b[i]));
      if (!std::isfinite(want)) {
        ASSERT_TRUE(same(y[i], want)) << static_cast<int>(row.op) << " " << a[i] << " " << b[i];
      } else {
        ASSERT_NEAR(y[i], want, 2e-7 * std::abs(want))
            << static_cast<int>(row.op) << " " << a[i] << " " << b[i];
      }
    }
    ASSERT_TRUE(same_values(y, run(single(row.op), {a, b}, 1237, {0, 3, 610, 1236, 1237})));
  }
}

TEST_P(ElementwiseTest, BroadcastsEveryKindOfOperand) {
  constexpr Operand kKinds[] = {Operand::kFull, Operand::kScalar, Operand::kRow, Operand::kColumn};
  for (const int64_t inner : {1, 3, 17, 100, 300, 700}) {
    const int64_t rows = 1500 / inner + 2;
    const int64_t count = rows * inner - (inner > 1);  // the last row need not be whole
    const auto make = [&](Operand kind) {
      switch (kind) {
        case Operand::kFull:
          return normal(count);
        case Operand::kScalar:
          return normal(1);
        case Operand::kRow:
          return normal(inner);
        default:
          return normal(rows);
      }
    };
    const auto at = [&](Operand kind, const std::vector<float>& x, int64_t i) -> float {
      switch (kind) {
        case Operand::kFull:
          return x[i];
        case Operand::kScalar:
          return x[0];
        case Operand::kRow:
          return x[i % inner];
        default:
          return x[i / inner];
      }
    };
    for (const Operand ka : kKinds) {
      for (const Operand kb : kKinds) {
        for (const Operand kc : kKinds) {
          // select(a < b, c, a * b + c) - 0.25: three arities, a constant, registers used again.
          ElementwiseProgram program;
          program.inputs = {ka, kb, kc};
          program.constants = {0.25f};
          program.inner = inner;
          program.instructions = {{Op::kLess, 4, 0, 1},
                                  {Op::kMultiplyAdd, 5, 0, 1, 2},
                                  {Op::kSelect, 4, 4, 2, 5},
                                  {Op::kSubtract, 5, 4, 3}};
          program.outputs = {5};
          const std::vector<std::vector<float>> x = {make(ka), make(kb), make(kc)};
          const std::vector<float> y = run(program, x, count, {0, count});
          for (int64_t i = 0; i < count; ++i) {
            const float a = at(ka, x[0], i);
            const float b = at(kb, x[1], i);
            const float c = at(kc, x[2], i);
            const double want = (a < b ? c : static_cast<double>(a) * b + c) - 0.25;
            ASSERT_NEAR(y[i], want, 1e-6) << "inner " << inner << " element " << i;
          }
          ASSERT_TRUE(same_values(y, run(program, x, count, {0, 1, 40, 555, 556, count})));
        }
      }
    }
  }
}

TEST_P(ElementwiseTest, GivesSeveralOutputsOneInPlace) {
  std::vector<float> x = normal(2000);
  const std::vector<float> before = x;
  std::vector<float> exponential(2000);
  std::vector<float> scalar(2000);
  ElementwiseProgram program;
  program.inputs = {Operand::kFull};
  program.constants = {2.0f, 3.0f};
  program.instructions = {
      {Op::kExp, 3, 0}, {Op::kMultiply, 4, 1, 2}, {Op::kMultiply, 5, 3, 0}, {Op::kAdd, 6, 5, 0}};
  program.outputs = {6, 3, 4};
  const float* const inputs[] = {x.data()};
  float* const outputs[] = {x.data(), exponential.data(), scalar.data()};
  run_elementwise(program, inputs, outputs, 0, 2000);
  for (size_t i = 0; i < 2000; ++i) {
    ASSERT_NEAR(exponential[i], std::exp(before[i]), 1e-6 * exponential[i]);
    ASSERT_NEAR(x[i], before[i] * std::exp(before[i]) + before[i], 1e-5);
    ASSERT_EQ(scalar[i], 6.0f);
  }
}

ANTLER_ON_EVERY_TARGET(ElementwiseTest);

}  // namespace
}  // namespace antler::cpu
