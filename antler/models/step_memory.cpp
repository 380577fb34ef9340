#include "antler/models/step_memory.h"

#include <cstdio>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/program.h"
#include "antler/core/error.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/statistics.h"

namespace antler {
namespace {

std::int64_t bytes_of(const TensorSpec& spec) {
  return spec.shape.is_known() ? spec.shape.size() * item_size(spec.dtype) : 0;
}

std::optional<std::vector<Value>> batch_inputs(const ModelBase& model, std::int64_t batch_size) {
  std::vector<TensorSpec> specs;
  for (const Value& input : model.program_inputs()) specs.push_back(input.spec());
  if (specs.empty()) {
    for (const Shape& shape : model.built_shapes()) specs.push_back({shape, DType::float32});
  }
  std::vector<Value> inputs;
  for (TensorSpec& spec : specs) {
    if (spec.shape.rank() == 0) return std::nullopt;
    spec.shape.set(0, batch_size);
    if (!spec.shape.is_known()) return std::nullopt;
    inputs.push_back(make_input(spec));
  }
  return inputs;
}

// An optimizer that is not built yet would get its slots by this: a copy takes them instead.
Optimizer with_slots(const Optimizer& optimizer, const std::vector<Variable>& weights) {
  if (optimizer.base().is_built()) return optimizer;
  const Optimizer copy = Optimizer::from_config(optimizer.to_config());
  copy.base().build(weights);
  return copy;
}

}  // namespace

std::int64_t bytes_of(const std::vector<Variable>& variables) {
  std::int64_t bytes = 0;
  for (const Variable& variable : variables) bytes += variable.size() * item_size(variable.dtype());
  return bytes;
}

std::optional<StepMemory> memory_of_step(const ModelBase& model, std::int64_t batch_size) {
  if (!model.is_built()) return std::nullopt;
  const auto inputs = batch_inputs(model, batch_size);
  if (!inputs) return std::nullopt;
  const Trainer& trainer = model.trainer();
  const Layer self(std::const_pointer_cast<LayerBase>(model.shared_from_this()));
  const std::vector<Variable> weights = self.trainable_weights();
  StepMemory memory;
  memory.training = trainer.is_compiled() && !weights.empty();
  CallContext context({.training = memory.training});
  context.set_fed(&model);
  context.observer = [&](const LayerBase&, const std::vector<Value>& outputs) {
    for (const Value& output : outputs) memory.activations += bytes_of(output.spec());
  };
  Computation computation;
  computation.inputs = *inputs;
  computation.outputs = model.call_list(*inputs, context);
  Optimizer optimizer;
  if (memory.training) {
    optimizer = with_slots(trainer.optimizer(), weights);
    Value loss;
    for (const Value& output : computation.outputs) {
      const Value term = ops::mean(output * output);
      loss = loss ? loss + term : term;
    }
    optimizer.base().apply(gradients(loss, weights), context.updates(), true);
    computation.outputs = {loss};
    computation.assignments = context.updates().assignments();
    memory.gradients = antler::bytes_of(weights);
    memory.slots = antler::bytes_of(optimizer.variables());
  }
  ProgramOptions options;
  if (trainer.is_compiled()) options.backend = trainer.options().backend;
  memory.peak =
      antler::bytes_of(self.weights()) + memory.slots +
      static_cast<std::int64_t>(Program::compile(computation, options)->workspace_bytes());
  for (const Value& input : *inputs) memory.peak += bytes_of(input.spec());
  return memory;
}

std::string readable_size(std::int64_t bytes) {
  constexpr const char* kUnits[] = {"B", "KB", "MB", "GB", "TB", "PB"};
  auto size = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; size >= 1024 && unit + 1 < std::size(kUnits); ++unit) size /= 1024;
  char text[64];
  std::snprintf(text, sizeof text, "%.2f %s", size, kUnits[unit]);
  return text;
}

}  // namespace antler
