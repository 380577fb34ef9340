// Derivatives: nudge w and see by how many times the nudge J grows; then derivatives as formulas,
// read off the graph of the gradient, beside their numbers and what a small nudge says.
#include <antler/antler.h>
#include <antler/compiler/formula.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "course.h"

using namespace antler;

using Curve = Value (*)(const Value& w);
constexpr Curve kCurves[] = {[](const Value& w) { return ops::square(w); },
                             [](const Value& w) { return ops::power(w, 3); },
                             [](const Value& w) { return w; },
                             [](const Value& w) { return 1 / w; },
                             [](const Value& w) { return ops::square(w * -2 + 6) / 2; },
                             [](const Value& w) { return ops::exp(-w); },
                             [](const Value& w) { return ops::log(w); },
                             [](const Value& w) { return ops::sigmoid(w); }};

Value slope(const Value& J, const Value& w) {
  const Value found = gradients(J, std::span(&w, 1))[0];
  return found ? found : w * 0;  // empty: J does not move with w
}

// w as a letter, for formulas, and as a number, for values.
Value letter() { return make_input({{}, DType::float64}, "w"); }
Value point(double w) { return Tensor::from<double>({w}, {}); }

double height_at(Curve J, double w) { return evaluate(J(point(w))).item<double>(); }
double slope_at(Curve J, double w) {
  const Value at = point(w);
  return evaluate(slope(J(at), at)).item<double>();
}

void nudge(Curve J, double w, const std::vector<double>& nudges) {
  std::printf("J = %s at w = %g: %g\n", formula_of(J(letter())).c_str(), w, height_at(J, w));
  for (const double e : nudges) {
    const double moved = height_at(J, w + e), grown = moved - height_at(J, w);
    std::printf("  w up by %g: J = %.10g, up by %.6g: %.6g times the nudge\n", e, moved, grown,
                grown / e);
  }
  std::printf("  dJ/dw there = %g\n", slope_at(J, w));
}

// Shows one curve; returns how far slopes and nudges are apart at most.
double compare(Curve J, const std::vector<double>& points, double e) {
  const Value w = letter(), height = J(w), first = slope(height, w), second = slope(first, w);
  const std::string name = formula_of(height);
  std::printf("J = %s, dJ/dw = %s, and its slope: %s\n", name.c_str(), formula_of(first).c_str(),
              formula_of(second).c_str());
  double apart = 0;
  for (const double at : points) {
    const double exact = slope_at(J, at);
    const double nudged = (height_at(J, at + e) - height_at(J, at - e)) / (2 * e);
    std::printf("  %s at %g: slope %g, nudged %g\n", name.c_str(), at, exact, nudged);
    apart = std::max(apart, std::abs(exact - nudged));
  }
  return apart;
}

int main(int argc, char** argv) {
  return course::run(argc, argv,
                     {{"w", "3", "where w^2 is nudged"},
                      {"nudges", "0.001,0.002", "of w"},
                      {"points", "2,4", "where slopes are compared"},
                      {"small", "1e-4", "nudge, up and down, that they are compared with"}},
                     [](const course::Settings& given) {
                       nudge(kCurves[0], given.number("w"), given.numbers("nudges"));
                       double apart = 0;
                       for (const Curve J : kCurves)
                         apart = std::max(
                             apart, compare(J, given.numbers("points"), given.number("small")));
                       std::printf("slopes and nudges are apart by at most %.1e\n", apart);
                     });
}
