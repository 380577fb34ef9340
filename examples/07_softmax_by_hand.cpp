// Softmax and its cross-entropy by hand, in natural logarithms and in base 10; slips in print; two
// classes as a logistic regression; the library beside it.
#include <antler/antler.h>

#include <cmath>
#include <cstdio>

#include "course.h"
#include "numbers.h"

using namespace antler;

double sum(const std::vector<double>& values) {
  double total = 0;
  for (const double value : values) total += value;
  return total;
}

std::vector<double> exponentials(std::vector<double> z) {
  for (double& value : z) value = std::exp(value);
  return z;
}

// As on paper; a logit over 709 is too much for it (see the round-off experiment).
std::vector<double> softmax(const std::vector<double>& z) {
  std::vector<double> p = exponentials(z);
  const double total = sum(p);
  for (double& value : p) value /= total;
  return p;
}

int main(int argc, char** argv) {
  return course::run(
      argc, argv,
      {{"z", "6,-2,3", "logits of three classes"},
       {"w", "1,-2,0.5,3", "weights of two classes for two features: w1, then w2"},
       {"b", "0.1,-0.4", "their biases"},
       {"x", "2,-1", "an example for them"}},
      [](const course::Settings& settings) {
        const auto z = settings.numbers("z"), w = settings.numbers("w"), b = settings.numbers("b"),
                   x = settings.numbers("x");
        const std::vector<double> e = exponentials(z), p = softmax(z);
        std::vector<double> losses;
        for (int k = 0; k < 3; ++k) {
          losses.push_back(-std::log(p[k]));
          std::printf(
              "exp(z%d) = %.5g, probability p%d = %.5f, -ln p%d = %.5f, -log10 p%d = %.5f\n", k,
              e[k], k, p[k], k, losses[k], k, -std::log10(p[k]));
        }
        std::printf("the probabilities sum to %.15g\n", sum(p));
        std::printf("e^z1 / (e^z2 + e^z2 + e^z3), as printed in the notes: %.5f\n\n",
                    e[0] / (e[1] + e[1] + e[2]));

        const double z1 = w[0] * x[0] + w[1] * x[1] + b[0], z2 = w[2] * x[0] + w[3] * x[1] + b[1];
        const double z12 = (w[0] - w[2]) * x[0] + (w[1] - w[3]) * x[1] + b[0] - b[1];
        std::printf("softmax of two classes:       %.10f\n", softmax({z1, z2})[0]);
        std::printf("sigmoid, w1 - w2 and b1 - b2: %.10f\n\n", 1 / (1 + std::exp(-z12)));

        const Loss loss = SparseCategoricalCrossentropy({.from_logits = true, .reduction = "none"});
        for (const DType type : {DType::float64, DType::float32}) {
          const Tensor row = Tensor::from<double>(z).reshape({1, 3}).astype(type);
          const Tensor library = loss(Tensor{0, 1, 2}, ops::tile(row, {3, 1}));
          std::printf("library, %s: probabilities differ by %.1e, cross-entropies by %.1e\n",
                      std::string(name(type)).c_str(),
                      course::largest_difference(p, course::numbers_of({ops::softmax(row)})),
                      course::largest_difference(losses, course::numbers_of({library})));
        }
      });
}
