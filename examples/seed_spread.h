// How far the seeds of a network lie apart, and whether flat ones are why.
#pragma once

#include <antler/antler.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "numbers.h"

namespace course {

/// What became of one seed.
struct Outcome {
  bool was_flat = false, is_flat = false;  // before and after training
  double loss = 0, percent = 0;            // loss of the training rows, accuracy of the test rows
};

/// Whether the answer is the same for all examples: no signal comes through.
inline bool is_flat(const antler::Sequential& model, const antler::Tensor& x) {
  const antler::Value y = model.predict(x);
  return antler::Tensor(antler::ops::max(y) - antler::ops::min(y)).item() == 0;
}

/// `train` trains the model and says its accuracy on new rows, in percent.
template <class Train>
Outcome outcome(const antler::Sequential& model, const antler::datasets::Examples& rows,
                const Train& train) {
  Outcome out;
  out.was_flat = is_flat(model, rows.x);
  out.percent = train();
  out.is_flat = is_flat(model, rows.x);
  out.loss = model.evaluate(rows.x, rows.y)["loss"];
  return out;
}

/// Pearson's, of two lists of one length; 0 where one of them does not vary.
inline double correlation(const Numbers& a, const Numbers& b) {
  const auto covariance = [](const Numbers& u, const Numbers& v) {
    double sum = 0, sum_u = 0, sum_v = 0;
    for (std::size_t i = 0; i < u.size(); ++i) sum += u[i] * v[i], sum_u += u[i], sum_v += v[i];
    return sum - sum_u * sum_v / double(u.size());
  };
  const double both = covariance(a, a) * covariance(b, b);
  return both > 0 ? covariance(a, b) / std::sqrt(both) : 0;
}

/// "title: 2 seeds, training loss 0.61 to 0.62, accuracy 64 to 64 %"; of no seeds their number
/// alone.
inline void print_seeds(const std::string& title, const Numbers& losses, const Numbers& percents) {
  std::printf("%s: %d seeds", title.c_str(), int(losses.size()));
  if (!losses.empty()) {
    const auto [least, most] = std::minmax_element(losses.begin(), losses.end());
    const auto [worst, best] = std::minmax_element(percents.begin(), percents.end());
    std::printf(", training loss %.3f to %.3f, accuracy %.0f to %.0f %%", *least, *most, *worst,
                *best);
  }
  std::printf("\n");
}

/// The flat seeds, the others, and how closely loss and accuracy go together in these.
inline void print_spread(const std::string& title, const std::vector<Outcome>& seeds) {
  Numbers flat_losses, flat_percents, losses, percents;
  int from_start = 0;
  for (const Outcome& seed : seeds) {
    (seed.is_flat ? flat_losses : losses).push_back(seed.loss);
    (seed.is_flat ? flat_percents : percents).push_back(seed.percent);
    from_start += seed.is_flat && seed.was_flat ? 1 : 0;
  }
  print_seeds(title + ", flat", flat_losses, flat_percents);
  print_seeds(title + ", others", losses, percents);
  std::printf(
      "%s: flat from the start %d, correlation of training loss and accuracy of the others %.2f\n",
      title.c_str(), from_start, correlation(losses, percents));
}

/// Shows each of `count` seeds, from `first` on, then all together; `learn(seed)` is an Outcome.
template <class Learn>
void compare_seeds(const std::string& title, std::uint64_t first, int count, const Learn& learn) {
  std::vector<Outcome> seeds;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    seeds.push_back(learn(seed));
    std::printf("%s, seed %d: %.0f %%\n", title.c_str(), int(seed), seeds.back().percent);
  }
  print_spread(title, seeds);
}

}  // namespace course
