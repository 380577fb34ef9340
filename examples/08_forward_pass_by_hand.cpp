// The forward pass of a network with three hidden units and one output, by hand: what each unit
// adds up, its sigmoid, the same from a model, and two slips of a lecture's slides.
#include <antler/antler.h>

#include <cmath>
#include <cstdio>

#include "course.h"

using namespace antler;

double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }

// Units 1 to 3 are hidden, 4 is the output. `w` has the hidden weights unit by unit, then the
// output's.
struct Network {
  std::vector<double> x, w, b;

  // What unit `k` (from 0) adds up, given what the hidden units put out.
  double weighted_sum(std::size_t k, const std::vector<double>& hidden) const {
    const std::vector<double>& inputs = k < 3 ? x : hidden;
    double z = 0;
    for (std::size_t i = 0; i < 3; ++i) z += w[3 * k + i] * inputs[i];
    return z;
  }
};

void print(const char* name, char letter, const std::vector<double>& values, int digits = 3) {
  std::printf("%-34s", name);
  for (std::size_t k = 0; k < values.size(); ++k) {
    std::printf("  %c%zu = %.*f", letter, k + 1, digits, values[k]);
  }
  std::printf("\n");
}

int main(int argc, char** argv) {
  return course::run(
      argc, argv,
      {{"x", "0.2,0.5,-0.9", "one example"},
       {"w", "1.2,0.9,0.3,0.2,0.3,0.1,1.3,1.9,0.1,0.2,0.6,0.2", "weights of units 1, 2, 3, 4"},
       {"b", "0.1,0.1,0.1,0.1", "their biases"},
       {"twice", "2", "the unit that the slip of two sigmoids hits"}},
      [](const course::Settings& settings) {
        const Network net = {settings.numbers("x"), settings.numbers("w"), settings.numbers("b")};
        std::vector<double> z, a, twice, cut, bare;
        for (std::size_t k = 0; k < 4; ++k) {
          z.push_back(net.weighted_sum(k, a) + net.b[k]);
          a.push_back(sigmoid(z[k]));
        }
        print("pre-activation z = w x + b", 'z', z);
        print("activation a = sigmoid(z)", 'a', a);

        const Value input = Input({3});
        Dense first(3, {.activation = "sigmoid"}), second(1, {.activation = "sigmoid"});
        const Value hidden = first(input);
        const Model model({.inputs = {input}, .outputs = {hidden, second(hidden)}});
        const Tensor w = Tensor::from(net.w).astype(DType::float32).reshape({4, 3});
        const Tensor b = Tensor::from(net.b).astype(DType::float32);
        first.set_weights({ops::transpose(w.slice(0, 3)), b.slice(0, 3)});
        second.set_weights({ops::transpose(w.slice(3, 4)), b.slice(3, 4)});
        const Tensor x = Tensor::from(net.x).astype(DType::float32).reshape({1, 3});
        const std::vector<Tensor> y = model.predict_all(x);
        print("the same from a model", 'm',
              {y[0].item(0), y[0].item(1), y[0].item(2), y[1].item(0)});

        for (std::size_t k = 0; k < 4; ++k) {
          const double once = sigmoid(net.weighted_sum(k, twice) + net.b[k]);
          twice.push_back(k + 1 == std::size_t(settings.integer("twice")) ? sigmoid(once) : once);
          cut.push_back(std::floor(100 * twice[k]) / 100);
          bare.push_back(1 / (1 + std::exp(-net.weighted_sum(k, bare) + net.b[k])));
        }
        print("sigmoid twice on one unit", 's', twice);
        print("  cut to two digits", 'c', cut, 2);
        print("without parentheses: exp(-w x + b)", 'p', bare);
      });
}
