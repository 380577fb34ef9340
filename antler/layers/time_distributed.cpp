#include "antler/layers/time_distributed.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/recurrent_layer.h"
#include "antler/layers/wrappers.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/reshape.h"
#include "antler/ops/slice.h"

namespace antler {
namespace {

// Batch and time as one axis.
Value folded(const Value& x) {
  return ops::reshape(x, x.shape().erased(0).erased(0).inserted(0, x.shape().size(0, 2)));
}

// One step, without its axis.
Value step_of(const Value& x, std::int64_t step) {
  return ops::squeeze(ops::slice_axis(x, 1, step, step + 1), 1);
}

// Whether a layer in it is stateful: then each step goes on where the one before it ended.
bool keeps_states(const LayerBase& layer) {
  const auto* recurrent = dynamic_cast<const RecurrentLayer*>(&layer);
  if (recurrent != nullptr && recurrent->flags().stateful) return true;
  const std::vector<Layer> inner = layer.layers();
  return std::any_of(inner.begin(), inner.end(),
                     [](const Layer& each) { return keeps_states(each.base()); });
}

class TimeDistributedLayer final : public LayerWithOptions<TimeDistributedOptions> {
 public:
  TimeDistributedLayer(const Layer& layer, const TimeDistributedOptions& options)
      : LayerWithOptions(options) {
    require_argument("TimeDistributed", options, static_cast<bool>(layer),
                     "expected a layer, got an empty handle");
    layer_ = add_layer(layer);
  }

  std::string class_name() const override { return "TimeDistributed"; }
  bool supports_masking() const override { return true; }
  std::vector<std::string> weight_groups() const override { return {"layer"}; }

  void build(const Shape& input) override {
    check_rank(input);
    layer_.base().ensure_built({input.erased(1)});
  }

  std::vector<Value> call_list(const std::vector<Value>& inputs,
                               CallContext& context) const override {
    const Value& x = inputs.front();
    if (!x.shape().is_known()) return outputs_of_unknown_sizes(*this, inputs, context);
    check_rank(x.shape());
    const Value mask = context.mask(x);
    if (mask && mask.shape().subshape(0, std::min(2, mask.rank())) != x.shape().subshape(0, 2)) {
      throw ShapeError("expected a mask of shape " + x.shape().subshape(0, 2).to_string() +
                       " or more axes, got " + mask.shape().to_string());
    }
    // A mask of two axes says which steps there are, and goes on; further ones are the layer's.
    const Value inner_mask = mask && mask.rank() > 2 ? mask : Value();
    return keeps_states(layer_.base()) ? step_by_step(x, inner_mask, context)
                                       : all_at_once(x, inner_mask, context);
  }

  Config get_config() const override {
    return with_argument(LayerWithOptions::get_config(), "layer", layer_to_config(layer_));
  }

 private:
  static void check_rank(const Shape& input) {
    if (input.rank() >= 3) return;
    throw ShapeError("expected at least 3 dimensions (batch, time, ...), got " + input.to_string());
  }

  // Keras calls the layer's call() alone, so that its activity is not penalized here.
  std::vector<Value> all_at_once(const Value& x, const Value& mask, CallContext& context) const {
    const Value all = folded(x);
    if (mask) context.set_mask(all, folded(mask));
    std::vector<Value> outputs = layer_.base().call_list({all}, context);
    for (Value& output : outputs) {
      const Shape steps = output.shape().erased(0).inserted(0, x.shape()[1]);
      output = ops::reshape(output, steps.inserted(0, x.shape()[0]));
    }
    return outputs;
  }

  std::vector<Value> step_by_step(const Value& x, const Value& mask, CallContext& context) const {
    std::vector<std::vector<Value>> steps;  // of each output
    for (std::int64_t i = 0; i < x.shape()[1]; ++i) {
      const Value step = step_of(x, i);
      if (mask) context.set_mask(step, step_of(mask, i));
      const std::vector<Value> outputs = layer_.base().call_list({step}, context);
      steps.resize(outputs.size());
      for (std::size_t k = 0; k < outputs.size(); ++k) steps[k].push_back(outputs[k]);
    }
    std::vector<Value> outputs;
    for (const std::vector<Value>& output : steps) outputs.push_back(ops::stack(output, 1));
    return outputs;
  }

  Layer layer_;
};

}  // namespace

TimeDistributed::TimeDistributed(const Layer& layer, const TimeDistributedOptions& options)
    : Layer(std::make_shared<TimeDistributedLayer>(layer, options)) {}

Layer time_distributed_from_config(const Config& config, const CustomObjects& custom) {
  const auto options = layer_options<TimeDistributedOptions>("TimeDistributed", config, {"layer"});
  return TimeDistributed(
      layer_from_config(inner_config("TimeDistributed", config, "layer"), custom), options);
}

}  // namespace antler
