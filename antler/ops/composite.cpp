#include "antler/ops/composite.h"

#include <algorithm>
#include <utility>

#include "antler/core/callable.h"
#include "antler/core/error.h"

namespace antler::ops {
namespace {

std::vector<TensorSpec> specs_of(const std::vector<Value>& values) {
  std::vector<TensorSpec> specs;
  specs.reserve(values.size());
  for (const Value& value : values) specs.push_back(value.spec());
  return specs;
}

bool are_specs_of(const std::vector<Value>& values, std::span<const TensorSpec> specs) {
  return std::equal(values.begin(), values.end(), specs.begin(), specs.end(),
                    [](const Value& v, const TensorSpec& s) { return v.spec() == s; });
}

}  // namespace

bool Composite::operator==(const Composite& other) const {
  if (kernel != other.kernel || !(attributes == other.attributes)) return false;
  if (body == nullptr || other.body == nullptr) return body == other.body;
  return are_specs_of(body->inputs, specs_of(other.body->inputs));
}

Composite Composite::specialized(std::span<const TensorSpec> inputs) const {
  if (body != nullptr && are_specs_of(body->inputs, inputs)) return *this;
  const auto graph = std::make_shared<Graph>();
  for (const TensorSpec& spec : inputs) graph->inputs.push_back(make_input(spec));
  graph->outputs = build(graph->inputs);
  Composite made = *this;
  made.body = graph;
  return made;
}

std::vector<TensorSpec> Composite::infer(std::span<const TensorSpec> inputs) const {
  if (body == nullptr) return specialized(inputs).infer(inputs);
  return specs_of(body->outputs);
}

std::vector<Value> Composite::gradient(const GradientContext& context) const {
  if (body == nullptr) {
    throw StateError(kernel + ": expected known sizes for a gradient, got " +
                     (context.input_count() > 0 ? context.input(0).shape().to_string() : "()"));
  }
  return rule != nullptr ? rule(*this, context) : context.differentiate(*body);
}

std::vector<Value> composite(std::string kernel, std::vector<Value> inputs, Config attributes,
                             Composite::Build build, Composite::Rule rule) {
  return apply_all(Composite{.kernel = std::move(kernel),
                             .attributes = std::move(attributes),
                             .build = std::move(build),
                             .rule = rule},
                   std::move(inputs));
}

std::vector<Value> all_when_shapes_known(std::string name, std::vector<Value> inputs,
                                         Config attributes, Composite::Build build) {
  const bool known = std::all_of(inputs.begin(), inputs.end(),
                                 [](const Value& v) { return v.shape().is_known(); });
  if (known) return build(inputs);
  return composite(std::move(name), std::move(inputs), std::move(attributes), std::move(build));
}

Value when_shapes_known(std::string name, std::vector<Value> inputs, Config attributes,
                        Callable<Value(std::span<const Value> inputs)> build) {
  return all_when_shapes_known(std::move(name), std::move(inputs), std::move(attributes),
                               [build = std::move(build)](std::span<const Value> values) {
                                 return std::vector<Value>{build(values)};
                               })
      .front();
}

}  // namespace antler::ops
