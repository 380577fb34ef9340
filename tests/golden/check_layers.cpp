#include "tests/golden/check_layers.h"

#include <algorithm>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/function.h"
#include "antler/core/error.h"
#include "antler/layers/host_layer.h"
#include "antler/layers/layer_registry.h"
#include "antler/models/model_config.h"
#include "tests/golden/case.h"
#include "tests/golden/check_host_layers.h"
#include "tests/golden/same_config.h"

namespace antler::golden {
namespace {

std::vector<Tensor> read_tensors(const Config& list) {
  std::vector<Tensor> tensors;
  for (const Config& tensor : list.as_list()) tensors.push_back(read_tensor(tensor));
  return tensors;
}

bool is_null(const Config* value) { return value == nullptr || value->is_null(); }

std::string indexed(const std::string& name, std::size_t i) {
  return name + "[" + std::to_string(i) + "]";
}

// What the layer is called with beside its inputs; those given by name join them.
CallOptions read_options(const Config& c, std::vector<Tensor>& inputs) {
  Config arguments = is_null(c.find("call_kwargs")) ? Config::map() : c.at("call_kwargs");
  if (!is_null(c.find("mask"))) arguments.set("mask", c.at("mask"));
  if (is_null(arguments.find("training"))) arguments.set("training", c.at("training"));
  std::vector<Value> named;
  CallOptions options = call_options_from_config(
      arguments, [](const Config& tensor) -> Value { return read_tensor(tensor); }, named);
  for (const Value& value : named) inputs.push_back(value);
  return options;
}

void set_weights(const Layer& layer, const Config& weights, Failures& failures) {
  const std::vector<Variable> variables = layer.weights();
  const std::vector<Variable> trainable = layer.trainable_weights();
  std::vector<Tensor> values;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    values.push_back(read_tensor(weights[i].at("value")));
    if (i >= variables.size()) continue;
    if (variables[i].name() != weights[i].at("name").as_string()) {
      failures.add(indexed("weights", i) + " is \"" + variables[i].name() + "\", expected \"" +
                   weights[i].at("name").as_string() + "\"");
    }
    const bool trains = std::count(trainable.begin(), trainable.end(), variables[i]) > 0;
    if (trains != weights[i].at("trainable").as_bool()) {
      failures.add(indexed("weights", i) + (trains ? " trains" : " does not train"));
    }
  }
  layer.set_weights(values);
}

// The optional lists of one tensor a weight, null for those without.
void check_each_weight(const Config& c, const std::string& key,
                       const std::vector<Variable>& weights,
                       Value (*value_of)(const Variable& weight), Failures& failures) {
  const Config* expected = c.find(key);
  if (is_null(expected)) return;
  if (expected->size() != weights.size()) {
    failures.add(key + ": got " + std::to_string(weights.size()) + ", expected " +
                 std::to_string(expected->size()));
    return;
  }
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Value value = value_of(weights[i]);
    const Config& wanted = (*expected)[i];
    if (!value || wanted.is_null()) {
      if (value || !wanted.is_null()) {
        failures.add(indexed(key, i) + (value ? ": got a value, expected none" : ": got none"));
      }
    } else {
      failures.compare(indexed(key, i), value, read_tensor(wanted), kTolerance);
    }
  }
}

Value initial_value(const Variable& weight) { return weight.read(); }

Value constrained_value(const Variable& weight) {
  const auto& constraint = weight.state().constraint;
  return constraint ? constraint(weight.read()) : Value();
}

// Keras' order: penalties of outputs first, then those of weights.
std::vector<Value> penalties(const Layer& layer, const CallContext& context) {
  std::vector<Value> losses = context.losses();
  for (const Variable& weight : layer.trainable_weights()) {
    if (weight.state().regularizer) losses.push_back(weight.state().regularizer(weight));
  }
  return losses;
}

// Gradients by the floating values among `wrt`, zero where nothing is reached; a scalar 0 stands
// for those that are no floats.
std::vector<Value> gradients_by(const std::vector<Value>& outputs, const std::vector<Value>& by,
                                const std::vector<Value>& wrt) {
  std::vector<Value> floating;
  for (const Value& value : wrt) {
    if (is_floating(value.dtype())) floating.push_back(value);
  }
  const std::vector<Value> found = vector_jacobian_product(outputs, by, floating);
  std::vector<Value> all;
  std::size_t next = 0;
  for (const Value& value : wrt) {
    Value gradient = is_floating(value.dtype()) ? found[next++] : Value(Tensor(0.0F));
    if (!gradient) gradient = Tensor::zeros(value.shape(), value.dtype());
    all.push_back(gradient);
  }
  return all;
}

class LayerCase {
 public:
  LayerCase(const Config& c, const Layer& layer, Failures& failures)
      : case_(c),
        failures_(failures),
        layer_(layer),
        inputs_(read_tensors(c.at("inputs"))),
        cotangents_(read_tensors(c.at("cotangents"))),
        options_(read_options(c, inputs_)) {
    std::vector<Shape> shapes;
    for (const Tensor& input : inputs_) shapes.push_back(input.shape());
    layer_.base().ensure_built(shapes);
    weights_ = layer_.weights();
    check_each_weight(c, "initial", weights_, initial_value, failures);
    set_weights(layer_, c.at("weights"), failures);
    check_each_weight(c, "constrained", weights_, constrained_value, failures);
    if (const Config* earlier = c.find("earlier"); !is_null(earlier)) {
      for (const Config& inputs : earlier->as_list()) call_before(read_tensors(inputs));
    }
  }

