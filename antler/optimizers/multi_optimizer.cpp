#include "antler/optimizers/multi_optimizer.h"

#include <algorithm>
#include <regex>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/core/serialized.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/division.h"
#include "antler/optimizers/branches.h"

namespace antler {
namespace {

bool is_same(const Optimizer& a, const Optimizer& b) { return &a.base() == &b.base(); }

// One of the optimizers and the variables that it takes.
struct Part {
  Optimizer optimizer;
  std::vector<Variable> variables = {};
  std::vector<std::size_t> indices = {};  // of the variables among all
};

class MultiOptimizerBase final : public OptimizerBase {
 public:
  MultiOptimizerBase(const OptimizerMap& map, const MultiOptimizerOptions& options)
      : OptimizerBase("MultiOptimizer",
                      {.loss_scale_factor = options.loss_scale_factor, .name = options.name}),
        map_(map) {
    for (const auto& [pattern, optimizer] : map.entries()) add(optimizer);
    add(map.default_optimizer());
  }

  Config get_config() const override {
    return Config::map({{"optimizer_map", map_.to_config()},
                        {"loss_scale_factor", antler::to_config(common().loss_scale_factor)},
                        {"name", name()}});
  }

  void build(const std::vector<Variable>& trainable) override {
    if (is_built() && trainable == trainable_variables()) return;
    for (Part& part : parts_) {
      part.variables.clear();
      part.indices.clear();
    }
    for (std::size_t i = 0; i < trainable.size(); ++i) {
      Part& part = part_of(map_(trainable[i]));
      part.variables.push_back(trainable[i]);
      part.indices.push_back(i);
    }
    for (const Part& part : parts_) {
      if (!part.variables.empty()) part.optimizer.base().build(part.variables);
    }
    OptimizerBase::build(trainable);
  }

  void apply(const std::vector<Value>& gradients, Updates& updates, bool) const override {
    if (!is_built()) throw StateError(class_name() + ": expected build() before apply()");
    if (gradients.size() != trainable_variables().size()) {
      throw ValueError(class_name() + ": expected " + std::to_string(trainable_variables().size()) +
                       " gradients, one a variable, got " + std::to_string(gradients.size()));
    }
    for (const Part& part : parts_) {
      if (part.variables.empty()) continue;
      std::vector<Value> own;
      for (const std::size_t i : part.indices) own.push_back(gradients[i]);
      apply(part.optimizer.base(), own, updates);
    }
    updates.assign(iterations(), updates.value(iterations()) + 1);
  }

  bool accumulates() const override { return false; }
  bool updates_next() const override { return true; }
  void finalize_variable_values() override {
    for (const Part& part : parts_) part.optimizer.base().finalize_variable_values();
  }
  std::vector<Variable> variables() const override {
    std::vector<Variable> all = OptimizerBase::variables();
    for (const Part& part : parts_) append(part.optimizer.variables(), all);
    return all;
  }
  std::vector<Variable> variables_before_build() const override {
    std::vector<Variable> all = OptimizerBase::variables_before_build();
    for (const Part& part : parts_) append(part.optimizer.base().variables_before_build(), all);
    return all;
  }
  double current_learning_rate() const override { throw no_single_rate(); }
  void set_learning_rate(double) override { throw no_single_rate(); }
  void exclude_from_weight_decay(const WeightDecayExclusions& exclusions) override {
    for (const Part& part : parts_) part.optimizer.base().exclude_from_weight_decay(exclusions);
  }

 private:
  Config own_config() const override { return Config::map(); }
  void make_slots(const std::vector<Variable>&) override {}
  void update(std::span<const Target>, const Step&, Updates&) const override {}

  void add(const Optimizer& optimizer) {
    if (optimizer.base().class_name() == "LossScaleOptimizer" ||
        optimizer.base().class_name() == "MultiOptimizer") {
      throw ValueError("MultiOptimizer: expected optimizers that hold no others, got " +
                       optimizer.base().class_name());
    }
    for (const Part& part : parts_) {
      if (is_same(part.optimizer, optimizer)) return;
    }
    optimizer.base().set_loss_scale_factor(common().loss_scale_factor);
    parts_.push_back({optimizer});
  }

  Part& part_of(const Optimizer& optimizer) {
    return *std::find_if(parts_.begin(), parts_.end(),
                         [&](const Part& part) { return is_same(part.optimizer, optimizer); });
  }

