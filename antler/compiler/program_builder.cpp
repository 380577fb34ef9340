#include "antler/compiler/program_builder.h"

#include <algorithm>
#include <cstring>
#include <unordered_set>

#include "antler/backends/fused_ops.h"
#include "antler/compiler/scan_kernel.h"
#include "antler/core/error.h"
#include "antler/graph/node.h"
#include "antler/ops/check_index.h"
#include "antler/ops/composite.h"

namespace antler {
namespace {

bool is_leaf(const Value& value) { return !value.node().is_op(); }

std::size_t byte_size(const TensorSpec& spec) {
  return static_cast<std::size_t>(spec.shape.size() * item_size(spec.dtype));
}

// A composite is known by the name of what it computes, a check by that of the layer it is for.
std::string label_of(const Op& op, const Kernel& kernel) {
  if (op.as<ops::Scan>() != nullptr) return scan_label(kernel);
  const auto* check = op.as<ops::CheckIndex>();
  if (check != nullptr && !check->owner.empty()) return check->owner;
  if (const auto* fused = op.as<FusedUpdate>()) {
    return std::string(FusedMatmul::name) + " " + fused->update.kernel;
  }
  const auto* composite = op.as<ops::Composite>();
  return composite != nullptr ? composite->kernel : std::string(op.name());
}

}  // namespace

Value root_of(const Value& value) {
  Value root = value;
  while (root.node().is_op() && root.node().op().is_view()) root = root.node().inputs()[0];
  return root;
}

ProgramBuilder::ProgramBuilder(const Computation& computation, const Backend& backend,
                               const ProgramOptions& options)
    : computation_(computation), backend_(backend), options_(options), program_(new Program) {}

std::shared_ptr<const Program> ProgramBuilder::build() {
  collect_leaves();
  order_steps();
  choose_kernels();
  find_reads();
  place_outputs();
  place_assignments();
  place_workspace();
  emit_steps();
  emit_copies();
  Profile::note_arena(program_->workspace_bytes());
  return program_;
}

// Slot 0 is the workspace; constants, variables, inputs and outputs follow.
void ProgramBuilder::collect_leaves() {
  std::vector<Value> constants;
  std::vector<Value> variables;
  for (const auto& node : topological_order(computation_.roots())) {
    if (node->kind() == NodeKind::constant) constants.emplace_back(node, 0);
    if (node->kind() == NodeKind::variable) variables.emplace_back(node, 0);
  }
  std::unordered_set<const Node*> known;
  for (const Value& variable : variables) known.insert(&variable.node());
  for (const Assignment& a : computation_.assignments) {
    const Value variable = a.variable.value();
    if (known.insert(&variable.node()).second) variables.push_back(variable);
  }
  const auto require_numbers = [](const std::vector<Value>& leaves) {
    for (const Value& leaf : leaves) {
      if (leaf.dtype() == DType::string) refuse_strings();
    }
  };
  require_numbers(constants);
  require_numbers(variables);
  require_numbers(computation_.inputs);
  std::uint32_t slot = 1;
  for (const Value& constant : constants) {
    program_->constants_.push_back(constant.node().constant_value());
    places_[key_of(constant)] = {slot++, 0};
  }
  for (const Value& variable : variables) {
    program_->variables_.push_back(Variable::of(variable));
    places_[key_of(variable)] = {slot++, 0};
  }
  for (const Value& input : computation_.inputs) {
    program_->inputs_.push_back(input.spec());
    places_[key_of(input)] = {slot++, 0};
  }
  for (const Value& output : computation_.outputs) program_->outputs_.push_back(output.spec());
}

std::uint32_t ProgramBuilder::output_slot(std::size_t i) const {
  return static_cast<std::uint32_t>(1 + program_->constants_.size() + program_->variables_.size() +
                                    computation_.inputs.size() + i);
}

void ProgramBuilder::order_steps() {
  std::unordered_set<const Node*> late;  // writers of variables, and what depends on them
  for (const Assignment& a : computation_.assignments) {
    const Value root = root_of(a.value);
    if (!is_leaf(root)) late.insert(&root.node());
  }
  std::vector<Step> last;
  for (const auto& node : topological_order(computation_.roots())) {
    if (node->kind() == NodeKind::input && places_.count({node.get(), 0}) == 0) {
      throw StateError(
          "expected values that depend on the given inputs only, got one that depends on " +
          (node->input_name().empty() ? "another input" : node->input_name()) + " " +
          node->outputs()[0].to_string());
    }
    if (!node->is_op()) continue;
    for (const Value& input : node->inputs()) {
      if (late.count(&input.node()) > 0) late.insert(node.get());
    }
    if (node->op().is_view()) continue;
    (late.count(node.get()) > 0 ? last : steps_).push_back({node, nullptr});
  }
  steps_.insert(steps_.end(), last.begin(), last.end());
  for (std::size_t i = 0; i < steps_.size(); ++i) step_of_[steps_[i].node.get()] = i;
}

KernelSpecs ProgramBuilder::specs_of(const Node& node) const {
  KernelSpecs specs;
  for (const Value& input : node.inputs()) specs.inputs.push_back(input.spec());
  specs.outputs = node.outputs();
  return specs;
}

void ProgramBuilder::choose_kernels() {
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    Step& step = steps_[i];
    const KernelSpecs specs = specs_of(*step.node);
    const auto* scan = step.node->op_as<ops::Scan>();
    step.kernel = scan != nullptr ? scan_kernel(*scan, specs, options_)
                                  : backend_.kernel(step.node->op(), specs);
    if (step.kernel == nullptr) {
      throw ValueError(std::string(step.node->op().name()) + ": the " +
                       std::string(backend_.name()) + " backend has no kernel for it");
    }
    program_->scratch_bytes_ = std::max(program_->scratch_bytes_, step.kernel->scratch_bytes());
    if (step.kernel->can_fail()) can_fail_until_ = i + 1;
  }
}

