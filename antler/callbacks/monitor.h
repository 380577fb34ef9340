#pragma once

#include <optional>
#include <string>

#include "antler/models/callback.h"

namespace antler {

/// The number in the logs that a callback watches, and which way it is to go.
///
/// Modes    "min", "max"; "auto": down for the loss, else the direction of the metric.
/// Errors   ValueError, opened by the callback's name: an unknown mode, a name that is not in the
///          logs (with the nearest one), a metric whose direction is not known.
class Monitor {
 public:
  Monitor(std::string owner, std::string name, const std::string& mode, double min_delta = 0);

  /// Finds the direction anew, and the watched value; nothing in an epoch without validation
  /// (validation_freq) when it belongs to validation.
  std::optional<double> value(const Logs& logs, const CallbackBase& callback);
  /// Whether `value` beats `reference` by more than min_delta; anything beats nothing, NaN beats
  /// no number.
  bool improves(double value, std::optional<double> reference) const;
  const std::string& name() const { return name_; }

 private:
  enum class Mode { automatic, min, max };
  bool goes_down(const CallbackBase& callback) const;

  std::string owner_, name_;
  Mode mode_;
  double min_delta_;
  bool down_ = true;
};

}  // namespace antler
