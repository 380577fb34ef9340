#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct InputOptions {
  NamedOnly named_only = NamedOnly();
  /// A fixed number of examples; by default any.
  std::optional<std::int64_t> batch_size = {};
  DTypeArg dtype = {};
  std::string name = {};
};

/// The entry of a model: a symbolic Value of shape (batch, ...shape). Data of another element type
/// is cast to `dtype` inside the program.
///
/// Shapes  `shape` is without the batch axis; None is a size that is not known yet.
/// Types   `dtype`, by default float32; "string" for layers that take strings.
/// Errors  ShapeError for a negative size.
/// Source  keras.Input, keras.layers.InputLayer.
class Input : public Layer {
 public:
  Input(const Shape& shape, const InputOptions& options = {});
  /// The symbolic Value; each Input has one.
  operator Value() const;
};

/// The layer behind Input. `batch_shape` has the batch axis.  Source  keras.layers.InputLayer.
class InputLayer final : public LayerBase {
 public:
  InputLayer(Shape batch_shape, LayerCommon common);
  /// The layer of a symbolic input that exists.
  explicit InputLayer(const Value& value);
  std::string class_name() const override { return "InputLayer"; }
  Config get_config() const override;
  /// A recorded call gives its own Value: an Input in a list of layers is just its shape.
  Value call(const Value& x, CallContext& context) const override;
  const Shape& batch_shape() const { return batch_shape_; }
  Value value() const { return value_; }
  static Layer from_config(const Config& config);

 private:
  Shape batch_shape_;
  Value value_;
};

}  // namespace antler
