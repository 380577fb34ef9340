#pragma once

#include "antler/core/named_only.h"
#include "antler/metrics/metric.h"

namespace antler::metrics {

struct AccuracyOptions {
  NamedOnly named_only = NamedOnly();
  std::string name = "accuracy";
  static void visit(auto& self, auto&& field) { field("name", self.name); }
};

/// The share of elements where y_pred equals y_true.
///
/// Shapes  both (batch, ...); (batch,) beside (batch, 1) is fine.
/// Errors  ShapeError.  Source  keras.metrics.Accuracy.
class Accuracy : public Metric {
 public:
  Accuracy(const AccuracyOptions& options = {});
};

struct BinaryAccuracyOptions {
  NamedOnly named_only = NamedOnly();
  double threshold = 0.5;
  std::string name = "binary_accuracy";
  static void visit(auto& self, auto&& field) {
    field("threshold", self.threshold);
    field("name", self.name);
  }
};

/// The share of elements where (y_pred > threshold) equals y_true.
///
/// Shapes  both (batch, ...); (batch,) beside (batch, 1) is fine.
/// Errors  ShapeError.  Source  keras.metrics.BinaryAccuracy.
class BinaryAccuracy : public Metric {
 public:
  BinaryAccuracy(const BinaryAccuracyOptions& options = {});
};

struct CategoricalAccuracyOptions {
  NamedOnly named_only = NamedOnly();
  std::string name = "categorical_accuracy";
  static void visit(auto& self, auto&& field) { field("name", self.name); }
};

/// The share of rows whose largest y_pred stands where the largest y_true does.
///
/// Shapes  both (batch, ..., classes).
/// Errors  ShapeError.  Source  keras.metrics.CategoricalAccuracy.
class CategoricalAccuracy : public Metric {
 public:
  CategoricalAccuracy(const CategoricalAccuracyOptions& options = {});
};

struct SparseCategoricalAccuracyOptions {
  NamedOnly named_only = NamedOnly();
  std::string name = "sparse_categorical_accuracy";
  static void visit(auto& self, auto&& field) { field("name", self.name); }
};

/// The share of rows whose largest y_pred stands at the class number y_true.
///
/// Shapes  y_pred (batch, ..., classes), y_true without the last axis or with size 1 there.
/// Errors  ShapeError.  Source  keras.metrics.SparseCategoricalAccuracy.
class SparseCategoricalAccuracy : public Metric {
 public:
  SparseCategoricalAccuracy(const SparseCategoricalAccuracyOptions& options = {});
};

}  // namespace antler::metrics
