#pragma once

#include <string>

#include "antler/core/named_only.h"
#include "antler/regularizers/regularizer.h"

namespace antler::regularizers {

struct OrthogonalRegularizerOptions {
  NamedOnly named_only = NamedOnly();
  double factor = 0.01;
  std::string mode = "rows";
  static void visit(auto& self, auto&& field) {
    field("factor", self.factor);
    field("mode", self.mode);
  }
};

/// factor times the mean of |cos| of the angles between any two rows of a matrix (mode "columns":
/// columns).
///
/// Errors  ValueError for a negative factor or another mode; ShapeError for a weight that is no
///         matrix, or one of a single row (column).
/// Source  keras.regularizers.OrthogonalRegularizer.
class OrthogonalRegularizer : public Regularizer {
 public:
  OrthogonalRegularizer(const OrthogonalRegularizerOptions& options = {});
};

}  // namespace antler::regularizers
