#include "antler/layers/add.h"

#include <algorithm>

#include "antler/layers/layer_with_options.h"
#include "antler/layers/shape_list.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/logical.h"

namespace antler {
namespace {

// Axes of size 1 after the batch axis, as many as `rank` needs.
Shape expanded(Shape shape, int rank) {
  while (shape.rank() < rank) shape = shape.inserted(1, 1);
  return shape;
}

void check_shapes(const std::vector<Shape>& shapes) {
  int rank = 0;
  for (const Shape& shape : shapes) rank = std::max(rank, shape.rank());
  Shape sum = expanded(shapes[0], rank);
  for (const Shape& shape : shapes) {
    const Shape term = expanded(shape, rank);
    for (int axis = 0; axis < rank; ++axis) {
      if (sum[axis] == term[axis] || term[axis] == None || (axis > 0 && term[axis] == 1)) continue;
      if (sum[axis] == None || (axis > 0 && sum[axis] == 1)) {
        sum.set(axis, term[axis]);
      } else {
        throw ShapeError("expected inputs of one shape, or with sizes of 1, got " +
                         shape_list(shapes));
      }
    }
  }
}

class AddLayer final : public LayerWithOptions<AddOptions> {
 public:
  using LayerWithOptions::LayerWithOptions;

  std::string class_name() const override { return "Add"; }
  bool takes_list(std::size_t) const override { return true; }
  bool supports_masking() const override { return true; }

  void build_list(const std::vector<Shape>& inputs) override { check_shapes(inputs); }

  std::vector<Value> call_list(const std::vector<Value>& inputs, CallContext&) const override {
    check_shapes(shapes_of(inputs));
    int rank = 0;
    for (const Value& input : inputs) rank = std::max(rank, input.rank());
    Value sum;
    for (Value term : inputs) {
      while (term.rank() < rank) term = ops::expand_dims(term, 1);
      sum = sum ? sum + term : term;
    }
    return {sum};
  }

  Value compute_mask(const std::vector<Value>& inputs, const CallContext& context) const override {
    Value any;
    for (const Value& input : inputs) {
      const Value mask = context.mask(input);
      if (!mask) return Value();
      any = any ? ops::logical_or(any, mask) : mask;
    }
    return any;
  }
};

}  // namespace

Add::Add(const AddOptions& options) : Layer(std::make_shared<AddLayer>(options)) {}

Layer Add::from_config(const Config& config) {
  return Add(layer_options<AddOptions>("Add", config));
}

}  // namespace antler
