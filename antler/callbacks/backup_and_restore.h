#pragma once

#include <optional>
#include <string>

#include "antler/callbacks/save_freq.h"
#include "antler/core/named_only.h"
#include "antler/models/callback.h"

namespace antler {

struct BackupAndRestoreOptions {
  NamedOnly named_only = NamedOnly();
  SaveFreq save_freq = "epoch";
  bool double_checkpoint = false;
  bool delete_checkpoint = true;
};

/// Saves the state of a run, and goes on from it when the same fit is called again after a crash:
/// with the bits, and from a number of batches on also with the logs, of a run that was never
/// interrupted. A backup is whole or not there.
///
///   model.fit(x, y, {.epochs = 100, .callbacks = {BackupAndRestore("backup")}});
///
/// Options  backup_dir: a folder of its own, made when it is missing; save_freq: "epoch", or after
///          so many batches; double_checkpoint: keeps the backup before the last as well, and takes
///          it when the last is damaged; delete_checkpoint: removes the backup when fit has ended.
/// Errors   StateError for a model that is not built; FileError for a folder that cannot be written
///          to and a backup that is damaged or another model's. With steps_per_epoch the data begin
///          anew.
/// Source   keras.callbacks.BackupAndRestore, which begins the interrupted epoch anew; the files
///          are not Keras'.
class BackupAndRestore : public Callback {
 public:
  BackupAndRestore(const std::string& backup_dir, const BackupAndRestoreOptions& options = {});

  /// The epoch, from 0, with which the last fit went on; nothing when there was no backup.
  std::optional<int> resumed_epoch() const;
};

}  // namespace antler
