#include "antler/models/progbar.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string_view>

#include "antler/core/error.h"
#include "antler/models/progress_line.h"
#include "antler/models/terminal.h"

namespace antler::utils {
namespace {

bool shows_utf8() {
  for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view text(value);
    return text.find("UTF-8") != std::string_view::npos ||
           text.find("utf8") != std::string_view::npos;
  }
  return false;
}

double now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since).count();
}

}  // namespace

Progbar::Progbar(std::int64_t target, const ProgbarOptions& options)
    : target_(target),
      options_(options),
      is_terminal_(isatty(STDOUT_FILENO) != 0),
      is_utf8_(is_terminal_ && shows_utf8()),
      start_(now()) {
  if (target < 0) {
    throw ValueError("Progbar: expected a target of at least 0, got " + std::to_string(target));
  }
  if (options.width < 1) {
    throw ValueError("Progbar: expected a width of at least 1, got " +
                     std::to_string(options.width));
  }
}

bool Progbar::is_due() const {
  return options_.verbose == 1 && is_terminal_ && now() - last_draw_ >= options_.interval;
}

void Progbar::update(std::int64_t current) { update(current, {}); }

void Progbar::update(std::int64_t current, const Values& values, std::optional<bool> finalize) {
  const bool is_last = finalize.value_or(target_ > 0 && current >= target_);
  take(current, values, is_last);
  if (current > 0 && !first_step_end_) first_step_end_ = now();
  if (options_.verbose == 0 || !(is_last || is_due())) return;
  const std::string line = text(current, is_last);
  if (options_.verbose == 1 && is_terminal_) {
    print_text(redrawn(line, shown_width_) + (is_last ? "\n" : ""));
  } else {
    print_text(line + "\n");
  }
  shown_width_ = screen_width(line);
  last_draw_ = now();
}

void Progbar::take(std::int64_t current, const Values& values, bool finalize) {
  const auto weight = static_cast<double>(std::max<std::int64_t>(1, current - seen_));
  for (const Logs::Entry& value : values) {
    const std::string& name = value.first;
    auto shown = std::find_if(values_.begin(), values_.end(),
                              [&](const Shown& entry) { return entry.name == name; });
    if (shown == values_.end()) shown = values_.insert(shown, {name, 0, 0});
    const auto& as_they_are = options_.stateful_metrics;
    const bool is_averaged = as_they_are && std::find(as_they_are->begin(), as_they_are->end(),
                                                      name) == as_they_are->end();
    if (!is_averaged || finalize) *shown = {name, 0, 0};
    shown->sum += value.second * weight;
    shown->weight += weight;
  }
  seen_ = current;
}

std::string Progbar::text(std::int64_t current, bool finished) const {
  const double time = now();
  // The first step often holds a compilation: it is left out of the average.
  const double per_step =
      current > 1 && first_step_end_
          ? (time - *first_step_end_) / static_cast<double>(current - 1)
          : (time - start_) / static_cast<double>(std::max<std::int64_t>(current, 1));
  ProgressLine line{.bar = options_.verbose == 1,
                    .done = current,
                    .target = target_ > 0 ? std::max(target_, current) : 0,
                    .seconds = time - start_,
                    .seconds_per_step = per_step,
                    .finished = finished,
                    .styled = is_terminal_ && options_.verbose == 1,
                    .utf8 = is_utf8_,
                    .width = options_.width,
                    .unit = options_.unit_name};
  for (const Shown& shown : values_) line.values.emplace_back(shown.name, shown.sum / shown.weight);
  return progress_text(line);
}

}  // namespace antler::utils