void ProgramBuilder::find_reads() {
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    for (const Value& input : steps_[i].node->inputs()) {
      reads_[key_of(root_of(input))].push_back(i);
    }
  }
}

// An output that a step computes is written where the caller wants it; leaves are copied there.
void ProgramBuilder::place_outputs() {
  for (std::size_t i = 0; i < computation_.outputs.size(); ++i) {
    const Value root = root_of(computation_.outputs[i]);
    const Location target{output_slot(i), 0};
    const auto [entry, is_first] = places_.try_emplace(key_of(root), target);
    if (is_first) continue;
    auto& copies = is_leaf(root) ? first_copies_ : last_copies_;
    copies.push_back({entry->second, target, root.spec()});
  }
}

// Whether the step's kernel works in place on all of its inputs that are this one.
bool ProgramBuilder::may_overwrite(const Step& step, const Value& root) {
  const std::vector<Value>& inputs = step.node->inputs();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const bool is_here = root_of(inputs[i]).is_same(root);
    if (is_here && !step.kernel->works_in_place(static_cast<int>(i))) return false;
  }
  return true;
}

bool ProgramBuilder::may_store_early(const Variable& variable, const Value& root) const {
  const std::size_t writer = step_of_.at(&root.node());
  if (writer < can_fail_until_) return false;
  const auto reads = reads_.find(key_of(variable.value()));
  if (reads == reads_.end()) return true;
  for (const std::size_t read : reads->second) {
    if (read > writer) return false;
    if (read == writer) {
      if (!may_overwrite(steps_[writer], variable.value())) return false;
      for (const Value& input : root.node().inputs()) {
        const bool whole = input.spec().shape.size() == root.shape().size();
        if (root_of(input).is_same(variable.value()) && !whole) return false;
      }
    }
  }
  return true;
}

void ProgramBuilder::place_assignments() {
  for (const Assignment& a : computation_.assignments) {
    const Value root = root_of(a.value);
    const Location& target = places_.at(key_of(a.variable.value()));
    if (!is_leaf(root) && places_.count(key_of(root)) == 0 && may_store_early(a.variable, root)) {
      places_[key_of(root)] = target;
      continue;
    }
    if (root.is_same(a.variable.value())) continue;
    Location from;
    if (is_leaf(root)) {
      // Another variable may be overwritten before the copy: stage its present value.
      lifetimes_.push_back({byte_size(root.spec()), 0, steps_.size()});
      from = {0, lifetimes_.size() - 1};
      first_copies_.push_back({places_.at(key_of(root)), from, root.spec()});
    } else {
      const auto [entry, is_first] = places_.try_emplace(key_of(root), Location{});
      if (is_first) {
        lifetimes_.push_back({byte_size(root.spec()), step_of_.at(&root.node()), steps_.size()});
        entry->second = {0, lifetimes_.size() - 1};
      }
      from = entry->second;
    }
    last_copies_.push_back({from, target, root.spec()});
  }
}

std::size_t ProgramBuilder::last_read(const Value& root) const {
  const auto reads = reads_.find(key_of(root));
  return reads == reads_.end() ? 0 : reads->second.back();
}

