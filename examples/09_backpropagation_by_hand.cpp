// Backpropagation through two layers by hand, with columns as examples, beside `gradients`; and
// logistic regression as E = H - Y, divided by m and by 2m.
#include <antler/antler.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "course.h"

using namespace antler;
using Tensors = std::vector<Tensor>;  // W1 (units, features), b1 (units, 1), W2 (1, units), b2

Value sigmoid_slope(const Value& h) { return h * (1 - h); }  // g'(a) where h = g(a)
Value tanh_slope(const Value& h) { return 1 - h * h; }

template <class G, class Slope>
void backpropagate(const char* name, const Tensor& X, const Tensor& Y, const Tensors& w, G g,
                   Slope slope, bool is_printed) {
  const auto m = static_cast<double>(X.shape()[1]);
  const Tensor H1 = g(ops::matmul(w[0], X) + w[1]);
  const Tensor H2 = ops::sigmoid(ops::matmul(w[2], H1) + w[3]);
  const Tensor dA2 = H2 - Y;
  const Tensor dA1 = ops::matmul(ops::transpose(w[2]), dA2) * slope(H1);
  const Tensors ours = {
      ops::matmul(dA1, ops::transpose(X)) / m, ops::mean(dA1, {.axis = 1, .keepdims = true}),
      ops::matmul(dA2, ops::transpose(H1)) / m, ops::mean(dA2, {.axis = 1, .keepdims = true})};

  const std::vector<Variable> v = {Variable(w[0]), Variable(w[1]), Variable(w[2]), Variable(w[3])};
  const Value A2 = ops::matmul(v[2], g(ops::matmul(v[0], X) + v[1])) + v[3];
  const Loss loss = BinaryCrossentropy({.from_logits = true});
  const Tensors theirs = evaluate(gradients(loss(Y, A2), v));
  double most = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    most = std::max(most, Tensor(ops::max(ops::abs(ours[i] - theirs[i]))).item());
    if (is_printed) std::printf("%s", std::array{"dW1", "\ndb1", "\ndW2", "\ndb2"}[i]);
    for (int k = 0; is_printed && k < ours[i].size(); ++k) std::printf(" %9.6f", ours[i].item(k));
  }
  std::printf("%s%s: gradients differ by %.1e\n", is_printed ? "\n" : "", name, most);
}

void regress(const char* name, const Tensor& X, const Tensor& Y, double steps, double rate) {
  Tensor w = Tensor::zeros({1, X.shape()[0]}), b = Tensor::zeros({1, 1});
  for (int i = 0; i < steps; ++i) {
    const Tensor E = ops::sigmoid(ops::matmul(w, X) + b) - Y;
    w = w - rate * ops::matmul(E, ops::transpose(X));
    b = b - rate * ops::sum(E, {.axis = 1, .keepdims = true});
  }
  const Tensor loss = BinaryCrossentropy({.from_logits = true})(Y, ops::matmul(w, X) + b);
  std::printf("%s: w = %.6f %.6f, b = %.6f, loss %.6f\n", name, w.item(0), w.item(1), b.item(),
              loss.item());
}

int main(int argc, char** argv) {
  return course::run(
      argc, argv,
      {{"X", "0.5,-1.2,2,0.3,1.1,-0.7,0.4,-0.2", "two features (rows) of four examples (columns)"},
       {"Y", "1,0,1,0", "their labels"},
       {"W1", "0.3,-0.4,0.8,0.1,-0.5,0.6", "three hidden units"},
       {"b1", "0.1,0,-0.2", "their biases"},
       {"W2", "0.7,-0.3,0.5", "the output unit"},
       {"b2", "0.2", "its bias"},
       {"rate", "0.5", "of the logistic regression"},
       {"steps", "50", "of it"}},
      [](const course::Settings& settings) {
        const auto matrix = [&](const char* name, std::int64_t rows) -> Tensor {
          return Tensor::from(settings.numbers(name)).astype(DType::float32).reshape({rows, None});
        };
        const Tensor X = matrix("X", 2), Y = matrix("Y", 1);
        const Tensors w = {matrix("W1", 3), matrix("b1", 3), matrix("W2", 1), matrix("b2", 1)};
        backpropagate("sigmoid, g' = H1 (1 - H1)", X, Y, w, ops::sigmoid, sigmoid_slope, true);
        backpropagate("tanh, g' = 1 - H1^2", X, Y, w, ops::tanh, tanh_slope, true);
        backpropagate("sigmoid with tanh's slope", X, Y, w, ops::sigmoid, tanh_slope, false);
        const double rate = settings.number("rate"), m = 4, steps = settings.number("steps");
        regress("divided by m", X, Y, steps, rate / m);
        regress("divided by 2m", X, Y, steps, rate / (2 * m));
        regress("divided by 2m, twice the rate", X, Y, steps, 2 * rate / (2 * m));
      });
}
