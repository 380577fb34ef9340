#include "antler/layers/flatten.h"

#include "antler/core/suggest.h"
#include "antler/layers/layer_with_options.h"
#include "antler/ops/reshape.h"
#include "antler/ops/transpose.h"

namespace antler {
namespace {

FlattenOptions checked(FlattenOptions options) {
  const std::string format = options.data_format.value_or("channels_last");
  require_argument("Flatten", options, format == "channels_last" || format == "channels_first",
                   unknown_name("data_format", format, {"channels_last", "channels_first"}));
  options.data_format = format;
  return options;
}

class FlattenLayer final : public LayerWithOptions<FlattenOptions> {
 public:
  explicit FlattenLayer(const FlattenOptions& options) : LayerWithOptions(checked(options)) {}

  std::string class_name() const override { return "Flatten"; }

  void build(const Shape& input) override { check_rank(input); }

  Value call(const Value& x, CallContext&) const override {
    check_rank(x.shape());
    return ops::reshape(channels_last(x), {x.shape()[0], x.shape().size(1, x.rank())});
  }

 private:
  static void check_rank(const Shape& input) {
    if (input.rank() == 0) throw ShapeError("expected a batch axis, got a scalar");
  }

  Value channels_last(const Value& x) const {
    if (options().data_format == "channels_last" || x.rank() < 3) return x;
    std::vector<int> order = {0};
    for (int axis = 2; axis < x.rank(); ++axis) order.push_back(axis);
    order.push_back(1);
    return ops::transpose(x, order);
  }
};

}  // namespace

Flatten::Flatten(const FlattenOptions& options) : Layer(std::make_shared<FlattenLayer>(options)) {}

Layer Flatten::from_config(const Config& config) {
  return Flatten(layer_options<FlattenOptions>("Flatten", config));
}

}  // namespace antler
