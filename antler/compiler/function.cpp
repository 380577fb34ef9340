#include "antler/compiler/function.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "antler/compiler/program.h"
#include "antler/core/error.h"

namespace antler {

std::vector<Value> detail::as_values(Value value) { return {std::move(value)}; }
std::vector<Value> detail::as_values(std::vector<Value> values) { return values; }

namespace {

constexpr std::size_t kKeptPrograms = 16;

// A program with the workspaces that are not in use at the moment.
struct Entry {
  std::vector<TensorSpec> specs;
  std::shared_ptr<const Program> program;
  std::mutex mutex;
  std::vector<std::shared_ptr<Workspace>> idle;

  std::shared_ptr<Workspace> take() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        auto workspace = std::move(idle.back());
        idle.pop_back();
        return workspace;
      }
    }
    return program->make_workspace();
  }
  void give_back(std::shared_ptr<Workspace> workspace) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(workspace));
  }
};

bool matches(const Entry& entry, std::span<const Tensor> arguments) {
  if (entry.specs.size() != arguments.size()) return false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (entry.specs[i].dtype != arguments[i].dtype() ||
        entry.specs[i].shape != arguments[i].shape()) {
      return false;
    }
  }
  return true;
}

std::vector<TensorSpec> specs_of(std::span<const Tensor> tensors) {
  std::vector<TensorSpec> specs;
  for (const Tensor& t : tensors) specs.push_back({t.shape(), t.dtype()});
  return specs;
}

}  // namespace

struct Function::State {
  Body body;
  ProgramOptions options;
  std::mutex mutex;     // guards the list; programs run without it
  std::mutex building;  // held while the body is traced: it may make weights
  std::vector<std::shared_ptr<Entry>> entries;  // the latest last

  template <class Matches>
  std::shared_ptr<Entry> find(const Matches& matches) {
    const std::lock_guard lock(mutex);
    for (const auto& entry : entries) {
      if (matches(*entry)) return entry;
    }
    return nullptr;
  }

  std::shared_ptr<Entry> build(std::vector<TensorSpec> specs) {
    Computation computation;
    for (const TensorSpec& spec : specs) computation.inputs.push_back(make_input(spec));
    computation.outputs = body(computation.inputs);
    auto entry = std::make_shared<Entry>();
    entry->specs = std::move(specs);
    entry->program = Program::compile(computation, options);
    const std::lock_guard lock(mutex);
    if (entries.size() == kKeptPrograms) entries.erase(entries.begin());
    entries.push_back(entry);
    return entry;
  }

  template <class Matches>
  std::shared_ptr<Entry> find_or_build(const Matches& matches, std::vector<TensorSpec> specs) {
    const std::lock_guard lock(building);
    auto entry = find(matches);  // another thread may have built it meanwhile
    return entry != nullptr ? entry : build(std::move(specs));
  }

  std::shared_ptr<Entry> entry_for(std::span<const Tensor> arguments) {
    const auto is_wanted = [&](const Entry& e) { return matches(e, arguments); };
    auto entry = find(is_wanted);
    return entry != nullptr ? entry : find_or_build(is_wanted, specs_of(arguments));
  }

  static void run(Entry& entry, std::span<const Tensor> arguments, std::span<Tensor> results) {
    constexpr std::size_t kFew = 16;
    std::array<const std::byte*, kFew> few_inputs;
    std::array<std::byte*, kFew> few_outputs;
    std::vector<const std::byte*> many_inputs(arguments.size() > kFew ? arguments.size() : 0);
    std::vector<std::byte*> many_outputs(results.size() > kFew ? results.size() : 0);
    const std::byte** inputs = many_inputs.empty() ? few_inputs.data() : many_inputs.data();
    std::byte** outputs = many_outputs.empty() ? few_outputs.data() : many_outputs.data();
    for (std::size_t i = 0; i < arguments.size(); ++i) inputs[i] = arguments[i].raw();
    for (std::size_t i = 0; i < results.size(); ++i) outputs[i] = results[i].mutable_raw();
    std::shared_ptr<Workspace> workspace = entry.take();
    entry.program->run({inputs, arguments.size()}, {outputs, results.size()}, *workspace);
    entry.give_back(std::move(workspace));
  }
};

Function::Function(Traced traced, const ProgramOptions& options)
    : state_(std::make_shared<State>()) {
  state_->body = std::move(traced.body);
  state_->options = options;
}

std::shared_ptr<const Program> Function::program(std::span<const TensorSpec> arguments) const {
  const auto same = [&](const Entry& e) {
    return std::equal(e.specs.begin(), e.specs.end(), arguments.begin(), arguments.end());
  };
  auto entry = state_->find(same);
  if (entry == nullptr) {
    entry = state_->find_or_build(same, {arguments.begin(), arguments.end()});
  }
  return entry->program;
}

std::vector<Tensor> Function::call(const std::vector<Tensor>& arguments) const {
  const std::shared_ptr<Entry> entry = state_->entry_for(arguments);
  std::vector<Tensor> results;
  for (const TensorSpec& spec : entry->program->outputs()) {
    results.push_back(Tensor::uninitialized(spec.dtype, spec.shape));
  }
  State::run(*entry, arguments, results);
  return results;
}

void Function::run(std::span<const Tensor> arguments, std::span<Tensor> results) const {
  const std::shared_ptr<Entry> entry = state_->entry_for(arguments);
  const std::vector<TensorSpec>& specs = entry->program->outputs();
  bool fits = specs.size() == results.size();
  for (std::size_t i = 0; fits && i < specs.size(); ++i) {
    fits = specs[i].dtype == results[i].dtype() && specs[i].shape == results[i].shape();
  }
  if (!fits) {
    std::string expected;
    for (const TensorSpec& spec : specs) expected += " " + spec.to_string();
    throw ShapeError("Function: expected results of specs" + expected);
  }
  State::run(*entry, arguments, results);
}

Tensor Function::only(std::vector<Tensor> results) {
  if (results.size() != 1) {
    throw StateError("Function: expected one result, got " + std::to_string(results.size()) +
                     "; use call()");
  }
  return std::move(results.front());
}

}  // namespace antler
