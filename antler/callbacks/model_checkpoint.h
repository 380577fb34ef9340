#pragma once

#include <optional>
#include <string>

#include "antler/callbacks/save_freq.h"
#include "antler/core/named_only.h"
#include "antler/models/callback.h"

namespace antler {

struct ModelCheckpointOptions {
  NamedOnly named_only = NamedOnly();
  std::string monitor = "val_loss";
  int verbose = 0;
  bool save_best_only = false;
  bool save_weights_only = false;
  std::string mode = "auto";
  SaveFreq save_freq = "epoch";
  std::optional<double> initial_value_threshold = {};
};

/// Saves the model while it trains: "run/{epoch:02d}-{val_loss:.2f}.keras". Each file is written
/// whole or not at all.
///
/// Options  filepath: epoch and batch count from 1, other names are those of the logs; it ends in
///          .keras, with save_weights_only in .weights.h5; folders that are missing are made.
///          save_best_only: only when `monitor` has improved, first on initial_value_threshold when
///          it is given; mode: "min", "max", or "auto", as the metric says; save_freq: "epoch", or
///          after so many batches; verbose 1: says on standard output what it does.
/// Errors   ValueError for a filepath of another kind, an unknown mode or name; FileError, before
///          training where it can be known, for a directory or a folder that cannot be written to.
/// Source   keras.callbacks.ModelCheckpoint.
class ModelCheckpoint : public Callback {
 public:
  ModelCheckpoint(const std::string& filepath, const ModelCheckpointOptions& options = {});

  /// The best value so far, with save_best_only.
  std::optional<double> best() const;
  /// The file that was written last; empty when none was.
  const std::string& last_path() const;
};

}  // namespace antler
