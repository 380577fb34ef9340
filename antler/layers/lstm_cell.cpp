#include "antler/layers/recurrent_cell_layer.h"
#include "antler/ops/recurrent_gates.h"
#include "antler/ops/slice.h"

namespace antler {
namespace {

class LSTMCellLayer final : public RecurrentCellLayer<LSTMCellOptions> {
 public:
  LSTMCellLayer(std::int64_t units, const LSTMCellOptions& options)
      : RecurrentCellLayer("LSTMCell", units, options, 4) {}

  std::vector<std::int64_t> state_size() const override { return {units(), units()}; }

  void build(const Shape& input) override {
    RecurrentCellLayer::build(input);
    if (!bias_ || !options().unit_forget_bias) return;
    const Tensor ones = Tensor::ones({units()}, bias_.dtype());
    Tensor bias = bias_.read();
    std::copy_n(ones.raw(), ones.byte_size(), bias.mutable_raw() + ones.byte_size());
    bias_.assign(bias);
  }

  Step step(const Value& x, const std::vector<Value>& states, CallContext& context) const override {
    Value input = input_product(x, context);
    if (bias_) input = input + bias_;
    const Value recurrent = recurrent_product(states[0], context);
    if (has_usual_activations()) {
      const ops::LstmState next = ops::lstm_gates(input, recurrent, states[1]);
      return {next.h, {next.h, next.c}};
    }
    const auto& gate = options().recurrent_activation;
    const std::vector<Value> z = ops::split(input + recurrent, 4, 1);
    const Value c = gate(z[1]) * states[1] + gate(z[0]) * options().activation(z[2]);
    const Value h = gate(z[3]) * options().activation(c);
    return {h, {h, c}};
  }
};

}  // namespace

LSTMCell::LSTMCell(std::int64_t units, const LSTMCellOptions& options)
    : Layer(std::make_shared<LSTMCellLayer>(units, options)) {}

Layer LSTMCell::from_config(const Config& config) {
  const auto options = layer_options<LSTMCellOptions>("LSTMCell", config, {"units"});
  return LSTMCell(required_argument<std::int64_t>("LSTMCell", config, "units"), options);
}

}  // namespace antler
