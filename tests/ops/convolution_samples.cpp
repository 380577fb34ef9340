#include <algorithm>

#include "antler/ops/convolution.h"
#include "tests/ops/sample.h"

namespace antler::testing {

using ops::Convolution;
using ops::ConvolutionInputGradient;
using ops::ConvolutionKernelGradient;
using ops::Window;

namespace {

// One convolution; each of the three ops gets its row from it.
struct ConvolutionCase {
  Window window = {};
  std::int64_t groups = 1;
  Shape x = {};
  std::int64_t filters = 1;
  int orders = 2;
  double tolerance = 1e-5;  // some hundred terms of either sign

  Tensor input() const { return normal(x); }
  Tensor kernel() const {
    std::vector<std::int64_t> dims = window.size;
    dims.push_back(x.back() / groups);
    dims.push_back(filters);
    return normal(Shape(dims), 2);
  }
  Tensor gradient() const {
    return normal(ops::spatial_shape(x.front(), window.outputs("case", x), filters), 3);
  }
  std::vector<std::int64_t> sizes() const { return ops::spatial_sizes(x); }
};

Window plain(std::vector<std::int64_t> size, std::vector<std::int64_t> strides = {}) {
  const std::size_t n = size.size();
  const std::vector<std::int64_t> ones(n, 1), zeros(n, 0);
  return {size, strides.empty() ? ones : strides, ones, zeros, zeros};
}

std::vector<ConvolutionCase> cases() {
  const Window padded{{3, 2}, {2, 3}, {1, 1}, {1, 0}, {0, 1}};
  const Window dilated{{2, 3}, {1, 1}, {2, 3}, {0, 2}, {1, 1}};
  const Window dilated_strides{{2, 2}, {2, 1}, {2, 2}, {1, 1}, {1, 0}};
  const Window same3{{3, 3}, {1, 1}, {1, 1}, {1, 1}, {1, 1}};
  const Window depth{{2, 1, 3}, {1, 2, 1}, {1, 1, 1}, {1, 0, 1}, {0, 0, 1}};
  const Window causal{{3}, {1}, {2}, {4}, {0}};
  return {{.window = plain({2}), .x = {1, 3, 1}},
          {.window = plain({20}, {10}), .x = {3, 47, 1}, .filters = 5, .orders = 1},
          {.window = plain({3}, {2}), .x = {2, 8, 3}, .filters = 2, .orders = 1},
          {.window = causal, .x = {2, 5, 2}, .filters = 3},
          {.window = plain({1, 1}), .x = {2, 3, 2, 3}, .filters = 2},
          {.window = plain({1, 1}, {2, 2}), .x = {2, 3, 4, 3}, .filters = 2},
          {.window = plain({3, 4}), .x = {2, 3, 4, 2}, .filters = 3},  // as large as the input
          {.window = padded, .x = {2, 5, 7, 3}, .filters = 2, .orders = 1},
          {.window = padded, .groups = 2, .x = {1, 4, 5, 4}, .filters = 6, .orders = 1},
          {.window = dilated, .x = {1, 6, 9, 2}, .filters = 3, .orders = 1},
          {.window = dilated_strides, .groups = 3, .x = {2, 5, 4, 3}, .filters = 3, .orders = 1},
          {.window = same3, .groups = 3, .x = {2, 4, 3, 3}, .filters = 3, .orders = 1},
          {.window = same3, .groups = 2, .x = {1, 3, 4, 2}, .filters = 6, .orders = 1},
          {.window = depth, .x = {2, 3, 4, 3, 2}, .filters = 2, .orders = 1},
          {.window = depth, .groups = 2, .x = {1, 2, 3, 4, 2}, .filters = 4, .orders = 1},
          // More channels than lanes, more images than one block, each kernel of the cpu backend.
          {.window = plain({3, 3}), .x = {9, 12, 13, 1}, .filters = 33, .orders = 0},
          {.window = padded, .x = {5, 11, 13, 17}, .filters = 19, .orders = 0},
          {.window = same3, .x = {20, 15, 14, 3}, .filters = 32, .orders = 0, .tolerance = 1e-4},
          {.window = same3, .x = {7, 9, 9, 40}, .filters = 50, .orders = 0, .tolerance = 1e-4},
          {.window = plain({1, 1}),
           .x = {3, 19, 21, 37},
           .filters = 41,
           .orders = 0,
           .tolerance = 1e-4},
          {.window = same3,
           .groups = 33,
           .x = {11, 17, 19, 33},
           .filters = 33,
           .orders = 0,
           .tolerance = 1e-4},
          {.window = padded,
           .groups = 18,
           .x = {11, 17, 19, 18},
           .filters = 54,
           .orders = 0,
           .tolerance = 1e-4},
          {.window = dilated, .groups = 5, .x = {3, 9, 17, 20}, .filters = 35, .orders = 0}};
}

}  // namespace

template <>
std::vector<Sample> samples<Convolution>() {
  std::vector<Sample> rows;
  for (const ConvolutionCase& c : cases()) {
    rows.push_back({.op = Convolution{c.window, c.groups},
                    .inputs = {c.input(), c.kernel()},
                    .tolerance = c.tolerance,
                    .orders = c.orders});
  }
  const std::vector<Sample> more = {
      {.op = Convolution{plain({2}, {2})},
       .inputs = {values({1, 2, 3, 4, 5}, {1, 5, 1}), values({1, -1}, {2, 1, 1})},
       .expect = {values({-1, -1}, {1, 2, 1})}},
      {.op = Convolution{{{3}, {1}, {1}, {2}, {0}}},
       .inputs = {values({1, 2, 3}, {1, 3, 1}), values({100, 10, 1}, {3, 1, 1})},
       .expect = {values({1, 12, 123}, {1, 3, 1})}},
      {.op = Convolution{plain({1}), 2},
       .inputs = {values({1, 2, 3, 4}, {1, 1, 4}), values({1, 2, 3, 4}, {1, 2, 2})},
       .expect = {values({1 + 2 * 3, 3 * 2 + 4 * 4}, {1, 1, 2})}},
      {.op = Convolution{plain({2, 2})},
       .inputs = {normal({0, 3, 3, 2}), normal({2, 2, 2, 3})},
       .orders = 0},
      {.op = Convolution{plain({5})},
       .inputs = {normal({2, 4, 1}), normal({5, 1, 1})},
       .error = "convolution: expected at least 5 elements along axis 1 for a window that spans 5, "
                "got (2, 4, 1); use padding \"same\" or a smaller window"},
      {.op = Convolution{plain({3})},
       .inputs = {normal({2, 4, 3}), normal({3, 2, 1})},
       .error = "convolution: expected 2 channels for a kernel of (3, 2, 1), got (2, 4, 3)"},
      {.op = Convolution{plain({3}), 2},
       .inputs = {normal({2, 4, 3}), normal({3, 2, 2})},
       .error = "expected 4 channels for a kernel of (3, 2, 2) in 2 groups, got (2, 4, 3)"},
      {.op = Convolution{plain({3}), 2},
       .inputs = {normal({2, 4, 4}), normal({3, 2, 3})},
       .error = "expected filters that 2 groups divide, got a kernel of (3, 2, 3)"},
      {.op = Convolution{plain({3})},
       .inputs = {normal({2, 4, 3}), normal({2, 3, 1})},
       .error = "expected a kernel of (3,) cells, got (2, 3, 1)"},
      {.op = Convolution{plain({3})},
       .inputs = {normal({2, 4}), normal({3, 4, 1})},
       .error = "expected 3 dimensions (batch, 1 spatial, channels), got (2, 4)"},
      {.op = Convolution{plain({3}, {0})},
       .inputs = {normal({2, 4, 1}), normal({3, 1, 1})},
       .error = "expected 1 strides of at least 1, got [0]"},
      {.op = Convolution{plain({3})},
       .inputs = {integers({2, 4, 1}, 0, 5), integers({3, 1, 1}, 0, 5)},
       .error = "convolution: expected floats of one type, got int32 and int32"}};
  rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

template <>
std::vector<Sample> samples<ConvolutionInputGradient>() {
  std::vector<Sample> rows;
  for (const ConvolutionCase& c : cases()) {
    rows.push_back({.op = ConvolutionInputGradient{c.window, c.groups, c.sizes()},
                    .inputs = {c.gradient(), c.kernel()},
                    .tolerance = c.tolerance,
                    .orders = c.orders});
  }
  const std::vector<Sample> more = {
      {.op = ConvolutionInputGradient{plain({2}, {2}), 1, {5}},
       .inputs = {values({1, 2}, {1, 2, 1}), values({1, -1}, {2, 1, 1})},
       .expect = {values({1, -1, 2, -2, 0}, {1, 5, 1})}},
      {.op = ConvolutionInputGradient{plain({2}, {2}), 1, {6}},
       .inputs = {normal({1, 2, 1}), normal({2, 1, 1})},
       .error = "convolution_input_gradient: expected a gradient of (3,) positions, got (1, 2, 1)"},
      {.op = ConvolutionInputGradient{plain({2}), 1, {3}},
       .inputs = {normal({1, 2, 3}), normal({2, 1, 2})},
       .error = "expected 2 channels for a kernel of (2, 1, 2), got (1, 2, 3)"},
      {.op = ConvolutionInputGradient{plain({2}), 1, {}},
       .inputs = {normal({1, 2, 2}), normal({2, 1, 2})},
       .error = "expected 1 input sizes, got 0"}};
  rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

template <>
std::vector<Sample> samples<ConvolutionKernelGradient>() {
  std::vector<Sample> rows;
  for (const ConvolutionCase& c : cases()) {
    rows.push_back({.op = ConvolutionKernelGradient{c.window, c.groups},
                    .inputs = {c.input(), c.gradient()},
                    .tolerance = std::max(c.tolerance, 2e-5),
                    .orders = c.orders});
  }
  const std::vector<Sample> more = {
      {.op = ConvolutionKernelGradient{plain({2}, {2})},
       .inputs = {values({1, 2, 3, 4, 5}, {1, 5, 1}), values({1, 10}, {1, 2, 1})},
       .expect = {values({31, 42}, {2, 1, 1})}},
      {.op = ConvolutionKernelGradient{plain({2})},
       .inputs = {normal({2, 5, 1}), normal({1, 4, 1})},
       .error = "expected a gradient of batch and rank as x, got (2, 5, 1) and (1, 4, 1)"},
      {.op = ConvolutionKernelGradient{plain({2})},
       .inputs = {normal({2, 5, 1}), normal({2, 5, 1})},
       .error = "expected a gradient of (4,) positions, got (2, 5, 1)"},
      {.op = ConvolutionKernelGradient{plain({2}), 2},
       .inputs = {normal({2, 5, 3}), normal({2, 4, 2})},
       .error = "expected channels that 2 groups divide, got (2, 5, 3) and (2, 4, 2)"}};
  rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

}  // namespace antler::testing
