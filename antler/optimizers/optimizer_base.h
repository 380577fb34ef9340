#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/config.h"
#include "antler/core/named_only.h"
#include "antler/graph/updates.h"
#include "antler/graph/variable.h"
#include "antler/optimizers/common_options.h"
#include "antler/optimizers/learning_rate.h"

namespace antler {

/// Variables that weight decay leaves alone: these, and those in whose name one of the regular
/// expressions `var_names` is found ("bias").
///
/// Source  keras.optimizers.Optimizer.exclude_from_weight_decay.
struct WeightDecayExclusions {
  NamedOnly named_only = NamedOnly();
  std::vector<Variable> var_list = {};
  std::vector<std::string> var_names = {};
};

/// What an optimizer is: slots beside the variables, and one update in ops. A user's own derives
/// from this, with make_slots, update and own_config.
///
/// Types    slots are of their variable's type; iterations int64, the rate float32.
/// Errors   ValueError for an argument of OptimizerCommon or a learning rate out of range; a
///          class's own arguments go through require(). All open with the class.
/// Source   keras.optimizers.Optimizer.
class OptimizerBase {
 public:
  virtual ~OptimizerBase() = default;
  OptimizerBase(const OptimizerBase&) = delete;
  OptimizerBase& operator=(const OptimizerBase&) = delete;

  const std::string& class_name() const { return class_name_; }
  const std::string& name() const { return common_.name; }
  /// Constructor arguments under Keras' keys, the common ones first; the present learning rate.
  virtual Config get_config() const;

  /// Makes the slots for these variables; anew, with iterations kept, only when they are others.
  virtual void build(const std::vector<Variable>& trainable);
  bool is_built() const { return built_; }
  /// What it was built for.
  const std::vector<Variable>& trainable_variables() const { return trainable_; }

  /// One step, as graph, in Keras' order: unscale, accumulate, clip, weight decay, update, moving
  /// averages, constraints, iterations + 1. `gradients[i]` belongs to variable i of build() and may
  /// be empty: that variable stays as it is. With gradient accumulation, `updating` says whether
  /// this step updates the variables or only adds up: two programs, chosen on the host by
  /// updates_next().
  /// Errors  StateError before build; ValueError when the number of gradients is another or all
  ///         are empty.
  virtual void apply(const std::vector<Value>& gradients, Updates& updates,
                     bool updating = true) const;
  /// Whether there are two programs to choose from: gradient accumulation.
  virtual bool accumulates() const { return common_.gradient_accumulation_steps.has_value(); }
  /// Whether the next step updates the variables: always, unless gradients are accumulated.
  virtual bool updates_next() const;
  /// What to take the gradients of: the loss times loss_scale_factor, which apply() takes off
  /// again.
  virtual Value scale_loss(const Value& loss) const;
  /// At the end of fit: the variables take their moving averages, if there are any.
  virtual void finalize_variable_values();

  /// iterations, learning_rate (absent with a schedule), averages, accumulators, slots: Keras'
  /// order of saving.
  virtual std::vector<Variable> variables() const;
  /// Those of them that there are before build().
  virtual std::vector<Variable> variables_before_build() const;
  /// int64: how often apply ran, accumulating steps included.
  virtual const Variable& iterations() const { return iterations_; }
  /// The moving averages of trainable_variables(), in order; none without use_ema.
  const std::vector<Variable>& moving_averages() const { return averages_; }
  /// The learning-rate variable; empty with a schedule.
  const Variable& learning_rate() const { return learning_rate_; }
  /// The present rate, whatever its kind.
  virtual double current_learning_rate() const;
  /// Errors: StateError with a schedule; ValueError for a negative or non-finite rate.
  virtual void set_learning_rate(double rate);
  const OptimizerCommon& common() const { return common_; }
  const LearningRateArg& rate_argument() const { return rate_; }
  /// For an optimizer that holds others and scales the loss for them.
  void set_loss_scale_factor(std::optional<double> factor) { common_.loss_scale_factor = factor; }
  /// Errors: StateError once it is built; ValueError for a malformed regular expression.
  virtual void exclude_from_weight_decay(const WeightDecayExclusions& exclusions);

 protected:
  /// A variable to update, with its gradient (unscaled, accumulated, clipped, of its type).
  struct Target {
    std::size_t index;  // in trainable_variables()
    Variable variable;
    Value gradient;
    Value decay;  // the part of the weight to take off first: a scalar of its type; empty: none
  };
  /// What all variables share in one step: float32 scalars.
  struct Step {
    Value rate;
    Value count;  // of updates, this one included: 1, 2, ...
  };

  /// Errors  ValueError for arguments out of range.
  OptimizerBase(std::string_view class_name, LearningRateArg rate, OptimizerCommon common);
  /// For one that holds others: as in Keras it has a learning rate of 0, which nothing uses.
  OptimizerBase(std::string_view class_name, OptimizerCommon common);

  /// The constructor arguments of the class itself (common ones among them do no harm).
  virtual Config own_config() const = 0;
  /// Makes the slots with add_slot, in Keras' order of saving.
  virtual void make_slots(const std::vector<Variable>& variables) = 0;
  /// Assigns each target's new value, and those of its slots.
  virtual void update(std::span<const Target> targets, const Step& step,
                      Updates& updates) const = 0;
  /// How much of the variable's decay, learning_rate * this, one step takes off; none: nothing.
  virtual std::optional<double> weight_decay_of(const Variable& variable) const;
  /// A slot beside `variable`: same shape and type, all `initial`.
  Variable add_slot(const Variable& variable, const std::string& name, double initial = 0);
  /// A slot of any kind, after those that there are.
  Variable add_state(const Tensor& initial, const std::string& name);

  /// ValueError unless `holds`: "Adam: expected <what>, got <value>".
  void require(bool holds, std::string_view what, const Config& got) const;

 private:
  void check_common() const;
  Value rate_value() const;
  Value update_count() const;  // this step included; int64
  bool decays(const Variable& variable) const;
  Variable make_variable(const Tensor& initial, const std::string& name) const;
  void accumulate(std::vector<Target>& targets, Updates& updates, bool updating) const;
  void clip(std::vector<Target>& targets) const;
  void add_decay(std::vector<Target>& targets, const Value& rate) const;
  void average(Updates& updates) const;

  std::string class_name_;
  LearningRateArg rate_;
  OptimizerCommon common_;
  WeightDecayExclusions exclusions_;
  bool built_ = false;
  std::vector<Variable> trainable_, averages_, accumulators_, slots_;
  Variable iterations_, learning_rate_;
};

}  // namespace antler
