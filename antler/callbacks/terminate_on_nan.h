#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/models/callback.h"

namespace antler {

struct TerminateOnNaNOptions {
  NamedOnly named_only = NamedOnly();
  bool raise_error = false;
};

/// Ends training when the loss is NaN or infinite, and says where a value first stopped being
/// finite: training programs then carry probes at inputs, layers, the loss and gradients. A step
/// without this callback pays nothing.
///
/// Options  raise_error: throws instead of ending fit quietly.
/// Errors   ValueError with message(), with raise_error.
/// Source   keras.callbacks.TerminateOnNaN; the place is ours.
class TerminateOnNaN : public Callback {
 public:
  TerminateOnNaN(const TerminateOnNaNOptions& options = {});

  /// What happened, in one sentence; empty when nothing did. Also shown when fit's verbose is not
  /// 0.
  const std::string& message() const;
  /// The first place that was not finite, in the order of computing: a layer's name,
  /// "the input x", "the loss", or "the gradient of dense/kernel"; empty when nothing happened.
  const std::string& place() const;
  /// The training step, from 0 at the model's first, in which that was.
  std::optional<std::int64_t> step() const;
};

}  // namespace antler
