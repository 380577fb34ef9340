#include "antler/layers/factor_arg.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "antler/core/error.h"

namespace antler {

FactorArg::FactorArg(double number) : numbers_{number} {}
FactorArg::FactorArg(std::nullopt_t) : is_given_(false) {}
FactorArg::FactorArg(std::initializer_list<double> bounds) : numbers_(bounds) {}
FactorArg::FactorArg(std::vector<double> bounds) : numbers_(std::move(bounds)) {}

FactorArg::Bounds FactorArg::bounds(std::string_view argument, int lowest, bool excluded) const {
  const auto fits = [&](double number) {
    return (excluded ? number > lowest : number >= lowest) && number <= 1;
  };
  if (numbers_.empty() || numbers_.size() > 2 ||
      !std::all_of(numbers_.begin(), numbers_.end(), fits)) {
    throw ValueError("expected " + std::string(argument) + " as a number in " +
                     (excluded ? "(" : "[") + std::to_string(lowest) +
                     ", 1], or two as {lower, upper}, got " + to_config(*this).to_string());
  }
  if (is_number()) {
    const double size = std::abs(numbers_[0]);
    return {std::max(-size, static_cast<double>(lowest)), size};
  }
  return {std::min(numbers_[0], numbers_[1]), std::max(numbers_[0], numbers_[1])};
}

Config to_config(const FactorArg& factor) {
  if (!factor.is_given()) return Config();
  return factor.is_number() ? Config(factor.get()[0]) : Config(factor.get());
}

void from_config(const Config& config, FactorArg& factor) {
  if (config.is_null()) {
    factor = std::nullopt;
    return;
  }
  if (!config.is_list()) {
    factor = FactorArg(config.as_number());
    return;
  }
  std::vector<double> bounds;
  for (const Config& number : config.as_list()) bounds.push_back(number.as_number());
  factor = FactorArg(std::move(bounds));
}

Config to_config(const FactorArg::Bounds& bounds) {
  return Config(std::vector<double>{bounds.lower, bounds.upper});
}

}  // namespace antler
