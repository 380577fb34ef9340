#include "antler/models/progress_line.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace antler {
namespace {

std::string formatted(const char* format, double value) {
  char text[400];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

std::string time_per_unit(const ProgressLine& line) {
  const double time = line.seconds_per_step;
  const std::string number = time >= 1 || time == 0 ? formatted(" %.0fs/", time)
                             : time >= 1e-3         ? formatted(" %.0fms/", time * 1e3)
                                                    : formatted(" %.0fus/", time * 1e6);
  return number + line.unit;
}

std::string remaining_time(double time) {
  const auto total = static_cast<long>(time);
  char text[64];
  if (time > 3600) {
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", total / 3600, total % 3600 / 60,
                  total % 60);
  } else if (time > 60) {
    std::snprintf(text, sizeof text, "%ld:%02ld", total / 60, total % 60);
  } else {
    std::snprintf(text, sizeof text, "%lds", total);
  }
  return text;
}

std::string values_text(const ProgressLine& line) {
  std::string text;
  for (const auto& [name, value] : line.values) {
    // Keras forgets the sign in the line of verbose 2.
    const double size = line.bar ? std::fabs(value) : value;
    text += " - " + name + ": " + formatted(size > 1e-3 ? "%.4f" : "%.4e", value);
  }
  return text;
}

std::string count_text(const ProgressLine& line) {
  std::string total = std::to_string(line.target);
  std::string done = std::to_string(line.done);
  if (line.target == 0) {
    total = "Unknown";
    done.insert(0, done.size() < 7 ? 7 - done.size() : 0, ' ');
  } else if (done.size() < total.size()) {
    done.insert(0, total.size() - done.size(), ' ');
  }
  return done + "/" + total;
}

std::string bar_text(const ProgressLine& line) {
  const auto styled = [&](const char* code, const std::string& text) {
    return line.styled ? code + text + "\x1b[0m" : text;
  };
  const auto repeated = [](const char* mark, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += mark;
    return text;
  };
  const bool known = line.target > 0;
  std::string text = count_text(line);
  if (known) {
    const double share = static_cast<double>(line.done) / static_cast<double>(line.target);
    const int full = std::min(line.width, static_cast<int>(line.width * share));
    text = styled("\x1b[1m", text) + " ";
    if (full > 0) text += styled("\x1b[32m", repeated(line.utf8 ? "\xe2\x94\x81" : "=", full));
    text += styled("\x1b[37m", repeated(line.utf8 ? "\xe2\x94\x81" : ".", line.width - full));
  }
  const std::string time =
      known && !line.finished
          ? remaining_time(line.seconds_per_step * static_cast<double>(line.target - line.done))
          : formatted("%.0fs", line.seconds);
  return text + " " + styled("\x1b[1m", time) + time_per_unit(line);
}

}  // namespace

std::string progress_text(const ProgressLine& line) {
  if (line.bar) return bar_text(line) + values_text(line);
  return count_text(line) + " - " + formatted("%.0fs", line.seconds) + " -" + time_per_unit(line) +
         values_text(line);
}

std::size_t screen_width(const std::string& text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      i = std::min(text.find('m', i), text.size());
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      ++width;  // bytes 10xxxxxx continue a character
    }
  }
  return width;
}

std::string redrawn(const std::string& text, std::size_t old_width) {
  const std::size_t width = screen_width(text);
  return std::string(old_width, '\b') + "\r" + text +
         std::string(old_width > width ? old_width - width : 0, ' ');
}

std::vector<Logs::Entry> in_shown_order(const Logs& logs, const std::vector<std::string>& first) {
  const auto rank = [&](const Logs::Entry& entry) {
    if (std::find(first.begin(), first.end(), entry.first) != first.end()) return 0;
    return entry.first.starts_with("val_") ? 1 : 2;
  };
  std::vector<Logs::Entry> entries(logs.begin(), logs.end());
  std::stable_sort(entries.begin(), entries.end(), [&](const auto& a, const auto& b) {
    const int rank_a = rank(a);
    const int rank_b = rank(b);
    if (rank_a != rank_b) return rank_a < rank_b;
    return rank_a != 2 && a.first < b.first;
  });
  return entries;
}

}  // namespace antler
