#pragma once

#include <initializer_list>
#include <utility>
#include <vector>

#include "antler/core/config.h"

namespace antler::metrics {

/// An argument that is left out, a number, or a list of numbers: thresholds, weights of labels.
class NumbersArg {
 public:
  NumbersArg() = default;
  NumbersArg(double number) : kind_(Kind::number), numbers_{number} {}
  NumbersArg(std::initializer_list<double> numbers) : kind_(Kind::list), numbers_(numbers) {}
  NumbersArg(std::vector<double> numbers) : kind_(Kind::list), numbers_(std::move(numbers)) {}

  bool is_given() const { return kind_ != Kind::none; }
  bool is_list() const { return kind_ == Kind::list; }
  const std::vector<double>& numbers() const { return numbers_; }

 private:
  enum class Kind { none, number, list };
  Kind kind_ = Kind::none;
  std::vector<double> numbers_;
};

/// null, a number, or a list.
Config to_config(const NumbersArg& argument);
/// Also the form in which Keras writes a tensor.
void from_config(const Config& config, NumbersArg& argument);

}  // namespace antler::metrics
