#pragma once

#include "antler/core/named_only.h"
#include "antler/regularizers/regularizer.h"

namespace antler::regularizers {

struct L1Options {
  NamedOnly named_only = NamedOnly();
  double l1 = 0.01;
  static void visit(auto& self, auto&& field) { field("l1", self.l1); }
};
struct L2Options {
  NamedOnly named_only = NamedOnly();
  double l2 = 0.01;
  static void visit(auto& self, auto&& field) { field("l2", self.l2); }
};
struct L1L2Options {
  NamedOnly named_only = NamedOnly();
  double l1 = 0.0;
  double l2 = 0.0;
  static void visit(auto& self, auto&& field) {
    field("l1", self.l1);
    field("l2", self.l2);
  }
};

/// l1 sum |x|.
///
/// Errors  ValueError for a negative factor.  Source  keras.regularizers.L1 ("l1").
class L1 : public Regularizer {
 public:
  L1(double l1);
  L1(const L1Options& options = {});
};

/// l2 sum x^2 (without a half).
///
/// Errors  ValueError for a negative factor.  Source  keras.regularizers.L2 ("l2").
class L2 : public Regularizer {
 public:
  L2(double l2);
  L2(const L2Options& options = {});
};

/// l1 sum |x| + l2 sum x^2.
///
/// Errors  ValueError for a negative factor.  Source  keras.regularizers.L1L2 ("l1_l2").
class L1L2 : public Regularizer {
 public:
  L1L2(const L1L2Options& options = {});
};

}  // namespace antler::regularizers
