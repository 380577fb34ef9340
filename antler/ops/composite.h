#pragma once

#include <memory>
#include <string>

#include "antler/core/callable.h"
#include "antler/core/config.h"
#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// An op made of ops: a graph under a name. A backend may run it as one kernel; one that has none
/// for the name inlines the body, so the body is the definition and every kernel's test.
///
/// `build` makes the outputs from inputs of known shapes and uses nothing but them and constants;
/// the kernel's name, the attributes and the inputs' specs determine what it makes.
struct Composite {
  using Build = Callable<std::vector<Value>(std::span<const Value> inputs)>;
  /// The rule of the gradient; best made of composites again.
  using Rule = std::vector<Value> (*)(const Composite& op, const GradientContext& context);

  std::string kernel;
  Config attributes = Config::map();
  Build build = {};
  Rule rule = nullptr;                     // null: reverse mode over the body
  std::shared_ptr<const Graph> body = {};  // made by specialized()
  static constexpr std::string_view name = "composite";
  static constexpr int arity = kVariadic;
  static constexpr const char* fields[] = {"kernel", "attributes", "build", "rule", "body"};
  /// Equal kernels, attributes and specs of inputs.
  bool operator==(const Composite& other) const;
  std::vector<TensorSpec> infer(std::span<const TensorSpec> inputs) const;
  Composite specialized(std::span<const TensorSpec> inputs) const;
  /// Errors: StateError while an input has an unknown axis.
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The outputs of a composite applied to `inputs`.
std::vector<Value> composite(std::string kernel, std::vector<Value> inputs, Config attributes,
                             Composite::Build build, Composite::Rule rule = nullptr);

/// For functions whose ops depend on sizes: the values that `build` makes, at once when all shapes
/// are known, else a composite that makes them as soon as they are.
std::vector<Value> all_when_shapes_known(std::string name, std::vector<Value> inputs,
                                         Config attributes, Composite::Build build);
/// The same for one value.
Value when_shapes_known(std::string name, std::vector<Value> inputs, Config attributes,
                        Callable<Value(std::span<const Value> inputs)> build);

}  // namespace antler::ops
