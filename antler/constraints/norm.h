#pragma once

#include <initializer_list>
#include <vector>

#include "antler/constraints/constraint.h"
#include "antler/core/named_only.h"

namespace antler::constraints {

/// The axes along which a weight's norms are taken: one, or a list. 0 for the kernel of a Dense
/// layer (one norm a unit), {0, 1, 2} for that of a Conv2D.
class AxisArg {
 public:
  AxisArg(int axis);
  AxisArg(std::initializer_list<int> axes);
  AxisArg(std::vector<int> axes);
  const std::vector<int>& get() const { return axes_; }

 private:
  std::vector<int> axes_;
};
/// A number for one axis, else a list.
Config to_config(const AxisArg& axis);
void from_config(const Config& config, AxisArg& axis);

struct MaxNormOptions {
  NamedOnly named_only = NamedOnly();
  double max_value = 2;
  AxisArg axis = 0;
  static void visit(auto& self, auto&& field) {
    field("max_value", self.max_value);
    field("axis", self.axis);
  }
};

/// Scales down what is longer than `max_value`: w clip(n, 0, max_value) / (n + 1e-7), where n is
/// the norm of w along `axis`.
///
/// Source  keras.constraints.MaxNorm; Srivastava et al. (2014).
class MaxNorm : public Constraint {
 public:
  MaxNorm(const MaxNormOptions& options = {});
};

struct UnitNormOptions {
  NamedOnly named_only = NamedOnly();
  AxisArg axis = 0;
  static void visit(auto& self, auto&& field) { field("axis", self.axis); }
};

/// w / (n + 1e-7), where n is the norm of w along `axis`.  Source  keras.constraints.UnitNorm.
class UnitNorm : public Constraint {
 public:
  UnitNorm(const UnitNormOptions& options = {});
};

struct MinMaxNormOptions {
  NamedOnly named_only = NamedOnly();
  double min_value = 0.0;
  double max_value = 1.0;
  double rate = 1.0;
  AxisArg axis = 0;
  static void visit(auto& self, auto&& field) {
    field("min_value", self.min_value);
    field("max_value", self.max_value);
    field("rate", self.rate);
    field("axis", self.axis);
  }
};

/// Moves norms into a range: w (rate clip(n, min_value, max_value) + (1 - rate) n) / (n + 1e-7).
///
/// Options  rate: 1 does so at once, below 1 by that part of the way each step.
/// Source   keras.constraints.MinMaxNorm.
class MinMaxNorm : public Constraint {
 public:
  MinMaxNorm(const MinMaxNormOptions& options = {});
};

}  // namespace antler::constraints
