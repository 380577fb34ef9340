#include "antler/layers/reshape.h"

#include <algorithm>

#include "antler/layers/layer_with_options.h"
#include "antler/ops/reshape.h"

namespace antler {
namespace {

class ReshapeLayer final : public LayerWithOptions<ReshapeOptions> {
 public:
  ReshapeLayer(const Shape& target, const ReshapeOptions& options)
      : LayerWithOptions(options), target_(target) {
    require_argument("Reshape", options, std::count(target.begin(), target.end(), None) <= 1,
                     "expected at most one None in target_shape, got " + target.to_string());
  }

  std::string class_name() const override { return "Reshape"; }

  // With all sizes known an error shows them as the user gave them.
  void build(const Shape& input) override {
    if (input.rank() > 0 && input.without_batch().is_known()) resolved(input);
  }

  Value call(const Value& x, CallContext&) const override {
    return ops::reshape(x, resolved(x.shape()).with_batch(x.shape()[0]));
  }

  // Keras writes the size that follows from the others as -1, not as null.
  Config get_config() const override {
    return with_argument(LayerWithOptions::get_config(), "target_shape",
                         Config(std::vector<std::int64_t>(target_.begin(), target_.end())));
  }

 private:
  Shape resolved(const Shape& input) const {
    if (input.rank() == 0) throw ShapeError("expected a batch axis, got a scalar");
    const std::int64_t size = input.size(1, input.rank());
    Shape shape = target_;
    std::int64_t known = 1;
    int unknown = -1;
    for (int axis = 0; axis < shape.rank(); ++axis) {
      if (shape[axis] == None) {
        unknown = axis;
      } else {
        known *= shape[axis];
      }
    }
    if (unknown >= 0 && known > 0) shape.set(unknown, size / known);
    if (!shape.is_known() || shape.size() != size) {
      throw ShapeError("expected an input of " + std::string(unknown < 0 ? "" : "a multiple of ") +
                       std::to_string(known) + " elements for target_shape " + target_.to_string() +
                       ", got " + std::to_string(size) + " in " + input.to_string());
    }
    return shape;
  }

  Shape target_;
};

}  // namespace

Reshape::Reshape(const Shape& target_shape, const ReshapeOptions& options)
    : Layer(std::make_shared<ReshapeLayer>(target_shape, options)) {}

Layer Reshape::from_config(const Config& config) {
  const auto options = layer_options<ReshapeOptions>("Reshape", config, {"target_shape"});
  return Reshape(required_argument<Shape>("Reshape", config, "target_shape"), options);
}

}  // namespace antler
