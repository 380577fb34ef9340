#include "antler/layers/recurrent_cell_layer.h"
#include "antler/ops/recurrent_gates.h"
#include "antler/ops/reshape.h"
#include "antler/ops/slice.h"

namespace antler {
namespace {

class GRUCellLayer final : public RecurrentCellLayer<GRUCellOptions> {
 public:
  GRUCellLayer(std::int64_t units, const GRUCellOptions& options)
      : RecurrentCellLayer("GRUCell", units, options, 3) {}

  std::vector<std::int64_t> state_size() const override { return {units()}; }

  Step step(const Value& x, const std::vector<Value>& states, CallContext& context) const override {
    Value input = input_product(x, context);
    if (bias_) input = input + bias_of(0);
    const Value h = options().reset_after ? reset_after(input, states[0], context)
                                          : reset_before(input, states[0], context);
    return {h, {h}};
  }

 private:
  Shape bias_shape() const override {
    return options().reset_after ? Shape{2, 3 * units()} : Shape{3 * units()};
  }

  // Row 0 is added to the input's product, row 1 to the recurrent one.
  Value bias_of(std::int64_t row) const {
    if (!options().reset_after) return bias_;
    return ops::reshape(ops::slice_axis(bias_, 0, row, row + 1), {3 * units()});
  }

  Value reset_after(const Value& input, const Value& h, CallContext& context) const {
    Value recurrent = recurrent_product(h, context);
    if (bias_) recurrent = recurrent + bias_of(1);
    if (has_usual_activations()) return ops::gru_gates(input, recurrent, h);
    const auto& gate = options().recurrent_activation;
    const std::vector<Value> x = ops::split(input, 3, 1);
    const std::vector<Value> y = ops::split(recurrent, 3, 1);
    const Value z = gate(x[0] + y[0]);
    const Value n = options().activation(x[2] + gate(x[1] + y[1]) * y[2]);
    return z * h + (1 - z) * n;
  }

  Value reset_before(const Value& input, const Value& h, CallContext& context) const {
    const std::int64_t gates = 2 * units();
    const Value gate_kernel = ops::slice_axis(recurrent_kernel_, 1, 0, gates);
    const Value state_kernel = ops::slice_axis(recurrent_kernel_, 1, gates, 3 * units());
    const double rate = options().recurrent_dropout;
    const bool drops = this->drops(rate, context);
    Value kept = h;
    Value recurrent;
    if (drops) {
      recurrent = product_with_dropout(h, gate_kernel, 2, rate, options().seed, context);
      kept = h * recurrent_dropout_mask(h, rate, options().seed, context);
    } else {
      recurrent = ops::matmul(h, gate_kernel);
    }
    const auto& gate = options().recurrent_activation;
    const std::vector<Value> x = ops::split(input, 3, 1);
    const std::vector<Value> y = ops::split(recurrent, 2, 1);
    const Value z = gate(x[0] + y[0]);
    const Value r = gate(x[1] + y[1]);
    const Value n = options().activation(x[2] + ops::matmul(r * kept, state_kernel));
    return z * h + (1 - z) * n;
  }
};

}  // namespace

GRUCell::GRUCell(std::int64_t units, const GRUCellOptions& options)
    : Layer(std::make_shared<GRUCellLayer>(units, options)) {}

Layer GRUCell::from_config(const Config& config) {
  const auto options = layer_options<GRUCellOptions>("GRUCell", config, {"units"});
  return GRUCell(required_argument<std::int64_t>("GRUCell", config, "units"), options);
}

}  // namespace antler
