#pragma once

#include "antler/models/model.h"

namespace antler::cli {

/// While it lives, the first Ctrl-C ends the training of a model after the present batch, and the
/// second ends the process at once. One at a time.
class InterruptGuard {
 public:
  explicit InterruptGuard(const Model& model);
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  /// Whether Ctrl-C was pressed.
  bool was_interrupted() const;
};

}  // namespace antler::cli