  void check() {
    const Function function([&](const std::vector<Value>& inputs) { return trace(inputs); },
                            program_options());
    std::vector<Tensor> arguments = inputs_;
    arguments.insert(arguments.end(), cotangents_.begin(), cotangents_.end());
    results_ = function.call(arguments);
    compare_group("outputs", case_.at("outputs"), sizes_[0], kTolerance);
    compare_group("grad_inputs", case_.at("grad_inputs"), sizes_[1], kGradientTolerance);
    compare_group("grad_weights", case_.at("grad_weights"), sizes_[2], kGradientTolerance);
    compare_group("losses", case_.at("losses"), sizes_[3], kTolerance);
    compare_group("weights_after", weights_after(), sizes_[4], kTolerance);
  }

 private:
  // A program of its own, which leaves the layer's states behind, as a step of predict() does.
  void call_before(const std::vector<Tensor>& inputs) const {
    std::vector<Variable> changed;
    const Function function(
        [&](const std::vector<Value>& values) {
          CallContext context;
          layer_.call_all(values, context, options_);
          std::vector<Value> after;
          changed.clear();
          for (const Assignment& assignment : context.updates().assignments()) {
            changed.push_back(assignment.variable);
            after.push_back(assignment.value);
          }
          return after;
        },
        program_options());
    const std::vector<Tensor> values = function.call(inputs);
    for (std::size_t i = 0; i < values.size(); ++i) changed[i].assign(values[i]);
  }

  std::vector<Value> trace(const std::vector<Value>& values) {
    const auto split = values.begin() + static_cast<std::ptrdiff_t>(inputs_.size());
    const std::vector<Value> inputs(values.begin(), split);
    const std::vector<Value> cotangents(split,
                                        split + static_cast<std::ptrdiff_t>(cotangents_.size()));
    CallContext context;
    const std::vector<Value> outputs = layer_.call_all(inputs, context, options_);
    if (outputs.size() != cotangents.size()) {
      throw ValueError("expected " + std::to_string(cotangents.size()) + " outputs, got " +
                       std::to_string(outputs.size()));
    }
    std::vector<Value> after;
    for (const Variable& weight : weights_) after.push_back(context.value(weight));
    std::vector<Value> all;
    sizes_.clear();
    for (const std::vector<Value>& group :
         {outputs, gradients_by(outputs, cotangents, inputs),
          gradients_by(outputs, cotangents, {weights_.begin(), weights_.end()}),
          penalties(layer_, context), after}) {
      sizes_.push_back(group.size());
      all.insert(all.end(), group.begin(), group.end());
    }
    return all;
  }

  // Null entries are unchanged weights.
  Config weights_after() const {
    const Config* after = case_.find("weights_after");
    Config expected = Config::list();
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      const bool changes = !is_null(after) && !(*after)[i].is_null();
      expected.push_back(changes ? (*after)[i] : case_.at("weights")[i].at("value"));
    }
    return expected;
  }

  void compare_group(const std::string& name, const Config& expected, std::size_t count,
                     double tolerance) {
    if (!expected.is_null() && expected.size() != count) {
      failures_.add(name + ": got " + std::to_string(count) + ", expected " +
                    std::to_string(expected.size()));
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Tensor& got = results_.at(next_++);
      if (expected.is_null() || i >= expected.size() || expected[i].is_null()) continue;
      const Tensor wanted = read_tensor(expected[i]);
      if (got.dtype() != wanted.dtype()) {
        failures_.add(indexed(name, i) + " is " + std::string(antler::name(got.dtype())) +
                      ", expected " + std::string(antler::name(wanted.dtype())));
      }
      failures_.compare(indexed(name, i), got, wanted, tolerance);
    }
  }

  const Config& case_;
  Failures& failures_;
  Layer layer_;
  std::vector<Tensor> inputs_, cotangents_, results_;
  CallOptions options_;
  std::vector<Variable> weights_;
  std::vector<std::size_t> sizes_;
  std::size_t next_ = 0;
};

void check_config(const Config& object, const Layer& layer, Failures& failures) {
  const Config written = layer_to_config(layer);
  compare_configs(written, object, failures);
  if (layer_to_config(layer_from_config(written)) != written) {
    failures.add("config is not read back: " + written.to_string());
  }
}

// A whole model is a layer too: what passes between layers, as masks do, shows in one.
Layer read_layer(const Config& object) {
  const Config& class_name = object.at("class_name");
  if (class_name == Config("Functional") || class_name == Config("Sequential")) {
    return model_from_config(object);
  }
  return layer_from_config(object);
}

}  // namespace

std::vector<std::string> check_layers(const Config& golden_case) {
  return run_check(golden_case, [](const Config& c, Failures& failures) {
    failures.expect_keys(
        c, {"name",        "layer",        "training", "inputs",        "as_list",
            "call_kwargs", "mask",         "weights",  "outputs",       "cotangents",
            "grad_inputs", "grad_weights", "losses",   "weights_after", "initial",
            "constrained", "earlier",      "adapt",    "vocabulary",    "idf_weights"});
    const Layer layer = read_layer(c.at("layer"));
    // Models write less than Keras; tests/keras lets Keras read it.
    if (!layer.base().is_model()) check_config(c.at("layer"), layer, failures);
    if (dynamic_cast<const HostLayer*>(&layer.base()) != nullptr) {
      check_host_layer(c, layer, read_tensors(c.at("inputs")), failures);
    } else {
      LayerCase(c, layer, failures).check();
    }
  });
}

}  // namespace antler::golden
