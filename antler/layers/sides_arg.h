#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/core/config.h"
#include "antler/core/item_list.h"

namespace antler {

/// An argument that says how much stands before and after each spatial axis (cropping, padding):
/// 2 for all sides, {1, 2} for both sides of each axis (of one axis: before and after), or
/// {{1, 2}, {3, 4}} for before and after of each.
class SidesArg {
 public:
  using Pair = std::pair<std::int64_t, std::int64_t>;

  SidesArg(int both);
  SidesArg(std::initializer_list<std::int64_t> both);
  SidesArg(std::initializer_list<Pair> sides);

  /// A pair for each of `rank` axes. Errors: ValueError, opened by `argument`, for another number
  /// of them or one below 0.
  std::vector<Pair> resolve(std::string_view argument, int rank) const;

  friend Config to_config(const SidesArg& sides);
  friend void from_config(const Config& config, SidesArg& sides);

 private:
  enum class Kind : std::uint8_t { number, list, pairs };

  ItemList<Pair> entries_;
  Kind kind_;
};

extern template class ItemList<SidesArg::Pair>;

/// An integer, a list of integers, or a list of pairs.
Config to_config(const SidesArg& sides);
void from_config(const Config& config, SidesArg& sides);

/// As Keras writes it: [before, after] for one axis, else a list of such pairs.
Config sides_config(const std::vector<SidesArg::Pair>& sides);

}  // namespace antler
