#include "antler/layers/recurrent_cell_layer.h"

namespace antler {
namespace {

class SimpleRNNCellLayer final : public RecurrentCellLayer<SimpleRNNCellOptions> {
 public:
  SimpleRNNCellLayer(std::int64_t units, const SimpleRNNCellOptions& options)
      : RecurrentCellLayer("SimpleRNNCell", units, options, 1) {}

  std::vector<std::int64_t> state_size() const override { return {units()}; }

  Step step(const Value& x, const std::vector<Value>& states, CallContext& context) const override {
    Value z = input_product(x, context);
    if (bias_) z = z + bias_;
    const Value h = options().activation(z + recurrent_product(states[0], context));
    return {h, {h}};
  }
};

}  // namespace

SimpleRNNCell::SimpleRNNCell(std::int64_t units, const SimpleRNNCellOptions& options)
    : Layer(std::make_shared<SimpleRNNCellLayer>(units, options)) {}

Layer SimpleRNNCell::from_config(const Config& config) {
  const auto options = layer_options<SimpleRNNCellOptions>("SimpleRNNCell", config, {"units"});
  return SimpleRNNCell(required_argument<std::int64_t>("SimpleRNNCell", config, "units"), options);
}

}  // namespace antler
