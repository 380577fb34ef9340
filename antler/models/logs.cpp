#include "antler/models/logs.h"

#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler {

template class ItemList<Logs::Entry>;

double Logs::operator[](std::string_view name) const {
  std::vector<std::string_view> names;
  for (const Entry& entry : entries_.get()) {
    if (entry.first == name) return entry.second;
    names.push_back(entry.first);
  }
  throw ValueError(unknown_name("log", name, names));
}

std::size_t Logs::size() const { return entries_.get().size(); }

bool Logs::contains(std::string_view name) const {
  for (const Entry& entry : entries_.get()) {
    if (entry.first == name) return true;
  }
  return false;
}

void Logs::set(std::string_view name, double value) {
  for (Entry& entry : entries_.get()) {
    if (entry.first == name) {
      entry.second = value;
      return;
    }
  }
  entries_.get().emplace_back(std::string(name), value);
}

}  // namespace antler
