#include "antler/models/history.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler {

const std::vector<double>& History::operator[](std::string_view name) const {
  std::vector<std::string_view> names;
  for (const auto& [key, values] : history_) {
    if (key == name) return values;
    names.push_back(key);
  }
  throw ValueError(unknown_name("history key", name, names));
}

bool History::contains(std::string_view name) const {
  return std::any_of(history_.begin(), history_.end(),
                     [&](const auto& entry) { return entry.first == name; });
}

void History::add(int epoch, const Logs& logs) {
  epoch_.push_back(epoch);
  for (const Logs::Entry& log : logs) {
    const auto found = std::find_if(history_.begin(), history_.end(),
                                    [&](const auto& entry) { return entry.first == log.first; });
    if (found == history_.end()) {
      history_.push_back({log.first, {log.second}});
    } else {
      found->second.push_back(log.second);
    }
  }
}

}  // namespace antler
