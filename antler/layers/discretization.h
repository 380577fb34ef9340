#pragma once

#include <optional>
#include <string>
#include <vector>

#include "antler/layers/array_arg.h"
#include "antler/layers/layer.h"

namespace antler {

struct DiscretizationOptions {
  NamedOnly named_only = NamedOnly();
  ArrayArg bin_boundaries = {};
  std::optional<int> num_bins = {};
  double epsilon = 0.01;
  std::string output_mode = "int";
  bool sparse = false;
  std::string name = {};
  DTypeArg dtype = {};

  static void visit(auto& self, auto&& field) {
    field("bin_boundaries", self.bin_boundaries);
    field("num_bins", self.num_bins);
    field("epsilon", self.epsilon);
    field("output_mode", self.output_mode);
    field("sparse", self.sparse);
    field("name", self.name);
    field("dtype", self.dtype);
  }
};

/// Numbers as the number of the bin they lie in: how many boundaries are not above them.
///
///   Discretization({.bin_boundaries = {0, 10}})      // -3 -> 0, 0 -> 1, 12 -> 2
///   Discretization bins({.num_bins = 4});
///   bins.adapt(train.x);                             // boundaries at the quartiles
///
/// Options  bin_boundaries: increasing, or num_bins: how many bins adapt() shall make; one of both.
///          epsilon: how exact the quantiles are, as a part of the data. output_mode: "int"; or
///          "one_hot", "multi_hot", "count", as of CategoryEncoding. sparse: refused.
/// Shapes   x (batch, ...) -> "int" the same; else as CategoryEncoding, with as many tokens as
///          bins.
/// Types    x any; y int32 for "int", else the layer's dtype. A NaN lies in the last bin.
/// Errors   ValueError for the options; StateError when it computes before adapt().
/// Source   keras.layers.Discretization.
class Discretization : public Layer {
 public:
  Discretization(const DiscretizationOptions& options = {});
  static Layer from_config(const Config& config);

  /// Sets the boundaries to the quantiles of all numbers of `data`; an earlier adapt() is
  /// forgotten. What was compiled before keeps its boundaries, as in Keras: adapt first. Errors:
  /// ValueError for NaN or infinity in it; StateError when the boundaries were given.
  void adapt(const Tensor& data) const;
  /// The same from batches of one data set.
  void adapt(const std::vector<Tensor>& batches) const;
  /// Empty before adapt().
  std::vector<double> bin_boundaries() const;
};

}  // namespace antler