  // Which step of an accumulating optimizer updates is known while the program runs: each counts
  // for itself.
  static void apply(const OptimizerBase& optimizer, const std::vector<Value>& gradients,
                    Updates& updates) {
    if (!optimizer.accumulates()) {
      optimizer.apply(gradients, updates);
      return;
    }
    const Value count = updates.value(optimizer.iterations()) + 1;
    const std::int64_t steps = *optimizer.common().gradient_accumulation_steps;
    Updates updated = updates, accumulated = updates;
    optimizer.apply(gradients, updated, true);
    optimizer.apply(gradients, accumulated, false);
    assign_where(ops::equal(ops::mod(count, steps), 0), updated, accumulated, updates);
  }

  static void append(const std::vector<Variable>& some, std::vector<Variable>& all) {
    all.insert(all.end(), some.begin(), some.end());
  }

  StateError no_single_rate() const {
    return StateError(class_name() +
                      ": expected one learning rate, got an optimizer that holds others; use "
                      "theirs");
  }

  OptimizerMap map_;
  std::vector<Part> parts_;
};

}  // namespace

OptimizerMap::OptimizerMap(const OptimizerArg& default_optimizer)
    : OptimizerMap(default_optimizer, {}) {}
OptimizerMap::OptimizerMap(const OptimizerArg& default_optimizer, std::vector<Entry> optimizer_map)
    : default_(default_optimizer.get()) {
  if (!default_) throw ValueError("OptimizerMap: expected a default optimizer, got none");
  for (const auto& [pattern, optimizer] : optimizer_map) {
    if (!optimizer) throw ValueError("OptimizerMap: expected an optimizer for " + pattern);
    try {
      const std::regex check(pattern);
    } catch (const std::regex_error&) {
      throw ValueError("OptimizerMap: expected regular expressions, got \"" + pattern + "\"");
    }
    entries_.emplace_back(pattern, optimizer.get());
  }
}

const Optimizer& OptimizerMap::operator()(const Variable& variable) const {
  const Optimizer* found = nullptr;
  for (const auto& [pattern, optimizer] : entries_) {
    if (pattern == variable.path()) return optimizer;
  }
  for (const auto& [pattern, optimizer] : entries_) {
    if (!std::regex_match(variable.path(), std::regex(pattern))) continue;
    if (found != nullptr) {
      throw ValueError("OptimizerMap: expected one optimizer for " + variable.path() +
                       ", got several whose patterns match");
    }
    found = &optimizer;
  }
  return found != nullptr ? *found : default_;
}

Config OptimizerMap::to_config() const {
  Config map = Config::map();
  for (const auto& [pattern, optimizer] : entries_) map.set(pattern, optimizer.to_config());
  return serialized(
      "keras.optimizers", "OptimizerMap",
      Config::map({{"default_optimizer", default_.to_config()}, {"optimizer_map", map}}));
}

OptimizerMap OptimizerMap::from_config(const Config& config) {
  const SerializedObject object = parse_serialized("optimizer map", config);
  if (object.class_name != "OptimizerMap") {
    throw ValueError("expected an OptimizerMap, got " + object.class_name);
  }
  std::vector<Entry> entries;
  if (const Config* map = object.config.find("optimizer_map"); map != nullptr && !map->is_null()) {
    for (const auto& [pattern, optimizer] : map->as_map()) {
      entries.emplace_back(pattern, Optimizer::from_config(optimizer));
    }
  }
  return {Optimizer::from_config(object.config.at("default_optimizer")), std::move(entries)};
}

MultiOptimizer::MultiOptimizer(const OptimizerMap& optimizer_map,
                               const MultiOptimizerOptions& options)
    : Optimizer(std::make_shared<MultiOptimizerBase>(optimizer_map, options)) {}

Optimizer MultiOptimizer::from_config(const Config& config) {
  MultiOptimizerOptions options;
  options_from_config("MultiOptimizer", config, options, {"optimizer_map"});
  const Config* map = config.find("optimizer_map");
  if (map == nullptr) {
    throw ValueError("MultiOptimizer: \"optimizer_map\": expected a value, got none");
  }
  return with_error_prefix("MultiOptimizer: \"optimizer_map\": ", [&]() -> Optimizer {
    return MultiOptimizer(OptimizerMap::from_config(*map), options);
  });
}

}  // namespace antler
