// How many T-shirts are sold: a recipe, from price, shipping, marketing and material.
#pragma once

#include <antler/antler.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "numbers.h"

namespace course {

/// Rows of a grid, each input at 0, 1/6, ..., 1; the features that the recipe is made of, and
/// demand, which is never negative.
struct Tshirts {
  Numbers inputs, features, demand;  // four, three and one a row
  int unsold = 0;                    // rows without demand

  /// demand = max(0, a affordability + b awareness + c quality + d)
  explicit Tshirts(const Numbers& abcd) {
    for (int row = 0; row < 7 * 7 * 7 * 7; ++row) {
      const double price = row % 7 / 6.0, shipping = row / 7 % 7 / 6.0;
      const double marketing = row / 49 % 7 / 6.0, material = row / 343 / 6.0;
      const double affordability = std::max(0.0, 1 - price - shipping / 2);
      const double awareness = std::max(0.0, 3 * marketing - 1);
      const double quality = std::max(0.0, price / 2 + material - 0.6);
      const double wanted =
          abcd[0] * affordability + abcd[1] * awareness + abcd[2] * quality + abcd[3];
      inputs.insert(inputs.end(), {price, shipping, marketing, material});
      features.insert(features.end(), {affordability, awareness, quality});
      demand.push_back(std::max(0.0, wanted));
      unsold += wanted <= 0;
    }
  }
};

/// |correlation| of two columns of tables with a row each.
inline double correlation(const antler::Tensor& a, std::int64_t i, const antler::Tensor& b,
                          std::int64_t j) {
  double sum_a = 0, sum_b = 0, sum_aa = 0, sum_bb = 0, sum_ab = 0;
  const auto n = a.length();
  for (std::int64_t row = 0; row < n; ++row) {
    const double u = a.item(row * a.shape()[1] + i), v = b.item(row * b.shape()[1] + j);
    sum_a += u;
    sum_b += v;
    sum_aa += u * u;
    sum_bb += v * v;
    sum_ab += u * v;
  }
  const auto spread = [&](double sum, double squares) { return squares - sum * sum / double(n); };
  const double product = spread(sum_a, sum_aa) * spread(sum_b, sum_bb);
  return product > 0 ? std::abs(sum_ab - sum_a * sum_b / double(n)) / std::sqrt(product) : 0;
}

/// For each column of `features` the highest correlation with a column of `units`.
inline Numbers best_correlations(const antler::Tensor& features, const antler::Tensor& units) {
  Numbers best(static_cast<std::size_t>(features.shape()[1]));
  for (std::size_t i = 0; i < best.size(); ++i) {
    for (std::int64_t j = 0; j < units.shape()[1]; ++j) {
      best[i] = std::max(best[i], correlation(features, std::int64_t(i), units, j));
    }
  }
  return best;
}

}  // namespace course
