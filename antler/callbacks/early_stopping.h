#pragma once

#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/models/callback.h"

namespace antler {

struct EarlyStoppingOptions {
  NamedOnly named_only = NamedOnly();
  std::string monitor = "val_loss";
  double min_delta = 0;
  int patience = 0;
  int verbose = 0;
  std::string mode = "auto";
  std::optional<double> baseline = {};
  bool restore_best_weights = false;
  int start_from_epoch = 0;
};

/// Ends training when a number in the logs has stopped improving.
///
/// Options  monitor: its name; min_delta: the least change that counts; patience: epochs without
///          improvement after which training ends (never in the first epoch); mode: "min", "max",
///          or "auto", as the metric says; baseline: an improvement that does not reach it counts
///          as the best so far but does not start patience anew; restore_best_weights: fit leaves
///          the weights of the best epoch, whether it was stopped or not; start_from_epoch: epochs
///          before it are not looked at; verbose 1: says on standard output what it does.
/// Errors   ValueError for an unknown mode or name, with the nearest one.
/// Source   keras.callbacks.EarlyStopping.
class EarlyStopping : public Callback {
 public:
  EarlyStopping(const EarlyStoppingOptions& options = {});

  /// The epoch, from 0, after which training was ended; 0 when it was not.
  int stopped_epoch() const;
  /// The best value of the last fit; nothing before the first.
  std::optional<double> best() const;
  /// The epoch of best().
  int best_epoch() const;
};

}  // namespace antler
