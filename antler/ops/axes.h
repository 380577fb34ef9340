#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/core/shape.h"

namespace antler {
class Config;
}

namespace antler::ops {

/// The `axis` argument of a reduction: one axis, a list, or (by default) all of them.
class Axes {
 public:
  Axes() = default;
  Axes(int axis);
  Axes(std::initializer_list<int> axes);
  Axes(std::vector<int> axes);

  /// Sorted, each in [0, rank). Errors: ShapeError for one out of range or given twice.
  std::vector<int> resolve(std::string_view op, int rank) const;
  /// As given; null for all of them.
  const std::vector<int>* given() const { return is_all_ ? nullptr : &axes_; }

 private:
  std::vector<int> axes_;
  bool is_all_ = true;
};

/// One axis as an integer, several as a list, null for all.
Config to_config(const Axes& axes);
/// Also reads Keras' form of a tuple.
void from_config(const Config& config, Axes& axes);

/// Keras' arguments of a reduction: `axis`, all by default; `keepdims` leaves axes of size 1.
struct ReduceOptions {
  NamedOnly named_only = NamedOnly();
  Axes axis = {};
  bool keepdims = false;
};

/// The shape after reducing sorted `axes`.
Shape reduced_shape(const Shape& shape, std::span<const int> axes, bool keepdims);

}  // namespace antler::ops
