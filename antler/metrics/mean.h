#pragma once

#include "antler/core/named_only.h"
#include "antler/metrics/metric.h"

namespace antler::metrics {

struct MeanOptions {
  NamedOnly named_only = NamedOnly();
  std::string name = "mean";
  static void visit(auto& self, auto&& field) { field("name", self.name); }
};

/// The weighted mean of values: update_state(values), or update_state(values, sample_weight). A
/// sample of several values counts with their mean.
///
/// Shapes  values (batch, ...), sample_weight (batch,) or what broadcasts to them.
/// Errors  ShapeError for weights that do not fit.  Source  keras.metrics.Mean.
class Mean : public Metric {
 public:
  Mean(const MeanOptions& options = {});
  void update_state(const Tensor& values, const Tensor& sample_weight = {});
};

struct SumOptions {
  NamedOnly named_only = NamedOnly();
  std::string name = "sum";
  static void visit(auto& self, auto&& field) { field("name", self.name); }
};

/// The weighted sum of values: update_state(values), or update_state(values, sample_weight).
///
/// Shapes  as Mean.
/// Errors  ShapeError for weights that do not fit.  Source  keras.metrics.Sum.
class Sum : public Metric {
 public:
  Sum(const SumOptions& options = {});
  void update_state(const Tensor& values, const Tensor& sample_weight = {});
};

}  // namespace antler::metrics
