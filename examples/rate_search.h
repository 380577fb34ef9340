// Epochs that a training takes at the best of some learning rates, and how two such lists compare.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <limits>
#include <string>

#include "course.h"
#include "numbers.h"

namespace course {

/// Epochs of a training that did not arrive.
inline constexpr double kNever = std::numeric_limits<double>::infinity();

/// A training from `seed`: the epochs that it takes, or kNever when `most` are not enough.
using EpochsNeeded = std::function<double(double rate, std::uint64_t seed, int most)>;

/// The rate that takes the fewest epochs from one seed: the first of equals, and the first of all
/// when none arrives. No rate is given more epochs than the best one before it took. Prints the
/// epochs of each.
inline double best_rate(const std::string& name, const Numbers& rates, std::uint64_t seed, int most,
                        const EpochsNeeded& epochs_needed) {
  Numbers found;
  double best = rates.at(0), fewest = kNever;
  for (const double rate : rates) {
    found.push_back(epochs_needed(rate, seed, most));
    if (found.back() >= fewest) continue;
    best = rate;
    fewest = found.back();
    most = static_cast<int>(fewest);
  }
  print(name + ", epochs at each rate:", found);
  return best;
}

/// The epochs that trainings take at the best of the rates of a setting, with the seeds after the
/// one of the search; a single rate is not searched. Prints each. Other settings: seeds, and
/// epochs, the most.
inline Numbers epochs_at_best_rate(const std::string& name, const std::string& setting,
                                   const Settings& settings, const EpochsNeeded& epochs_needed) {
  const Numbers rates = settings.numbers(setting);
  const int most = settings.integer("epochs");
  const int seeds = settings.is_short() ? 1 : settings.integer("seeds");
  const bool is_search = rates.size() > 1;
  const double rate =
      is_search ? best_rate(name, rates, settings.seed(), most, epochs_needed) : rates.at(0);
  Numbers found;
  for (int k = 1; k <= seeds; ++k) {
    found.push_back(epochs_needed(rate, settings.seed() + k, most));
    std::printf("%s, %s rate: %g epochs (rate %g, seed %d)\n", name.c_str(),
                is_search ? "best" : "fixed", found.back(), rate, int(settings.seed()) + k);
  }
  return found;
}

/// Prints a / b: of the medians, and of the extremes, smallest by largest and largest by smallest.
inline void print_ratio(const std::string& name, const Numbers& a, const Numbers& b) {
  const auto [a_low, a_high] = std::minmax_element(a.begin(), a.end());
  const auto [b_low, b_high] = std::minmax_element(b.begin(), b.end());
  std::printf("%s: %.2f, from %.2f to %.2f\n", name.c_str(), median(a) / median(b),
              *a_low / *b_high, *a_high / *b_low);
}

}  // namespace course
