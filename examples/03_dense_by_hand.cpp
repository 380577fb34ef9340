// A Dense layer by hand: a loop over its units, then one product of matrices, with rows as examples
// (Keras) and with columns as examples (many lectures); and how much the product wins.
#include <antler/antler.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "course.h"

using namespace antler;

// One example x (features), W (features, units), b (units): unit by unit, as on paper.
std::vector<double> dense_by_loops(const std::vector<double>& x, const std::vector<double>& W,
                                   const std::vector<double>& b) {
  std::vector<double> z(b);
  for (std::size_t unit = 0; unit < b.size(); ++unit) {
    for (std::size_t i = 0; i < x.size(); ++i) z[unit] += W[i * b.size() + unit] * x[i];
  }
  return z;
}

Tensor matrix(const std::vector<double>& numbers, std::int64_t rows) {
  const auto size = static_cast<std::int64_t>(numbers.size());
  const Tensor flat = Tensor::from<double>(numbers).astype(DType::float32);
  return ops::reshape(flat, {rows, size / rows});
}

void print(const char* name, const Tensor& values) {
  std::printf("%-28s", name);
  for (std::int64_t i = 0; i < values.size(); ++i) std::printf(" %g", values.item(i));
  std::printf("\n");
}

// Seconds of the fastest of some runs: what else the machine does only adds.
template <class Work>
double fastest(int times, const Work& work) {
  double best = 1e9;
  for (int i = 0; i < times; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    best = std::min(best, taken.count());
  }
  return best;
}

int main(int argc, char** argv) {
  return course::run(
      argc, argv,
      {{"x", "200,17", "one example"},
       {"W", "1,-3,5,-2,4,-6", "kernel, row by row: features by units"},
       {"b", "-1,1,2", "bias"},
       {"width", "256", "inputs and units of the layer that is timed"},
       {"examples", "64", "rows that it takes at once"}},
      [](const course::Settings& settings) {
        const auto x = settings.numbers("x"), W = settings.numbers("W"), b = settings.numbers("b");
        print("z by loops", Tensor::from<double>(dense_by_loops(x, W, b)));

        const Tensor row = matrix(x, 1), kernel = matrix(W, row.shape()[1]), bias = matrix(b, 1);
        const Tensor z = ops::matmul(row, kernel) + bias;
        print("z = x W + b (rows)", z);
        const Tensor column = ops::transpose(row), bias_column = ops::transpose(bias);
        print("z = W' x + b (columns)", ops::matmul(ops::transpose(kernel), column) + bias_column);
        print("g(z) = sigmoid(z)", ops::sigmoid(z));

        const int width = settings.integer("width"), examples = settings.integer("examples");
        const std::vector<double> one(width, 0.5), wide(width * width, 0.01), zeros(width);
        const Tensor many = Tensor::ones({examples, width}), W_wide = matrix(wide, width);
        const double loops = fastest(5, [&] {
          for (int i = 0; i < examples; ++i) dense_by_loops(one, wide, zeros);
        });
        const double product = fastest(5, [&] { const Tensor y = ops::matmul(many, W_wide); });
        std::printf("%d examples, %d inputs, %d units: %.0f multiply-adds\n", examples, width,
                    width, double(examples) * width * width);
        std::printf("loops %.0f us, one product %.0f us: %.1f times as fast\n", 1e6 * loops,
                    1e6 * product, loops / product);
      });
}
