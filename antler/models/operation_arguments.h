#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/config.h"
#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/ops/axes.h"

namespace antler {

/// Reads the constructor arguments of a Keras operation, and remembers which there are.
class OperationArguments {
 public:
  explicit OperationArguments(const Config& config) : config_(config) { config.as_map(); }

  const Config* find(std::string_view key) {
    known_.push_back(key);
    return config_.find(key);
  }
  const Config& at(std::string_view key) {
    known_.push_back(key);
    return config_.at(key);
  }
  int axis(int otherwise = -1) {
    const Config* axis = find("axis");
    return axis == nullptr ? otherwise : to_axis(*axis);
  }
  int axis_at(std::string_view key) { return to_axis(at(key)); }
  double number(std::string_view key, double otherwise) {
    const Config* number = find(key);
    return number == nullptr ? otherwise : number->as_number();
  }
  ops::ReduceOptions reduce() {
    ops::ReduceOptions options;
    const Config* axis = find("axis");
    if (axis != nullptr && axis->is_list()) {
      std::vector<int> axes;
      for (const Config& element : axis->as_list()) axes.push_back(to_axis(element));
      options.axis = axes;
    } else if (axis != nullptr && !axis->is_null()) {
      options.axis = to_axis(*axis);
    }
    options.keepdims = flag("keepdims");
    return options;
  }
  /// None for null.
  std::optional<int> axis_or_none(std::string_view key) {
    const Config* axis = find(key);
    return axis == nullptr || axis->is_null() ? std::nullopt : std::optional(to_axis(*axis));
  }
  std::vector<std::int64_t> integers(std::string_view key) {
    std::vector<std::int64_t> numbers;
    for (const Config& number : at(key).as_list()) numbers.push_back(number.as_integer());
    return numbers;
  }
  bool flag(std::string_view key, bool otherwise = false) {
    const Config* flag = find(key);
    return flag == nullptr ? otherwise : flag->as_bool();
  }
  /// Errors: ValueError for a key that none of the above asked for; null means a default.
  void require_no_others() {
    known_.push_back("name");
    for (const auto& [key, value] : config_.as_map()) {
      bool is_known = value.is_null();
      for (const std::string_view known : known_) is_known = is_known || known == key;
      if (!is_known) throw ValueError(unknown_name("key", key, known_));
    }
  }

 private:
  static int to_axis(const Config& axis) {
    const std::int64_t value = axis.as_integer();
    if (value < -64 || value > 64) {
      throw ValueError("expected an axis in [-64, 64], got " + std::to_string(value));
    }
    return static_cast<int>(value);
  }

  const Config& config_;
  std::vector<std::string_view> known_;
};

}  // namespace antler
