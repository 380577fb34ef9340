#pragma once

#include <string>

#include "antler/layers/axes_arg.h"
#include "antler/layers/layer.h"

namespace antler {

struct SoftmaxOptions {
  NamedOnly named_only = NamedOnly();
  AxesArg axis = -1;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("axis", self.axis);
  }
};

/// y_i = e^x_i / sum_j e^x_j, the sum along one axis or several. What the mask of x leaves out is
/// 0, and does not count.
///
/// Options  axis: an axis, or a list.
/// Shapes   x any -> y, same shape; a mask that broadcasts to x.
/// Errors   ValueError without an axis; ShapeError for an axis or a mask that x does not have.
/// Source   keras.layers.Softmax.
class Softmax : public Layer {
 public:
  Softmax(const SoftmaxOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
