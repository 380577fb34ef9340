#pragma once

#include <string>
#include <vector>

#include "antler/layers/layer.h"

namespace antler {

struct PermuteOptions {
  NamedOnly named_only = NamedOnly();
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) { visit_common(self, field); }
};

/// The axes behind the batch in another order: Permute({2, 1}) swaps the two of a matrix.
///
/// Options  dims: axis i of y is axis dims[i - 1] of x, both counted from 1.
/// Shapes   x (batch, ...) -> y (batch, ...).
/// Errors   ValueError when dims are not 1, 2, ... in some order; ShapeError for another rank.
/// Source   keras.layers.Permute.
class Permute : public Layer {
 public:
  Permute(const std::vector<int>& dims, const PermuteOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
