#pragma once

#include <string>
#include <vector>

#include "antler/layers/array_arg.h"
#include "antler/layers/axes_arg.h"
#include "antler/layers/layer.h"

namespace antler {

struct NormalizationOptions {
  NamedOnly named_only = NamedOnly();
  AxesArg axis = -1;
  ArrayArg mean = {};
  ArrayArg variance = {};
  bool invert = false;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("axis", self.axis);
    field("mean", self.mean);
    field("variance", self.variance);
    field("invert", self.invert);
  }
};

/// Features of mean 0 and variance 1: y = (x - mean) / max(sqrt(variance), 1e-7).
///
///   Normalization scaled;
///   scaled.adapt(train.x);
///
/// Options  axis: the axes that have a mean and variance for each position, by default the last
///          one; {} for one mean and variance of all numbers. mean, variance: known beforehand,
///          both or neither. invert: the way back, y = mean + x * max(sqrt(variance), 1e-7).
/// Shapes   x (batch, ...) -> y, same shape. Weights (none of them trains, and none exists when the
///          mean is given): mean and variance, of x's sizes along `axis`; count (), always 0, which
///          old files have.
/// Types    x any; y in the layer's dtype.
/// Errors   ValueError for one of mean and variance alone, or of different shapes; ShapeError for
///          an axis that x does not have or whose size is not known; StateError when it computes
///          before adapt().
/// Source   keras.layers.Normalization.
class Normalization : public Layer {
 public:
  Normalization(const NormalizationOptions& options = {});
  static Layer from_config(const Config& config);

  /// Sets mean and variance to those of `data`, (examples, ...); an earlier adapt() is forgotten.
  /// Errors: ValueError for NaN or infinity in it, with the position; ShapeError for other features
  /// than the layer was built for; StateError when the mean was given.
  void adapt(const Tensor& data) const;
  /// The same from batches of one data set.
  void adapt(const std::vector<Tensor>& batches) const;
};

}  // namespace antler
