#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "antler/models/callback.h"
#include "antler/models/logs.h"

namespace antler {

/// Keras' progress display on standard output: verbose 1 a bar that is redrawn, 2 a line an epoch.
/// On a terminal that does not show UTF-8 the bar is drawn in ASCII; where output is no terminal
/// nothing is redrawn or coloured.
///
/// Source  keras.utils.Progbar.
class ProgressBar {
 public:
  ProgressBar(int verbose, const CallbackParams& params);

  /// `Epoch 1/20` when there are several, then a new bar.
  void begin_epoch(int epoch);
  void begin();
  /// Whether update() is to be called for this batch: for the first, then at most every 0.05 s.
  bool wants_batch(std::int64_t batch);
  void update(std::int64_t batch, const Logs& logs);
  /// The last state, and the end of the line.
  void end(const Logs& logs);

 private:
  using Clock = std::chrono::steady_clock;

  std::string text(std::int64_t done, const Logs& logs, bool finished) const;
  void draw(const std::string& text);

  bool bar_;
  CallbackParams params_;
  bool is_terminal_, is_utf8_;
  Clock::time_point start_, first_step_end_, last_draw_;
  std::int64_t batches_ = 0;
  std::size_t shown_width_ = 0;
  std::vector<std::string> names_;  // in the logs of the first batch
};

}  // namespace antler
