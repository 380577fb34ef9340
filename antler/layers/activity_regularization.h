#pragma once

#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct ActivityRegularizationOptions {
  NamedOnly named_only = NamedOnly();
  double l1 = 0;
  double l2 = 0;
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    field("name", self.name);
    field("trainable", self.trainable);
    field("dtype", self.dtype);
    field("l1", self.l1);
    field("l2", self.l2);
  }
};

/// y = x; adds l1 sum |x| + l2 sum x^2, divided by the batch size, to the loss.
///
/// Shapes   x any -> y, same shape.
/// Errors   ValueError for a negative l1 or l2.
/// Source   keras.layers.ActivityRegularization.
class ActivityRegularization : public Layer {
 public:
  ActivityRegularization(const ActivityRegularizationOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
