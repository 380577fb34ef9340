#pragma once

#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

#include "antler/core/config.h"

namespace antler {

/// An `axis` argument that Keras takes as an integer, a list, or None: an int, a list, or {} for
/// Python's None (here `None` is an unknown size, and would be the axis -1).
class AxesArg {
 public:
  AxesArg() = default;
  AxesArg(int axis);
  AxesArg(std::int64_t) = delete;
  AxesArg(std::initializer_list<int> axes);
  AxesArg(std::vector<int> axes);

  const std::vector<int>& get() const { return axes_; }
  bool is_single() const { return is_single_; }
  /// Sorted, each in [0, rank). Errors: ShapeError for one out of range or given twice.
  std::vector<int> resolve(int rank) const;

 private:
  std::vector<int> axes_;
  bool is_single_ = false;
};

/// An integer, or a list.
Config to_config(const AxesArg& axes);
void from_config(const Config& config, AxesArg& axes);

}  // namespace antler
