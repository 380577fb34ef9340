#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/core/flat_map.h"
#include "antler/core/options.h"
#include "antler/ops/cast.h"
#include "antler/optimizers/optimizer_base.h"
#include "antler/optimizers/update_composite.h"

namespace antler {

/// Numbers that all variables of one element type share in a step.
struct StepNumbers {
  Value rate;   // of that type
  Value count;  // of updates, this one included, of that type
};

/// An optimizer whose update treats each variable by itself: slots of the variable's shape, saved
/// variable by variable, and one function from gradient, weight and slots to their new values.
template <class Options>
class SlotOptimizer : public OptimizerBase {
 protected:
  struct Slot {
    const char* name;
    double initial = 0;
  };
  struct Rule {
    const char* kernel;  // the composite's name
    std::vector<Slot> slots;
    /// The new weight and slots; the scalars are those of scalars().
    std::vector<Value> (*body)(const Options& options, const UpdateInputs& in);
  };

  SlotOptimizer(std::string_view class_name, const Options& options, Rule rule)
      : OptimizerBase(class_name, options.learning_rate, OptimizerCommon::of(options)),
        options_(options),
        rule_(std::move(rule)) {}

  const Options& options() const { return options_; }
  void require_fraction(std::string_view key, double value) const {
    require(value >= 0 && value < 1, std::string(key) + " in [0, 1)", value);
  }
  void require_not_negative(std::string_view key, double value) const {
    require(value >= 0, std::string(key) + " >= 0", value);
  }

  /// What the body needs beside the states, made once for each element type.
  virtual std::vector<Value> scalars(const StepNumbers& step, Updates&) const {
    return {step.rate};
  }

  void make_slots(const std::vector<Variable>& variables) override {
    slots_.clear();
    for (const Variable& v : variables) {
      std::vector<Variable>& slots = slots_.emplace_back();
      for (const Slot& slot : rule_.slots) slots.push_back(add_slot(v, slot.name, slot.initial));
    }
  }
  /// For an optimizer that makes them itself: those of each variable, in the body's order.
  void set_slots(std::vector<std::vector<Variable>> slots) { slots_ = std::move(slots); }
  const std::vector<Variable>& slots_of(std::size_t variable) const { return slots_[variable]; }

  void update(std::span<const Target> targets, const Step& step, Updates& updates) const override {
    FlatMap<DType, std::vector<Value>> numbers;
    for (const Target& target : targets) {
      const DType type = target.variable.dtype();
      if (!numbers.contains(type)) {
        numbers[type] = scalars({ops::cast(step.rate, type), ops::cast(step.count, type)}, updates);
      }
      std::vector<Variable> states = {target.variable};
      states.insert(states.end(), slots_[target.index].begin(), slots_[target.index].end());
      const UpdateComposite composite{.gradient = target.gradient,
                                      .states = std::move(states),
                                      .scalars = numbers[type],
                                      .decay = target.decay};
      composite.apply(
          rule_.kernel, constants(),
          [options = options_, body = rule_.body](const UpdateInputs& in) {
            return body(options, in);
          },
          updates);
    }
  }

 private:
  Config own_config() const override { return options_to_config(options_); }

  // Equal attributes mean equal bodies.
  Config constants() const {
    Config config = Config::map();
    Options::visit(options_, [&](std::string_view key, const auto& field) {
      if (key != "learning_rate" && key != "name") config.set(key, to_config(field));
    });
    config.set("weight_decay", nullptr);
    return config;
  }

  Options options_;
  Rule rule_;
  std::vector<std::vector<Variable>> slots_;
};

}  // namespace antler
