#include "antler/compiler/evaluate.h"

#include "antler/compiler/program.h"
#include "antler/graph/node.h"

namespace antler {

std::vector<Tensor> evaluate(const std::vector<Value>& values, const ProgramOptions& options) {
  const auto program = Program::compile({{}, values, {}}, options);
  std::vector<Tensor> results;
  std::vector<std::byte*> outputs;
  for (const TensorSpec& spec : program->outputs()) {
    results.push_back(Tensor::uninitialized(spec.dtype, spec.shape));
    outputs.push_back(results.back().mutable_raw());
  }
  program->run({}, outputs, *program->make_workspace());
  return results;
}

std::vector<Tensor> evaluate(const std::vector<Value>& values) { return evaluate(values, {}); }

Tensor evaluate(const Value& value) {
  const Node& node = value.node();
  if (node.kind() == NodeKind::constant) return node.constant_value();
  return evaluate(std::vector<Value>{value}).front();
}

}  // namespace antler
