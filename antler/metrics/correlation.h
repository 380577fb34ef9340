#pragma once

#include <string>

#include "antler/core/named_only.h"
#include "antler/metrics/metric.h"

namespace antler::metrics {

struct PearsonCorrelationOptions {
  NamedOnly named_only = NamedOnly();
  int axis = -1;
  std::string name = "pearson_correlation";
  static void visit(auto& self, auto&& field) {
    field("axis", self.axis);
    field("name", self.name);
  }
};

/// The mean of Pearson's coefficient along an axis, cov(y, p) / (std(y) std(p)); NaN where either
/// is constant.
///
/// Shapes  both (batch, ...).  Errors  ShapeError.  Source  keras.metrics.PearsonCorrelation.
class PearsonCorrelation : public Metric {
 public:
  PearsonCorrelation(const PearsonCorrelationOptions& options = {});
};

struct ConcordanceCorrelationOptions {
  NamedOnly named_only = NamedOnly();
  int axis = -1;
  std::string name = "concordance_correlation";
  static void visit(auto& self, auto&& field) {
    field("axis", self.axis);
    field("name", self.name);
  }
};

/// The mean of Lin's coefficient along an axis, 2 cov(y, p) / (var(y) + var(p) + (mean y - mean
/// p)^2): how near to y = p the pairs are.
///
/// Shapes  both (batch, ...).
/// Errors  ShapeError.  Source  keras.metrics.ConcordanceCorrelation; Lin (1989).
class ConcordanceCorrelation : public Metric {
 public:
  ConcordanceCorrelation(const ConcordanceCorrelationOptions& options = {});
};

}  // namespace antler::metrics
