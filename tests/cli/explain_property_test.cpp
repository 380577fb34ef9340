// antler explain on random expressions: values and gradients against a computation of their own.
#include <cmath>

#include "tests/support/arbitrary.h"
#include "tests/support/command.h"

namespace antler::testing {
namespace {

constexpr double kStep = 1e-6;

// An expression as text, and what it computes from the values of a, b and c.
struct Drawn {
  std::string text;
  std::function<double(const std::vector<double>&)> value;
};

Drawn leaf() {
  const int which = static_cast<int>(any_number(0, 3));
  if (which < 3) {
    return {std::string(1, static_cast<char>('a' + which)),
            [which](const std::vector<double>& x) { return x[static_cast<std::size_t>(which)]; }};
  }
  const int number = static_cast<int>(any_number(1, 4));
  return {std::to_string(number), [number](const std::vector<double>&) { return number * 1.0; }};
}

Drawn any_expression(int depth) {
  if (depth == 0) return leaf();
  const Drawn a = any_expression(depth - 1);
  const int kind = static_cast<int>(any_number(0, 9));
  if (kind < 4) {
    const Drawn b = any_expression(static_cast<int>(any_number(0, depth - 1)));
    const char sign = "+-*/"[kind];
    const std::string right = sign == '/' ? "(1 + (" + b.text + ")^2)" : "(" + b.text + ")";
    return {"(" + a.text + ")" + sign + right, [=](const std::vector<double>& x) {
              const double p = a.value(x), q = b.value(x);
              if (sign == '+') return p + q;
              if (sign == '-') return p - q;
              return sign == '*' ? p * q : p / (1 + q * q);
            }};
  }
  switch (kind) {
    case 4:
      return {"exp(tanh(" + a.text + "))",
              [=](const std::vector<double>& x) { return std::exp(std::tanh(a.value(x))); }};
    case 5:
      return {"log(2 + (" + a.text + ")^2)",
              [=](const std::vector<double>& x) { return std::log(2 + a.value(x) * a.value(x)); }};
    case 6:
      return {"sigmoid(" + a.text + ")",
              [=](const std::vector<double>& x) { return 1 / (1 + std::exp(-a.value(x))); }};
    case 7:
      return {"tanh(" + a.text + ")",
              [=](const std::vector<double>& x) { return std::tanh(a.value(x)); }};
    case 8:
      return {"-(" + a.text + ")", [=](const std::vector<double>& x) { return -a.value(x); }};
    default:
      return {"tanh(" + a.text + ")^3",
              [=](const std::vector<double>& x) { return std::pow(std::tanh(a.value(x)), 3); }};
  }
}

RC_GTEST_PROP(ExplainProperty, GradientsAreThoseOfFiniteDifferences, ()) {
  const Drawn drawn = any_expression(static_cast<int>(any_number(1, 4)));
  std::vector<double> at;
  for (int i = 0; i < 3; ++i) at.push_back(static_cast<double>(any_number(-20, 20)) / 10);
  // Values for what is read, as the command lists it.
  const Config symbolic = run_antler({"explain", drawn.text, "--json"}).json();
  std::string values;
  for (const auto& [name, gradient] : symbolic.at("gradients").as_map()) {
    const auto index = static_cast<std::size_t>(name[0] - 'a');
    values += (values.empty() ? "" : ",") + name + "=" + std::to_string(at[index]);
  }
  std::vector<std::string> arguments = {"explain", drawn.text, "--json"};
  if (!values.empty()) arguments.insert(arguments.end(), {"--at", values});
  const CommandResult result = run_antler(arguments);
  RC_ASSERT(result.exit_code == kSuccess);
  const Config explained = result.json();
  const double value = explained.at("nodes").as_list().back().at("value").as_number();
  RC_ASSERT(std::abs(value - drawn.value(at)) <= 1e-12 * (1 + std::abs(value)));
  for (const auto& [name, gradient] : explained.at("gradients").as_map()) {
    const auto index = static_cast<std::size_t>(name[0] - 'a');
    std::vector<double> above = at, below = at;
    above[index] += kStep;
    below[index] -= kStep;
    const double numeric = (drawn.value(above) - drawn.value(below)) / (2 * kStep);
    const double scale = 1 + std::abs(numeric) + std::abs(value);
    RC_ASSERT(std::abs(gradient.as_number() - numeric) <= 1e-5 * scale);
  }
}

}  // namespace
}  // namespace antler::testing
