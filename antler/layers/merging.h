#pragma once

#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct MergeOptions {
  NamedOnly named_only = NamedOnly();
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) { visit_common(self, field); }
};

// Several inputs of one shape, joined element by element: Add()({a, b}).
//
// Shapes   (batch, ...) each; sizes of 1 stretch, missing axes are put in after the batch axis.
// Masks    The output's mask holds where any input's does, if all have one.
// Types    integers stay where no float comes with them, but for Average, which gives floats.
// Errors   ShapeError for shapes that do not broadcast.

/// The sum of the inputs.  Source  keras.layers.Add.
class Add : public Layer {
 public:
  Add(const MergeOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The first of two inputs less the second.
///
/// Errors   ShapeError for another number of inputs.
/// Source   keras.layers.Subtract.
class Subtract : public Layer {
 public:
  Subtract(const MergeOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The product of the inputs; what an input's mask leaves out counts as 1, and what all masks leave
/// out is 0.
///
/// Source   keras.layers.Multiply.
class Multiply : public Layer {
 public:
  Multiply(const MergeOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The mean of the inputs.  Source  keras.layers.Average.
class Average : public Layer {
 public:
  Average(const MergeOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The largest of the inputs at each place; what an input's mask leaves out does not take part.
///
/// Source   keras.layers.Maximum.
class Maximum : public Layer {
 public:
  Maximum(const MergeOptions& options = {});
  static Layer from_config(const Config& config);
};

/// The smallest of the inputs at each place; masks as for Maximum.
///
/// Source   keras.layers.Minimum.
class Minimum : public Layer {
 public:
  Minimum(const MergeOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
