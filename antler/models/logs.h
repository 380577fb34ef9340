#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/core/item_list.h"

namespace antler {

/// Names and numbers in the order of compile: "loss" first, then the metrics.
class Logs {
 public:
  using Entry = std::pair<std::string, double>;

  /// Errors: ValueError with the nearest name.
  double operator[](std::string_view name) const;
  bool contains(std::string_view name) const;
  void set(std::string_view name, double value);

  bool empty() const { return entries_.empty(); }
  std::size_t size() const;
  auto begin() const { return entries_.get().begin(); }
  auto end() const { return entries_.get().end(); }

 private:
  ItemList<Entry> entries_;
};

extern template class ItemList<Logs::Entry>;

}  // namespace antler
