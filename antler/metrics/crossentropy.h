#pragma once

#include <cstdint>
#include <optional>

#include "antler/core/named_only.h"
#include "antler/metrics/metric.h"

namespace antler::metrics {

// The means of the losses of these names, with their shapes and types. Probabilities are clipped as
// Keras on JAX does: a metric never looks for their logits.

struct BinaryCrossentropyOptions {
  NamedOnly named_only = NamedOnly();
  bool from_logits = false;
  double label_smoothing = 0;
  std::string name = "binary_crossentropy";
  static void visit(auto& self, auto&& field) {
    field("from_logits", self.from_logits);
    field("label_smoothing", self.label_smoothing);
    field("name", self.name);
  }
};

/// The mean of the loss of that name.
///
/// Errors  as the loss.  Source  keras.metrics.BinaryCrossentropy.
class BinaryCrossentropy : public Metric {
 public:
  BinaryCrossentropy(const BinaryCrossentropyOptions& options = {});
};

struct CategoricalCrossentropyOptions {
  NamedOnly named_only = NamedOnly();
  bool from_logits = false;
  double label_smoothing = 0;
  int axis = -1;
  std::string name = "categorical_crossentropy";
  static void visit(auto& self, auto&& field) {
    field("from_logits", self.from_logits);
    field("label_smoothing", self.label_smoothing);
    field("axis", self.axis);
    field("name", self.name);
  }
};

/// The mean of the loss of that name.
///
/// Errors  as the loss.  Source  keras.metrics.CategoricalCrossentropy.
class CategoricalCrossentropy : public Metric {
 public:
  CategoricalCrossentropy(const CategoricalCrossentropyOptions& options = {});
};

struct SparseCategoricalCrossentropyOptions {
  NamedOnly named_only = NamedOnly();
  bool from_logits = false;
  std::optional<std::int64_t> ignore_class = {};
  int axis = -1;
  std::string name = "sparse_categorical_crossentropy";
  static void visit(auto& self, auto&& field) {
    field("from_logits", self.from_logits);
    field("ignore_class", self.ignore_class);
    field("axis", self.axis);
    field("name", self.name);
  }
};

/// The mean of the loss of that name. As in Keras, rows of `ignore_class` count as 0 without
/// weights and do not count with them.
///
/// Errors  as the loss.  Source  keras.metrics.SparseCategoricalCrossentropy.
class SparseCategoricalCrossentropy : public Metric {
 public:
  SparseCategoricalCrossentropy(const SparseCategoricalCrossentropyOptions& options = {});
};

}  // namespace antler::metrics