std::optional<Value> ProgramBuilder::reusable_input(std::size_t step, int output) const {
  const Node& node = *steps_[step].node;
  const std::size_t bytes = byte_size(node.outputs()[static_cast<std::size_t>(output)]);
  for (const Value& input : node.inputs()) {
    const Value root = root_of(input);
    if (!may_overwrite(steps_[step], root)) continue;
    const auto found = places_.find(key_of(root));
    if (is_leaf(root) || found == places_.end() || found->second.slot != 0) continue;
    const Lifetime& lifetime = lifetimes_[found->second.offset];
    if (lifetime.bytes == bytes && lifetime.last == step && last_read(root) == step) return root;
  }
  return std::nullopt;
}

// While places are made, the offset of a workspace location is the number of its lifetime.
void ProgramBuilder::place_workspace() {
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const auto& node = steps_[i].node;
    for (int k = 0; k < static_cast<int>(node->outputs().size()); ++k) {
      const Value output(node, k);
      if (places_.count(key_of(output)) > 0) continue;
      const std::size_t last = std::max(i, last_read(output));
      if (const auto input = reusable_input(i, k)) {
        const Location shared = places_.at(key_of(*input));
        lifetimes_[shared.offset].last = last;
        places_[key_of(output)] = shared;
        // The buffer now belongs to the output: a second output may not take it as well.
        if (last == i) lifetimes_[shared.offset].last = i + 1;
        continue;
      }
      lifetimes_.push_back({byte_size(output.spec()), i, last});
      places_[key_of(output)] = {0, lifetimes_.size() - 1};
    }
  }
  const MemoryPlan plan = plan_memory(lifetimes_);
  program_->workspace_bytes_ = plan.bytes;
  const auto settle = [&](Location& location) {
    if (location.slot == 0) location.offset = plan.offsets[location.offset];
  };
  for (auto& [key, location] : places_) settle(location);
  for (auto* copies : {&first_copies_, &last_copies_}) {
    for (Copy& copy : *copies) {
      settle(copy.from);
      settle(copy.to);
    }
  }
}

void ProgramBuilder::emit(const KernelPtr& kernel, std::string label, std::string description,
                          std::vector<Location> inputs, std::vector<Location> outputs) {
  program_->input_count_ += inputs.size();
  program_->output_count_ += outputs.size();
  program_->calls_.push_back({kernel, std::move(label), std::move(inputs), std::move(outputs)});
  program_->descriptions_.push_back(std::move(description));
}

void ProgramBuilder::emit_copy(const Location& from, const Location& to, const TensorSpec& spec) {
  const std::size_t bytes = byte_size(spec);
  const KernelPtr kernel = make_kernel([bytes](const KernelArguments& arguments) {
    std::memcpy(arguments.outputs[0], arguments.inputs[0], bytes);
  });
  emit(Profile::timed_copy(kernel, bytes), "copy", spec.to_string(), {from}, {to});
  if (Profile::is_watching()) Profile::note_places({output_place(to, spec)});
}

OutputPlace ProgramBuilder::output_place(const Location& location, const TensorSpec& spec) const {
  using Kind = OutputPlace::Kind;
  const Kind elsewhere = location.slot < output_slot(0) ? Kind::variable : Kind::output;
  return {location.slot == 0 ? Kind::workspace : elsewhere, location.offset, byte_size(spec)};
}

void ProgramBuilder::emit_steps() {
  for (const Copy& copy : first_copies_) emit_copy(copy.from, copy.to, copy.spec);
  for (const Step& step : steps_) {
    const Node& node = *step.node;
    std::string description;
    std::vector<Location> inputs;
    std::vector<Location> outputs;
    for (const Value& input : node.inputs()) {
      inputs.push_back(place(input));
      description += input.spec().to_string() + " ";
    }
    description += "->";
    for (std::size_t k = 0; k < node.outputs().size(); ++k) {
      outputs.push_back(places_.at({&node, static_cast<int>(k)}));
      description += " " + node.outputs()[k].to_string();
    }
    std::vector<OutputPlace> places;
    for (std::size_t k = 0; Profile::is_watching() && k < outputs.size(); ++k) {
      places.push_back(output_place(outputs[k], node.outputs()[k]));
    }
    emit(Profile::timed(step.kernel, node), label_of(node.op(), *step.kernel), description,
         std::move(inputs), std::move(outputs));
    if (!places.empty()) Profile::note_places(std::move(places));
  }
}

void ProgramBuilder::emit_copies() {
  for (const Copy& copy : last_copies_) emit_copy(copy.from, copy.to, copy.spec);
}

}  // namespace antler
