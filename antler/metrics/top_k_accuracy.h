#pragma once

#include <cstdint>

#include "antler/core/named_only.h"
#include "antler/metrics/metric.h"

namespace antler::metrics {

struct TopKCategoricalAccuracyOptions {
  NamedOnly named_only = NamedOnly();
  std::int64_t k = 5;
  std::string name = "top_k_categorical_accuracy";
  static void visit(auto& self, auto&& field) {
    field("k", self.k);
    field("name", self.name);
  }
};

/// The share of rows where y_pred at the largest y_true is among the k largest.
///
/// Shapes  both (batch, ..., classes).
/// Errors  ShapeError; ValueError for k below 1.  Source  keras.metrics.TopKCategoricalAccuracy.
class TopKCategoricalAccuracy : public Metric {
 public:
  TopKCategoricalAccuracy(const TopKCategoricalAccuracyOptions& options = {});
};

struct SparseTopKCategoricalAccuracyOptions {
  NamedOnly named_only = NamedOnly();
  std::int64_t k = 5;
  bool from_sorted_ids = false;
  std::string name = "sparse_top_k_categorical_accuracy";
  static void visit(auto& self, auto&& field) {
    field("k", self.k);
    field("from_sorted_ids", self.from_sorted_ids);
    field("name", self.name);
  }
};

/// The share of rows where y_pred at the class number y_true is among the k largest; a class that
/// does not exist counts as a miss.
///
/// Options  from_sorted_ids: y_pred holds class numbers, the best first.
/// Shapes   y_pred (batch, ..., classes), y_true without the last axis or with size 1 there.
/// Errors   ShapeError; ValueError for k below 1.
/// Source   keras.metrics.SparseTopKCategoricalAccuracy.
class SparseTopKCategoricalAccuracy : public Metric {
 public:
  SparseTopKCategoricalAccuracy(const SparseTopKCategoricalAccuracyOptions& options = {});
};

}  // namespace antler::metrics
