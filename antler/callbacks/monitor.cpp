#include "antler/callbacks/monitor.h"

#include <cmath>
#include <string_view>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/models/model.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

constexpr std::string_view kValidation = "val_";

std::string_view without_validation(std::string_view name) {
  return name.starts_with(kValidation) ? name.substr(kValidation.size()) : name;
}

// "val_precision[1]" is the second result of the metric precision.
std::string_view metric_of(std::string_view name) {
  name = without_validation(name);
  return name.ends_with(']') ? name.substr(0, name.rfind('[')) : name;
}

}  // namespace

Monitor::Monitor(std::string owner, std::string name, const std::string& mode, double min_delta)
    : owner_(std::move(owner)), name_(std::move(name)), min_delta_(std::abs(min_delta)) {
  if (mode == "auto") {
    mode_ = Mode::automatic;
  } else if (mode == "min") {
    mode_ = Mode::min;
  } else if (mode == "max") {
    mode_ = Mode::max;
  } else {
    throw ValueError(owner_ + ": " + unknown_name("mode", mode, {"auto", "min", "max"}));
  }
}

// Metrics are known only after the first batch, so the direction cannot be found earlier.
bool Monitor::goes_down(const CallbackBase& callback) const {
  if (mode_ != Mode::automatic) return mode_ == Mode::min;
  const Trainer& trainer = callback.model().model_base().trainer();
  for (std::size_t i = 0; i < trainer.metrics().size(); ++i) {
    if (trainer.metric_names()[i] != metric_of(name_)) continue;
    const std::string_view direction = trainer.metrics()[i].base().direction();
    if (!direction.empty()) return direction == "down";
  }
  throw ValueError(owner_ + ": expected a mode for \"" + name_ +
                   "\", whose direction is not known; give .mode = \"min\" or \"max\"");
}

std::optional<double> Monitor::value(const Logs& logs, const CallbackBase& callback) {
  if (logs.contains(name_)) {
    down_ = goes_down(callback);
    return logs[name_];
  }
  const bool is_validation = name_.starts_with(kValidation);
  const bool belongs_to_metric = is_validation && logs.contains(without_validation(name_));
  if (belongs_to_metric && !callback.params().validates) {
    throw ValueError(owner_ + ": expected \"" + name_ +
                     "\" in the logs, but fit does not validate; give it validation_split or "
                     "validation_data");
  }
  if (belongs_to_metric) return std::nullopt;
  std::vector<std::string> known;
  for (const auto& [name, number] : logs) {
    known.push_back(name);
    // An epoch that does not validate has no such names, but the user may have meant one.
    const bool in_logs = name.starts_with(kValidation) || logs.contains("val_" + name);
    if (callback.params().validates && !in_logs) known.push_back("val_" + name);
  }
  throw ValueError(owner_ + ": " + unknown_name("log", name_, {known.begin(), known.end()}));
}

// As Keras computes it: the change is taken off in double, the comparison is one of float32, so
// that a step of just min_delta is no improvement however it was rounded.
bool Monitor::improves(double value, std::optional<double> reference) const {
  if (!reference) return true;
  const auto best = static_cast<float>(*reference);
  return down_ ? static_cast<float>(value + min_delta_) < best
               : static_cast<float>(value - min_delta_) > best;
}

}  // namespace antler
