#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "antler/core/config.h"

namespace antler {

/// How much a layer changes at random: a number for as much in both directions, or the bounds of
/// what is drawn, {lower, upper}; std::nullopt where a layer has another rule.
class FactorArg {
 public:
  FactorArg() : FactorArg(0.0) {}
  FactorArg(double number);
  FactorArg(std::nullopt_t);
  FactorArg(int number) : FactorArg(static_cast<double>(number)) {}
  FactorArg(std::initializer_list<double> bounds);
  FactorArg(std::vector<double> bounds);

  struct Bounds {
    double lower, upper;
  };
  /// The bounds in order; of a number f, -f and f, but none under `lowest`.
  /// Errors: ValueError for other than one or two numbers in [lowest, 1], or above `lowest` when
  /// it is excluded.
  Bounds bounds(std::string_view argument, int lowest, bool excluded = false) const;

  bool is_given() const { return is_given_; }
  const std::vector<double>& get() const { return numbers_; }
  bool is_number() const { return numbers_.size() == 1; }

 private:
  std::vector<double> numbers_;
  bool is_given_ = true;
};

/// A number, a list, or null for std::nullopt.
Config to_config(const FactorArg& factor);
void from_config(const Config& config, FactorArg& factor);
Config to_config(const FactorArg::Bounds& bounds);

}  // namespace antler
