#include "antler/optimizers/optimizer.h"

#include <algorithm>

#include "antler/compiler/program.h"
#include "antler/core/class_table.h"
#include "antler/optimizers/adadelta.h"
#include "antler/optimizers/adafactor.h"
#include "antler/optimizers/adagrad.h"
#include "antler/optimizers/adam.h"
#include "antler/optimizers/adam_w.h"
#include "antler/optimizers/adamax.h"
#include "antler/optimizers/ftrl.h"
#include "antler/optimizers/lamb.h"
#include "antler/optimizers/lion.h"
#include "antler/optimizers/loss_scale_optimizer.h"
#include "antler/optimizers/multi_optimizer.h"
#include "antler/optimizers/muon.h"
#include "antler/optimizers/nadam.h"
#include "antler/optimizers/rmsprop.h"
#include "antler/optimizers/schedule_free_adam_w.h"
#include "antler/optimizers/sgd.h"

namespace antler {
namespace {

constexpr std::size_t kKeptPrograms = 16;

// One step as a program: its inputs are the gradients that are not empty.
struct StepProgram {
  std::vector<bool> present;
  bool updating;
  std::shared_ptr<const Program> program;
  std::shared_ptr<Workspace> workspace;
};

StepProgram compile_step(const OptimizerBase& optimizer, const std::vector<bool>& present,
                         bool updating) {
  Computation computation;
  std::vector<Value> gradients;
  for (std::size_t i = 0; i < present.size(); ++i) {
    const Variable& variable = optimizer.trainable_variables()[i];
    gradients.emplace_back();
    if (!present[i]) continue;
    gradients.back() = make_input({variable.shape(), variable.dtype()});
    computation.inputs.push_back(gradients.back());
  }
  Updates updates;
  optimizer.apply(gradients, updates, updating);
  computation.assignments = updates.assignments();
  std::shared_ptr<const Program> program = Program::compile(computation);
  return {present, updating, program, program->make_workspace()};
}

// Where a variable stands among those of the optimizer; usually at `guess`.
std::size_t index_of(const OptimizerBase& optimizer, const Variable& variable, std::size_t guess) {
  const std::vector<Variable>& known = optimizer.trainable_variables();
  if (guess < known.size() && known[guess] == variable) return guess;
  const auto found = std::find(known.begin(), known.end(), variable);
  if (found == known.end()) {
    throw ValueError(optimizer.class_name() + ": expected variables that it was built for, got " +
                     variable.path() + "; make a new optimizer for other variables");
  }
  return static_cast<std::size_t>(found - known.begin());
}

void check_fits(const OptimizerBase& optimizer, const Variable& variable, const Tensor& gradient) {
  if (gradient.shape() != variable.shape()) {
    throw ShapeError(optimizer.class_name() + ": expected a gradient of shape " +
                     variable.shape().to_string() + " for " + variable.path() + ", got " +
                     gradient.shape().to_string());
  }
  if (gradient.dtype() != variable.dtype()) {
    throw TypeError(optimizer.class_name() + ": expected a gradient of type " +
                    std::string(name(variable.dtype())) + " for " + variable.path() + ", got " +
                    std::string(name(gradient.dtype())));
  }
}

// A file may hold the rate 0 that a callback left behind, which a user is not to start with.
template <class Class, class Options>
Optimizer make(std::string_view class_name, const Config& config) {
  Options options;
  options_from_config(class_name, config, options);
  const bool stopped =
      options.learning_rate.schedule() == nullptr && options.learning_rate.rate() == 0;
  if (stopped) options.learning_rate = Options().learning_rate;
  Class optimizer(options);
  if (stopped) optimizer.set_learning_rate(0);
  return optimizer;
}

std::span<const ClassEntry<Optimizer>> table() {
  static const std::vector<ClassEntry<Optimizer>> entries = {
      {"SGD", {}, [](const Config& c) { return make<SGD, SGDOptions>("SGD", c); }},
      {"RMSprop",
       {"rmsprop"},
       [](const Config& c) { return make<RMSprop, RMSpropOptions>("RMSprop", c); }},
      {"Adam", {}, [](const Config& c) { return make<Adam, AdamOptions>("Adam", c); }},
      {"AdamW", {"adamw"}, [](const Config& c) { return make<AdamW, AdamWOptions>("AdamW", c); }},
      {"Adadelta",
       {},
       [](const Config& c) { return make<Adadelta, AdadeltaOptions>("Adadelta", c); }},
      {"Adafactor",
       {},
       [](const Config& c) { return make<Adafactor, AdafactorOptions>("Adafactor", c); }},
      {"Adagrad", {}, [](const Config& c) { return make<Adagrad, AdagradOptions>("Adagrad", c); }},
      {"Adamax", {}, [](const Config& c) { return make<Adamax, AdamaxOptions>("Adamax", c); }},
      {"Ftrl", {}, [](const Config& c) { return make<Ftrl, FtrlOptions>("Ftrl", c); }},
      {"Lamb", {}, [](const Config& c) { return make<Lamb, LambOptions>("Lamb", c); }},
      {"Lion", {}, [](const Config& c) { return make<Lion, LionOptions>("Lion", c); }},
      {"Muon", {}, [](const Config& c) { return make<Muon, MuonOptions>("Muon", c); }},
      {"Nadam", {}, [](const Config& c) { return make<Nadam, NadamOptions>("Nadam", c); }},
      {"ScheduleFreeAdamW",
       {"schedulefreeadamw"},
       [](const Config& c) {
         return make<ScheduleFreeAdamW, ScheduleFreeAdamWOptions>("ScheduleFreeAdamW", c);
       }},
      {"LossScaleOptimizer", {"lossscaleoptimizer"}, LossScaleOptimizer::from_config},
      {"MultiOptimizer", {"multioptimizer"}, MultiOptimizer::from_config},
  };
  return entries;
}

}  // namespace

struct Optimizer::Compiled {
  std::vector<Variable> variables;
  std::vector<StepProgram> steps;  // the latest last

