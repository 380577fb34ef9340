#include "antler/graph/op.h"

#include "antler/core/error.h"
#include "antler/graph/node.h"
#include "antler/graph/unknown_axes.h"

namespace antler {

namespace {

void check_no_strings(const Op& op, const std::vector<TensorSpec>& specs) {
  if (op.takes_strings()) return;
  for (const TensorSpec& spec : specs) {
    if (spec.dtype != DType::string) continue;
    with_error_prefix(std::string(op.name()) + ": ", [] { refuse_strings(); });
  }
}

}  // namespace

std::vector<Value> apply_all(const Op& op, std::vector<Value> inputs) {
  if (op.arity() != kVariadic && static_cast<int>(inputs.size()) != op.arity()) {
    throw ValueError(std::string(op.name()) + ": expected " + std::to_string(op.arity()) +
                     " inputs, got " + std::to_string(inputs.size()));
  }
  std::vector<TensorSpec> specs;
  specs.reserve(inputs.size());
  for (const Value& input : inputs) {
    if (!input) throw StateError(std::string(op.name()) + ": expected a value, got an empty one");
    specs.push_back(input.spec());
  }
  check_no_strings(op, specs);
  bool known = true;
  for (const TensorSpec& spec : specs) known = known && spec.shape.is_known();
  const Op ready = known ? op.specialized(specs) : op;
  std::vector<TensorSpec> outputs =
      infer_with_unknown_axes(specs, [&](std::span<const TensorSpec> s) {
        return known ? ready.infer(s) : op.specialized(s).infer(s);
      });
  check_no_strings(op, outputs);
  const std::size_t count = outputs.size();
  const auto node = Node::apply(ready, std::move(inputs), std::move(outputs));
  std::vector<Value> values;
  values.reserve(count);
  for (std::size_t i = 0; i < count; ++i) values.emplace_back(node, static_cast<int>(i));
  return values;
}

Value apply(const Op& op, std::vector<Value> inputs) {
  return apply_all(op, std::move(inputs)).front();
}

}  // namespace antler
