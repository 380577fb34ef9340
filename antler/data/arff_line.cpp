#include "antler/data/arff_line.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/data/number_text.h"

namespace antler {

void ArffLine::skip_blanks() {
  while (at_ < line_.size() && (line_[at_] == ' ' || line_[at_] == '\t')) ++at_;
}

bool ArffLine::accept(char c) {
  skip_blanks();
  const bool found = at_ < line_.size() && line_[at_] == c;
  if (found) ++at_;
  return found;
}

bool ArffLine::at_end() {
  skip_blanks();
  return at_ >= line_.size();
}

ArffCell ArffLine::word(std::string_view stops) {
  skip_blanks();
  const char quote = at_ < line_.size() ? line_[at_] : ' ';
  ArffCell cell;
  if (quote != '\'' && quote != '"') {
    const std::size_t end = std::min(line_.find_first_of(stops, at_), line_.size());
    cell.text = std::string(trimmed(line_.substr(at_, end - at_)));
    at_ = end;
    return cell;
  }
  cell.quoted = true;
  for (++at_; at_ < line_.size() && line_[at_] != quote; ++at_) {
    if (line_[at_] == '\\' && at_ + 1 < line_.size()) ++at_;
    cell.text += line_[at_];
  }
  if (!accept(quote)) throw FileError(place_ + ": a quote never ends; add the closing quote");
  return cell;
}

std::vector<ArffCell> ArffLine::cells() {
  std::vector<ArffCell> cells;
  do {
    cells.push_back(word(","));
  } while (accept(','));
  if (!at_end()) {
    throw FileError(place_ + ": expected a comma after cell " + std::to_string(cells.size()) +
                    ", got '" + line_[at_] + "'");
  }
  return cells;
}

std::vector<std::string> ArffLine::values() {
  std::vector<std::string> values;
  do {
    values.push_back(word(",}").text);
  } while (accept(','));
  if (!accept('}') || !at_end()) {
    throw FileError(place_ + ": expected the declared values as {a, b, c} on one line");
  }
  return values;
}

}  // namespace antler