  StepProgram& step(const OptimizerBase& optimizer, const std::vector<bool>& present) {
    if (variables != optimizer.trainable_variables()) {
      variables = optimizer.trainable_variables();
      steps.clear();
    }
    const bool updating = optimizer.updates_next();
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const StepProgram& s) {
      return s.updating == updating && s.present == present;
    });
    if (found != steps.end()) return *found;
    if (steps.size() == kKeptPrograms) steps.erase(steps.begin());
    steps.push_back(compile_step(optimizer, present, updating));
    return steps.back();
  }
};

Optimizer::Optimizer(std::shared_ptr<OptimizerBase> base)
    : base_(std::move(base)), compiled_(std::make_shared<Compiled>()) {}

void Optimizer::apply(const Gradients& gradients) {
  if (gradients.variables.size() != gradients.values.size()) {
    throw ValueError(base_->class_name() + ": expected one gradient a variable, got " +
                     std::to_string(gradients.values.size()) + " for " +
                     std::to_string(gradients.variables.size()) + " variables");
  }
  if (!base_->is_built()) base_->build(gradients.variables);
  std::vector<const std::byte*> of_variable(base_->trainable_variables().size(), nullptr);
  for (std::size_t i = 0; i < gradients.values.size(); ++i) {
    const std::size_t index = index_of(*base_, gradients.variables[i], i);
    if (!gradients.values[i]) continue;
    check_fits(*base_, gradients.variables[i], gradients.values[i]);
    of_variable[index] = gradients.values[i].raw();
  }
  std::vector<bool> present;
  std::vector<const std::byte*> inputs;
  for (const std::byte* gradient : of_variable) {
    present.push_back(gradient != nullptr);
    if (gradient != nullptr) inputs.push_back(gradient);
  }
  StepProgram& step = compiled_->step(*base_, present);
  step.program->run(inputs, {}, *step.workspace);
}

Config Optimizer::to_config() const {
  return serialized("keras.optimizers", base_->class_name(), base_->get_config());
}

Optimizer Optimizer::from_config(const Config& config) {
  return make_from_table("optimizer", table(), config);
}

OptimizerArg::OptimizerArg(const std::string& name) : optimizer_(Optimizer::from_config(name)) {}

}  // namespace antler
