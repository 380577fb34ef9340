#include "antler/models/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "antler/models/progress_line.h"
#include "antler/models/terminal.h"

namespace antler {
namespace {

constexpr double kRedrawSeconds = 0.05;

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

double seconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

ProgressBar::ProgressBar(int verbose, const CallbackParams& params)
    : bar_(verbose == 1),
      params_(params),
      is_terminal_(isatty(STDOUT_FILENO) != 0),
      is_utf8_(is_terminal_ && shows_utf8()) {}

void ProgressBar::begin_epoch(int epoch) {
  if (params_.epochs > 1) {
    print_text("Epoch " + std::to_string(epoch + 1) + "/" + std::to_string(params_.epochs) + "\n");
  }
  begin();
}

void ProgressBar::begin() {
  start_ = Clock::now();
  batches_ = 0;
  shown_width_ = 0;
}

bool ProgressBar::wants_batch(std::int64_t batch) {
  batches_ = batch + 1;
  if (batch == 0) {
    first_step_end_ = Clock::now();
    return true;
  }
  return bar_ && is_terminal_ && seconds(Clock::now() - last_draw_) >= kRedrawSeconds;
}

void ProgressBar::update(std::int64_t batch, const Logs& logs) {
  if (batch == 0) {
    names_.clear();
    for (const auto& [name, value] : logs) names_.push_back(name);
  }
  if (!bar_ || !is_terminal_) return;
  last_draw_ = Clock::now();
  draw(text(batch + 1, logs, false));
}

void ProgressBar::end(const Logs& logs) {
  if (params_.steps == 0) params_.steps = batches_;  // known from now on
  draw(text(batches_, logs, true) + "\n");
}

std::string ProgressBar::text(std::int64_t done, const Logs& logs, bool finished) const {
  const Clock::time_point now = Clock::now();
  // The first step holds the compilation: it is left out of the average.
  const double per_step =
      done > 1 ? seconds(now - first_step_end_) / static_cast<double>(done - 1)
               : seconds(now - start_) / static_cast<double>(std::max<std::int64_t>(done, 1));
  return progress_text({.bar = bar_,
                        .done = done,
                        .target = params_.steps > 0 ? std::max(params_.steps, done) : 0,
                        .seconds = seconds(now - start_),
                        .seconds_per_step = per_step,
                        .finished = finished,
                        .styled = is_terminal_ && bar_,
                        .utf8 = is_utf8_,
                        .values = in_shown_order(logs, names_)});
}

void ProgressBar::draw(const std::string& text) {
  if (!bar_ || !is_terminal_) return print_text(text);
  print_text(redrawn(text, shown_width_));
  shown_width_ = screen_width(text);
}

}  // namespace antler
