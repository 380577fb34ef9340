#include "antler/models/text_table.h"

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/models/progress_line.h"

namespace antler {
namespace {

constexpr int kLeastWidth = 4;

std::string repeated(const char* mark, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += mark;
  return text;
}

int width_of(const std::string& text) { return static_cast<int>(screen_width(text)); }

std::string trimmed(const std::string& text) {
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

// Cuts between characters: only the first byte of one counts.
std::string shortened(const std::string& text, int width) {
  if (width_of(text) <= width) return text;
  std::size_t end = text.size();
  while (width_of(text.substr(0, end)) > width - 1) --end;
  return text.substr(0, end) + "\xe2\x80\xa6";
}

// Lines of at most `width`; leading blanks belong to the first word.
std::vector<std::string> wrapped(const std::string& text, int width) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t i = 0;
  while (i < text.size()) {
    std::size_t end = text.find_first_not_of(' ', i);
    end = std::min(text.find(' ', end), text.size());
    end = std::min(text.find_first_not_of(' ', end), text.size());
    const std::string word = text.substr(i, end - i);
    if (!line.empty() && width_of(line) + width_of(trimmed(word)) > width) {
      lines.push_back(line);
      line.clear();
    }
    line += word;
    i = end;
  }
  lines.push_back(line);
  for (std::string& each : lines) each = shortened(trimmed(each), width);
  return lines;
}

}  // namespace

// Every cell has a blank on both sides and a border; what they take is taken from all columns
// alike, as rich does (it rounds halves to even, the default of nearbyint).
TextTable::TextTable(std::vector<Column> columns, int line_length) : columns_(std::move(columns)) {
  int used = 0;
  for (const Column& column : columns_) {
    const int width = static_cast<int>(column.end * line_length) - used;
    if (width < kLeastWidth + 2) {
      throw ValueError("summary: expected a longer line, got line_length " +
                       std::to_string(line_length));
    }
    widths_.push_back(width);
    used += width;
  }
  const int count = static_cast<int>(columns_.size());
  int excess = used + 2 * count - (line_length - count - 1);
  for (int i = 0; i < count; ++i) {
    const int share = static_cast<int>(std::nearbyint(static_cast<double>(excess) / (count - i)));
    widths_[static_cast<std::size_t>(i)] -= share;
    excess -= share;
  }
}

std::string TextTable::rule(const char* left, const char* line, const char* middle,
                            const char* right) const {
  std::string text = left;
  for (std::size_t i = 0; i < widths_.size(); ++i) {
    if (i > 0) text += middle;
    text += repeated(line, widths_[i] + 2);
  }
  return text + right + "\n";
}

std::string TextTable::placed(const std::string& text, std::size_t column) const {
  const int blank = widths_[column] - width_of(text);
  const Align align = columns_[column].align;
  const int before = align == Align::left ? 0 : align == Align::right ? blank : blank / 2;
  return std::string(static_cast<std::size_t>(before), ' ') + text +
         std::string(static_cast<std::size_t>(blank - before), ' ');
}

std::string TextTable::row(const std::vector<std::string>& cells, const char* bar) const {
  std::vector<std::vector<std::string>> lines;
  std::size_t height = 1;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    lines.push_back(wrapped(cells[i], widths_[i]));
    height = std::max(height, lines.back().size());
  }
  std::string text;
  for (std::size_t h = 0; h < height; ++h) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      text += std::string(bar) + " " + placed(h < lines[i].size() ? lines[i][h] : "", i) + " ";
    }
    text += std::string(bar) + "\n";
  }
  return text;
}

std::string TextTable::to_string() const {
  std::vector<std::string> headers;
  for (const Column& column : columns_) headers.push_back(column.header);
  std::string text = rule("\u250f", "\u2501", "\u2533", "\u2513") + row(headers, "\u2503") +
                     rule("\u2521", "\u2501", "\u2547", "\u2529");
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (i > 0) text += rule("\u251c", "\u2500", "\u253c", "\u2524");
    text += row(rows_[i], "\u2502");
  }
  return text + rule("\u2514", "\u2500", "\u2534", "\u2518");
}

}  // namespace antler
