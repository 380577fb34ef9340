#include "tests/layers/layer_check.h"

#include "antler/graph/rewrite.h"
#include "antler/layers/input.h"
#include "antler/layers/layer_registry.h"
#include "antler/layers/shape_list.h"
#include "antler/ops/creation.h"
#include "tests/support/gradient_check.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

std::vector<Value> as_values(const std::vector<Tensor>& tensors) {
  return {tensors.begin(), tensors.end()};
}

// Of the layers inside, too.
Config with_dtype(const Config& value, std::string_view dtype) {
  if (value.is_list()) {
    Config list = Config::list();
    for (const Config& element : value.as_list()) list.push_back(with_dtype(element, dtype));
    return list;
  }
  if (!value.is_map()) return value;
  Config map = Config::map();
  for (const auto& [key, element] : value.as_map()) {
    map.set(key, key == "dtype" ? Config(dtype) : with_dtype(element, dtype));
  }
  return map;
}

Layer with_dtype(const Layer& layer, std::string_view dtype) {
  return layer_from_config(with_dtype(layer_to_config(layer), dtype));
}

void check_config(const Layer& layer) {
  const Config config = layer_to_config(layer);
  const Layer copy = layer_from_config(config);
  EXPECT_EQ(layer_to_config(copy), config);
  EXPECT_EQ(copy.class_name(), layer.class_name());
  ASSERT_EQ(copy.weights().size(), layer.weights().size());
  for (std::size_t i = 0; i < layer.weights().size(); ++i) {
    EXPECT_EQ(copy.weights()[i].path(), layer.weights()[i].path());
    EXPECT_EQ(copy.weights()[i].shape(), layer.weights()[i].shape());
  }
}

// The batch is unknown in one call and known in the other.
void check_spec(const Layer& layer, const std::vector<Tensor>& inputs) {
  std::vector<Value> symbolic;
  for (const Tensor& input : inputs) {
    symbolic.push_back(Input(input.shape().without_batch(), {.dtype = input.dtype()}));
  }
  const Value recorded = layer(symbolic);
  const Value traced = layer(as_values(inputs));
  EXPECT_EQ(recorded.dtype(), traced.dtype());
  EXPECT_EQ(recorded.shape(), traced.shape().without_batch().with_batch(None));
  EXPECT_TRUE(layer.output().is_same(recorded));
}

void check_values(const Layer& layer, const std::vector<Tensor>& inputs,
                  const LayerCheckOptions& options) {
  // In contexts of their own: layers with a seed draw the same there.
  const auto called = [&](const Layer& l) {
    CallContext context;
    return Tensor(l(as_values(inputs), context));
  };
  const Tensor got = called(layer);
  if (options.expected) {
    EXPECT_TRUE(is_near(got, options.expected, options.tolerance));
  }
  const Layer copy = layer_from_config(layer_to_config(layer));
  copy.base().ensure_built(shapes_of(as_values(inputs)));
  copy.set_weights(layer.get_weights());
  EXPECT_TRUE(identical(called(copy), got));
}

void check_gradients(const Layer& layer, const std::vector<Tensor>& inputs) {
  const Layer wide = with_dtype(layer, "float64");
  std::vector<Tensor> values;
  for (const Tensor& input : inputs) {
    values.push_back(is_floating(input.dtype()) ? input.astype(DType::float64) : input);
  }
  wide.base().ensure_built(shapes_of(as_values(values)));
  std::vector<Tensor> weights;
  for (const Tensor& weight : layer.get_weights()) weights.push_back(weight.astype(DType::float64));
  wide.set_weights(weights);
  const std::vector<Variable> variables = wide.weights();
  for (const Variable& variable : variables) values.push_back(variable.read());
  const Body body = [&](const std::vector<Value>& arguments) {
    const auto split = arguments.begin() + static_cast<std::ptrdiff_t>(inputs.size());
    CallContext context;
    const std::vector<Value> outputs = wide.call_all({arguments.begin(), split}, context);
    ValueMap replacements;
    for (std::size_t i = 0; i < variables.size(); ++i) {
      replacements.emplace(key_of(variables[i].value()), arguments[inputs.size() + i]);
    }
    return rewrite(outputs, replacements, reapply);
  };
  const GradientReport report = check_gradient(body, values);
  EXPECT_TRUE(report.passed) << report.text;
  EXPECT_GT(report.compared, 0);
}

void check_mask(const Layer& layer, const std::vector<Tensor>& inputs,
                const LayerCheckOptions& options) {
  EXPECT_EQ(layer.base().supports_masking(), options.supports_masking);
  CallContext context;
  const std::vector<Value> values = as_values(inputs);
  for (const Value& value : values) {
    context.set_mask(value, ops::ones(value.shape(), DType::boolean));
  }
  const Value output = layer(values, context);
  if (output.is_same(values[0])) return;  // its mask is the input's
  EXPECT_EQ(static_cast<bool>(context.mask(output)),
            options.has_mask.value_or(options.supports_masking));
}

}  // namespace

void check_layer(const Layer& layer, const std::vector<Tensor>& inputs,
                 const LayerCheckOptions& options) {
  check_spec(layer, inputs);
  check_values(layer, inputs, options);
  check_config(layer);
  check_mask(layer, inputs, options);
  if (options.has_gradient) check_gradients(layer, inputs);
}

}  // namespace antler::testing
