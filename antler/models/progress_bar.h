#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/models/callback.h"
#include "antler/models/logs.h"
#include "antler/models/progbar.h"

namespace antler {

/// Keras' progress display of fit and evaluate, a utils::Progbar for each epoch: verbose 1 a bar
/// that is redrawn, 2 a line an epoch.
class ProgressBar {
 public:
  ProgressBar(int verbose, const CallbackParams& params) : verbose_(verbose), params_(params) {}

  /// `Epoch 1/20` when there are several, then a new bar.
  void begin_epoch(int epoch);
  void begin();
  /// Whether update() is to be called for this batch: for the first, then when the bar is due.
  bool wants_batch(std::int64_t batch);
  void update(std::int64_t batch, const Logs& logs);
  /// The last state, and the end of the line.
  void end(const Logs& logs);

 private:
  int verbose_;
  CallbackParams params_;
  std::optional<utils::Progbar> bar_;
  std::int64_t batches_ = 0;
  std::vector<std::string> names_;  // in the logs of the first batch
};

}  // namespace antler
