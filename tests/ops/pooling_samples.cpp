#include <cmath>
#include <limits>

#include "antler/ops/pooling.h"
#include "tests/ops/sample.h"

namespace antler::testing {

using ops::MaxPool;
using ops::MaxPoolGather;
using ops::MaxPoolGradient;
using ops::SumPool;
using ops::SumPoolGradient;
using ops::Window;

namespace {

struct PoolCase {
  Window window = {};
  Shape x = {};
  int orders = 2;

  Shape y() const { return ops::spatial_shape(x.front(), window.outputs("case", x), x.back()); }
};

Window plain(std::vector<std::int64_t> size, std::vector<std::int64_t> strides) {
  const std::vector<std::int64_t> ones(size.size(), 1), zeros(size.size(), 0);
  return {size, strides, ones, zeros, zeros};
}

std::vector<PoolCase> cases() {
  const Window overlapping{{3, 2}, {2, 1}, {1, 1}, {1, 0}, {1, 1}};
  const Window deep{{2, 3, 1}, {1, 2, 1}, {1, 1, 1}, {0, 1, 0}, {1, 1, 0}};
  const Window gaps{{2, 2}, {3, 3}, {1, 1}, {0, 0}, {0, 0}};
  return {{plain({2}, {2}), {1, 5, 1}},
          {plain({3}, {1}), {2, 5, 2}},
          {plain({4}, {4}), {2, 4, 3}},
          {plain({2, 2}, {2, 2}), {2, 5, 4, 3}},
          {overlapping, {1, 4, 5, 2}},
          {gaps, {1, 7, 5, 2}},
          {deep, {1, 3, 4, 2, 2}},
          {plain({2, 2}, {2, 2}), {3, 9, 10, 33}, 0},
          {overlapping, {5, 9, 10, 17}, 0},
          {overlapping, {2, 9, 10, 64}, 0},
          {plain({2, 2}, {2, 2}), {37, 31, 30, 32}, 0},
          {gaps, {2, 8, 8, 16}, 0}};
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// The errors that all pools share.
template <class Pool>
std::vector<Sample> pool_errors() {
  const Window padded{{2}, {1}, {1}, {2}, {0}};
  const Window round{{2}, {1}, {1}, {1}, {1}};
  const Window dilated{{2}, {1}, {2}, {0}, {0}};
  return {{.op = Pool{plain({3}, {1})},
           .inputs = {normal({2, 2, 1})},
           .error = "expected at least 3 elements along axis 1 for a window that spans 3, got (2, "
                    "2, 1); use padding \"same\" or a smaller window"},
          {.op = Pool{padded},
           .inputs = {normal({2, 4, 1})},
           .error = "expected padding smaller than the window, got 2 and 0 for a window that spans "
                    "2"},
          {.op = Pool{dilated},
           .inputs = {normal({2, 4, 1})},
           .error = "expected a window without dilation, got 2"},
          {.op = Pool{round},
           .inputs = {normal({2, 0, 1})},
           .error = "expected at least 1 element along axis 1, got (2, 0, 1)"},
          {.op = Pool{plain({2, 2}, {1, 1})},
           .inputs = {normal({2, 4, 1})},
           .error = "expected 4 dimensions (batch, 2 spatial, channels), got (2, 4, 1)"}};
}

template <class Pool>
std::vector<Sample> pool_rows(Tensor (*make)(const Shape& shape)) {
  std::vector<Sample> rows;
  for (const PoolCase& c : cases()) {
    rows.push_back(
        {.op = Pool{c.window}, .inputs = {make(c.x)}, .tolerance = 3e-6, .orders = c.orders});
  }
  for (const Sample& row : pool_errors<Pool>()) rows.push_back(row);
  return rows;
}

// Rows of the two ops that look for the first largest; `of_x` says whose shape the second input
// has.
template <class Pool>
std::vector<Sample> largest_rows(bool of_x) {
  std::vector<Sample> rows;
  for (const PoolCase& c : cases()) {
    rows.push_back({.op = Pool{c.window},
                    .inputs = {distinct(c.x), normal(of_x ? c.x : c.y(), 2)},
                    .orders = c.orders});
  }
  return rows;
}

}  // namespace

template <>
std::vector<Sample> samples<MaxPool>() {
  std::vector<Sample> rows = pool_rows<MaxPool>([](const Shape& shape) { return distinct(shape); });
  rows.push_back({.op = MaxPool{{{2}, {2}, {1}, {1}, {0}}},
                  .inputs = {values({-3, -2, -5, -4, -7}, {1, 5, 1})},
                  .expect = {values({-3, -2, -4}, {1, 3, 1})}});
  rows.push_back({.op = MaxPool{plain({2}, {1})},
                  .inputs = {values({1, kNan, 2, 3}, {1, 4, 1})},
                  .expect = {values({kNan, kNan, 3}, {1, 3, 1})},
                  .orders = 0});
  rows.push_back({.op = MaxPool{plain({2}, {1})},
                  .inputs = {values({-INFINITY, -INFINITY, INFINITY}, {1, 3, 1})},
                  .expect = {values({-INFINITY, INFINITY}, {1, 2, 1})},
                  .orders = 0});
  for (const DType type : {DType::int32, DType::int64, DType::uint8}) {
    rows.push_back({.op = MaxPool{plain({2}, {1})},
                    .inputs = {values({3, 1, 2, 7}, {1, 4, 1}, type)},
                    .expect = {values({3, 2, 7}, {1, 3, 1}, type)},
                    .orders = 0});
  }
  return rows;
}

template <>
std::vector<Sample> samples<MaxPoolGradient>() {
  std::vector<Sample> rows = largest_rows<MaxPoolGradient>(false);
  // Ties: the first one takes it all, also across windows.
  rows.push_back({.op = MaxPoolGradient{plain({2}, {1})},
                  .inputs = {values({2, 2, 2, 1}, {1, 4, 1}), values({1, 10, 100}, {1, 3, 1})},
                  .expect = {values({1, 10, 100, 0}, {1, 4, 1})},
                  .orders = 0});
  rows.push_back(
      {.op = MaxPoolGradient{plain({2}, {2})},
       .inputs = {values({-INFINITY, -INFINITY, 0, 1, 5}, {1, 5, 1}), values({1, 10}, {1, 2, 1})},
       .expect = {values({1, 0, 0, 10, 0}, {1, 5, 1})},
       .orders = 0});
  rows.push_back({.op = MaxPoolGradient{plain({2}, {2})},
                  .inputs = {normal({1, 5, 1}), normal({1, 3, 1})},
                  .error = "max_pool_gradient: expected a second input of (1, 2, 1), got (1, 3, "
                           "1)"});
  return rows;
}

template <>
std::vector<Sample> samples<MaxPoolGather>() {
  std::vector<Sample> rows = largest_rows<MaxPoolGather>(true);
  rows.push_back({.op = MaxPoolGather{plain({2}, {1})},
                  .inputs = {values({2, 2, 1, 3}, {1, 4, 1}), values({1, 2, 3, 4}, {1, 4, 1})},
                  .expect = {values({1, 2, 4}, {1, 3, 1})},
                  .orders = 0});
  rows.push_back({.op = MaxPoolGather{plain({2}, {2})},
                  .inputs = {normal({1, 5, 1}), normal({1, 3, 1})},
                  .error = "max_pool_gather: expected a second input of (1, 5, 1), got (1, 3, 1)"});
  return rows;
}

template <>
std::vector<Sample> samples<SumPool>() {
  std::vector<Sample> rows = pool_rows<SumPool>([](const Shape& shape) { return normal(shape); });
  rows.push_back({.op = SumPool{{{3}, {2}, {1}, {1}, {1}}},
                  .inputs = {values({1, 2, 3, 4, 5}, {1, 5, 1})},
                  .expect = {values({3, 9, 9}, {1, 3, 1})}});
  rows.push_back({.op = SumPool{plain({2}, {1})},
                  .inputs = {integers({2, 4, 1}, 0, 3)},
                  .error = "sum_pool: expected floats of one type, got int32 and int32"});
  return rows;
}

template <>
std::vector<Sample> samples<SumPoolGradient>() {
  std::vector<Sample> rows;
  for (const PoolCase& c : cases()) {
    rows.push_back({.op = SumPoolGradient{c.window, ops::spatial_sizes(c.x)},
                    .inputs = {normal(c.y())},
                    .orders = c.orders});
  }
  rows.push_back({.op = SumPoolGradient{plain({2}, {1}), {4}},
                  .inputs = {values({1, 10, 100}, {1, 3, 1})},
                  .expect = {values({1, 11, 110, 100}, {1, 4, 1})}});
  rows.push_back({.op = SumPoolGradient{plain({2}, {1}), {5}},
                  .inputs = {normal({1, 3, 1})},
                  .error = "sum_pool_gradient: expected a second input of (1, 4, 1), got (1, 3, "
                           "1)"});
  return rows;
}

}  // namespace antler::testing
