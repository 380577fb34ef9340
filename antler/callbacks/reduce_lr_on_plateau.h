#pragma once

#include <string>

#include "antler/core/named_only.h"
#include "antler/models/callback.h"

namespace antler {

struct ReduceLROnPlateauOptions {
  NamedOnly named_only = NamedOnly();
  std::string monitor = "val_loss";
  double factor = 0.1;
  int patience = 10;
  int verbose = 0;
  std::string mode = "auto";
  double min_delta = 1e-4;
  int cooldown = 0;
  double min_lr = 0.0;
};

/// Multiplies the learning rate by `factor` when a number in the logs has stopped improving. The
/// logs get the epoch's rate as "learning_rate".
///
/// Options  monitor, mode, min_delta: as EarlyStopping's; patience: epochs without improvement
///          before the rate falls; cooldown: epochs after a fall that are not counted; min_lr: no
///          rate below it; verbose 1: says so on standard output.
/// Errors   ValueError for a factor of 1 or more, an unknown mode or name; StateError when the
///          optimizer has a schedule of its own.
/// Source   keras.callbacks.ReduceLROnPlateau.
class ReduceLROnPlateau : public Callback {
 public:
  ReduceLROnPlateau(const ReduceLROnPlateauOptions& options = {});
};

}  // namespace antler
