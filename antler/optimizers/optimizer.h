#pragma once

#include <memory>
#include <string>
#include <vector>

#include "antler/compiler/value_and_grad.h"
#include "antler/core/config.h"
#include "antler/optimizers/optimizer_base.h"

namespace antler {

/// Any optimizer: a handle, copies are the same optimizer. What follows holds for every optimizer,
/// whose own comment has only what is its own.
///
/// Options  learning_rate, above 0: a number or a schedule; those of OptimizerCommon.
/// Shapes   any: a slot has the shape of its variable where nothing else is said.
/// Types    variables of floats; slots have their type.
/// Errors   ValueError for arguments out of range, opened by the class; at a step those of apply().
/// Threads  one step at a time.
/// Source   keras.optimizers.Optimizer.
class Optimizer {
 public:
  Optimizer() = default;
  Optimizer(std::shared_ptr<OptimizerBase> base);

  explicit operator bool() const { return base_ != nullptr; }
  OptimizerBase& base() const { return *base_; }

  /// One step from evaluated gradients (a custom training loop). Builds itself for their variables
  /// on first use; the step is compiled once for each set of gradients that are not empty.
  ///
  /// Errors   ValueError for a variable it was not built for, or when all gradients are empty;
  ///          ShapeError, TypeError for a gradient that does not fit its variable.
  /// Threads  not while another thread uses the optimizer or the variables.
  void apply(const Gradients& gradients);

  /// Keras' order of saving.
  std::vector<Variable> variables() const { return base_->variables(); }
  double learning_rate() const { return base_->current_learning_rate(); }
  /// Errors: StateError with a schedule; ValueError for a negative or non-finite rate.
  void set_learning_rate(double rate) { base_->set_learning_rate(rate); }
  void exclude_from_weight_decay(const WeightDecayExclusions& exclusions) {
    base_->exclude_from_weight_decay(exclusions);
  }
  /// The variables take their moving averages (use_ema); fit does so at its end.
  void finalize_variable_values() { base_->finalize_variable_values(); }

  /// Keras' serialized form.
  Config to_config() const;
  /// From a name ("adam") or Keras' serialized form, whatever its "module".
  /// Errors: ValueError for an unknown class or key, or an argument out of range.
  static Optimizer from_config(const Config& config);

 private:
  struct Compiled;  // the programs of apply
  std::shared_ptr<OptimizerBase> base_;
  std::shared_ptr<Compiled> compiled_;
};

/// An optimizer argument: a name ("adam") or an object.
///
/// Errors  ValueError for an unknown name, with the nearest one.  Source  keras.optimizers.get.
class OptimizerArg {
 public:
  OptimizerArg() = default;
  OptimizerArg(const char* name) : OptimizerArg(std::string(name)) {}
  OptimizerArg(const std::string& name);
  OptimizerArg(Optimizer optimizer) : optimizer_(std::move(optimizer)) {}

  explicit operator bool() const { return static_cast<bool>(optimizer_); }
  const Optimizer& get() const { return optimizer_; }

 private:
  Optimizer optimizer_;
};

}  // namespace antler
