#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

/// Which optimizer takes which variable: that of a path, else of the one regular expression that
/// matches the whole path, else the default.
///
///   OptimizerMap(Adam(), {{"embedding/.*", Adagrad({.learning_rate = 0.1})}})
///
/// Errors  ValueError for a malformed regular expression, or a variable that several match.
/// Source  keras.optimizers.OptimizerMap.
class OptimizerMap {
 public:
  using Entry = std::pair<std::string, OptimizerArg>;

  OptimizerMap(const OptimizerArg& default_optimizer);
  OptimizerMap(const OptimizerArg& default_optimizer, std::vector<Entry> optimizer_map);

  const Optimizer& default_optimizer() const { return default_; }
  const std::vector<std::pair<std::string, Optimizer>>& entries() const { return entries_; }
  const Optimizer& operator()(const Variable& variable) const;
  Config to_config() const;
  static OptimizerMap from_config(const Config& config);

 private:
  Optimizer default_;
  std::vector<std::pair<std::string, Optimizer>> entries_;
};

struct MultiOptimizerOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<double> loss_scale_factor = {};
  std::string name = {};
  static void visit(auto& self, auto&& field) {
    field("loss_scale_factor", self.loss_scale_factor);
    field("name", self.name);
  }
};

/// Several optimizers in one: each variable is updated by the one that a map gives it. Each counts
/// its own steps, and clips and averages its own variables.
///
/// Options  loss_scale_factor: that of all of them. The learning rates are the inner optimizers'.
/// Slots    iteration and learning_rate (0), then the variables of the optimizers in the map's
///          order, the default last.
/// Errors   ValueError for a LossScaleOptimizer or MultiOptimizer inside; StateError where one
///          learning rate is wanted.
/// Source   keras.optimizers.MultiOptimizer.
class MultiOptimizer : public Optimizer {
 public:
  MultiOptimizer(const OptimizerMap& optimizer_map, const MultiOptimizerOptions& options = {});
  static Optimizer from_config(const Config& config);
};

}  // namespace antler
