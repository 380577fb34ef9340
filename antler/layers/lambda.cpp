#include "antler/layers/lambda.h"

#include "antler/layers/layer_with_options.h"

namespace antler {
namespace {

constexpr const char* kNoFile =
    "no file holds a function; give a class of your own, and read it by ";

class LambdaLayer final : public LayerWithOptions<LambdaOptions> {
 public:
  LambdaLayer(Lambda::Function function, bool takes_one, const LambdaOptions& options)
      : LayerWithOptions(options), function_(std::move(function)), takes_one_(takes_one) {}

  std::string class_name() const override { return "Lambda"; }
  bool supports_masking() const override { return static_cast<bool>(options().mask); }

  std::vector<Value> call_list(const std::vector<Value>& inputs, CallContext&) const override {
    if (takes_one_ && inputs.size() != 1) {
      throw ShapeError("expected one input, got " + std::to_string(inputs.size()) +
                       "; the function takes a single Value");
    }
    return {function_(inputs)};
  }

  Value compute_mask(const std::vector<Value>& inputs, const CallContext& context) const override {
    return options().mask ? options().mask(inputs[0], context.mask(inputs[0])) : Value();
  }

  Config get_config() const override {
    throw StateError(error_prefix() + kNoFile + "custom_objects");
  }

  Layer copy() const {
    const Layer copy(std::make_shared<LambdaLayer>(function_, takes_one_, options()));
    copy.base().set_name(name(), has_automatic_name());
    if (!trainable()) copy.set_trainable(false);
    return copy;
  }

 private:
  Lambda::Function function_;
  bool takes_one_;
};

}  // namespace

Lambda::Lambda(Function function, bool takes_one, const LambdaOptions& options)
    : Layer(std::make_shared<LambdaLayer>(std::move(function), takes_one, options)) {}

Layer copy_of_lambda(const Layer& layer) {
  const auto* lambda = dynamic_cast<const LambdaLayer*>(&layer.base());
  return lambda == nullptr ? Layer() : lambda->copy();
}

Layer Lambda::from_config(const Config& config) {
  throw ValueError(title_in_config("Lambda", config) + ": " + kNoFile +
                   "custom_objects = {{\"Lambda\", ...}}");
}

}  // namespace antler
