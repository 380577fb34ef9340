// A line with knots, as examples to learn; and where the knots of relu units lie.
#pragma once

#include <antler/antler.h>

#include <algorithm>
#include <cstddef>

#include "numbers.h"

namespace course {

/// Straight between points at `at` (rising; two at least) of these heights.
struct PiecewiseLine {
  Numbers at, height;

  double operator()(double x) const {
    std::size_t k = 0;
    while (k + 2 < at.size() && x >= at[k + 1]) ++k;
    return height[k] + (height[k + 1] - height[k]) * (x - at[k]) / (at[k + 1] - at[k]);
  }

  /// At `count` points, as far from each other: x and y (count, 1).
  antler::datasets::Examples examples(int count) const {
    Numbers x, y;
    for (int i = 0; i < count; ++i) {
      x.push_back(at.front() + (at.back() - at.front()) * i / (count - 1));
      y.push_back((*this)(x.back()));
    }
    return {matrix(x, 1), matrix(y, 1)};
  }
};

/// Where the units of a layer with one input switch, w x + b = 0; sorted.
inline Numbers knots_of(const antler::Dense& layer) {
  const std::vector<antler::Tensor> weights = layer.get_weights();
  Numbers knots = numbers_of({-weights[1] / weights[0][0]});
  std::sort(knots.begin(), knots.end());
  return knots;
}

}  // namespace course
