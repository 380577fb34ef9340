#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "antler/models/logs.h"

namespace antler {

/// What one line of the progress display says.
struct ProgressLine {
  bool bar = true;  // else verbose 2: one plain line
  std::int64_t done = 0;
  std::int64_t target = 0;  // 0: not known
  double seconds = 0;       // since the start
  double seconds_per_step = 0;
  bool finished = false;
  bool styled = true;  // bold and colours
  bool utf8 = true;
  int width = 20;  // of the bar
  std::string unit = "step";
  std::vector<Logs::Entry> values = {};
};

/// Keras' text for it: `157/157 [bar] 0s 17ms/step - accuracy: 0.3651 - loss: 1.7224`. Without
/// UTF-8 the bar is drawn with = and dots.
///
/// Source  keras.utils.Progbar.
std::string progress_text(const ProgressLine& line);

/// The columns that a text takes on the screen: escapes take none.
std::size_t screen_width(const std::string& text);

/// What redraws a line that was `old_width` wide: back to its start, `text`, and blanks over the
/// rest of it.
std::string redrawn(const std::string& text, std::size_t old_width);

/// The values in Keras' order: the names of the first batch in alphabetical order, then those of
/// validation in theirs, then what callbacks added.
std::vector<Logs::Entry> in_shown_order(const Logs& logs, const std::vector<std::string>& first);

}  // namespace antler
