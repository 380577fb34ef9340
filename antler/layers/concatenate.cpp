#include "antler/layers/concatenate.h"

#include "antler/layers/layer_with_options.h"
#include "antler/layers/shape_list.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/creation.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/logical.h"
#include "antler/ops/max_min.h"

namespace antler {
namespace {

class ConcatenateLayer final : public LayerWithOptions<ConcatenateOptions> {
 public:
  using LayerWithOptions::LayerWithOptions;

  std::string class_name() const override { return "Concatenate"; }
  bool takes_list(std::size_t) const override { return true; }
  bool supports_masking() const override { return true; }

  void build_list(const std::vector<Shape>& inputs) override { check_shapes(inputs); }

  std::vector<Value> call_list(const std::vector<Value>& inputs, CallContext&) const override {
    check_shapes(shapes_of(inputs));
    return {ops::concatenate(inputs, options().axis)};
  }

  Value compute_mask(const std::vector<Value>& inputs, const CallContext& context) const override {
    bool has_mask = false;
    std::vector<Value> masks;
    for (const Value& input : inputs) {
      Value mask = context.mask(input);
      has_mask = has_mask || mask;
      if (!mask) {
        mask = ops::ones_like(input, DType::boolean);
      } else if (mask.rank() < input.rank()) {
        mask = ops::logical_or(ops::expand_dims(mask, -1), ops::zeros_like(input, DType::boolean));
      }
      masks.push_back(mask);
    }
    if (!has_mask) return Value();
    return ops::any(ops::concatenate(masks, options().axis), {.axis = -1});
  }

 private:
  void check_shapes(const std::vector<Shape>& shapes) const {
    const int rank = shapes[0].rank();
    const int axis = options().axis;
    if (axis < -rank || axis >= rank) {
      throw ShapeError("expected inputs with an axis " + std::to_string(axis) + ", got " +
                       shape_list(shapes));
    }
    for (const Shape& shape : shapes) {
      bool fits = shape.rank() == rank;
      if (fits) {
        Shape other = shape;
        other.set(axis, shapes[0][axis]);
        fits = other.is_compatible(shapes[0]);
      }
      if (!fits) {
        throw ShapeError("expected inputs of one shape but for axis " + std::to_string(axis) +
                         ", got " + shape_list(shapes));
      }
    }
  }
};

}  // namespace

Concatenate::Concatenate(const ConcatenateOptions& options)
    : Layer(std::make_shared<ConcatenateLayer>(options)) {}

Layer Concatenate::from_config(const Config& config) {
  return Concatenate(layer_options<ConcatenateOptions>("Concatenate", config));
}

}  // namespace antler
