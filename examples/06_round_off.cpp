// Round-off: what a few digits leave of small differences, why a cross-entropy wants the logits,
// and why log-sum-exp subtracts the largest number first.
#include <antler/antler.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "course.h"

using namespace antler;

// In float, as networks compute, and in double.
template <class Number>
void print_differences(const char* type, Number n) {
  const Number quotient = 2 / n, difference = 1 + 1 / n - (1 - 1 / n);
  std::printf("2/n in %s: %.18f\n", type, quotient);
  std::printf("1 + 1/n - (1 - 1/n) in %s: %.18f\n", type, difference);
}

// 0 and NaN without their signs.
double shown(const Tensor& number) { return std::isnan(number.item()) ? NAN : number.item() + 0.0; }

// The loss and its slope, by the logit, of each logit, without any rewriting of the formula.
template <class LossOf>
void print_losses(const char* form, const std::vector<double>& logits, const LossOf& loss_of) {
  const Function loss_and_slope(
      [&](const Value& z) {
        const Value loss = loss_of(z);
        return std::vector<Value>{loss, gradients(ops::sum(loss), std::vector<Value>{z})[0]};
      },
      {.stable_rewrites = false});
  std::printf("\n");
  for (const double logit : logits) {
    const std::vector<Tensor> found = loss_and_slope.call({Tensor::full({1, 1}, logit)});
    std::printf("%s, logit %g: loss %g, slope %g\n", form, logit, shown(found[0]), shown(found[1]));
  }
}

int main(int argc, char** argv) {
  return course::run(
      argc, argv,
      {{"n", "10000", "differences of about 1/n"},
       {"label", "1", "of the example: 0 or 1"},
       {"logits", "40,-40,90,-90,1000,-1000", "what the network makes of it"},
       {"z", "1000,1001,999.5", "what log-sum-exp is taken of"}},
      [](const course::Settings& settings) {
        print_differences<double>("double", settings.number("n"));
        print_differences<float>("float", static_cast<float>(settings.number("n")));

        const Tensor y = Tensor::full({1, 1}, settings.number("label"));
        const auto logits = settings.numbers("logits");
        print_losses("by the formula", logits, [&](const Value& z) {
          const Value p = ops::sigmoid(z);
          return -(y * ops::log(p) + (1 - y) * ops::log(1 - p));
        });
        const auto entropy = [&](const Value& prediction, bool from_logits) {
          const BinaryCrossentropy loss({.from_logits = from_logits});
          return loss(y, prediction, {}, {.stable_rewrites = false});
        };
        print_losses("of the probability", logits,
                     [&](const Value& z) { return entropy(ops::sigmoid(z), false); });
        print_losses("from logits", logits, [&](const Value& z) { return entropy(z, true); });

        const auto z = settings.numbers("z");
        const double largest = *std::max_element(z.begin(), z.end());
        double sum = 0, scaled_sum = 0;
        for (const double value : z) sum += std::exp(value);
        for (const double value : z) scaled_sum += std::exp(value - largest);
        std::printf("\nlog-sum-exp as written       %g\n", std::log(sum));
        std::printf("log-sum-exp less the largest %.6f\n", largest + std::log(scaled_sum));
        const Tensor library = ops::logsumexp(Tensor::from<double>(z).astype(DType::float32));
        std::printf("ops::logsumexp in float      %.4f\n", library.item());
      });
}
