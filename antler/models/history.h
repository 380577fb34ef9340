#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/models/logs.h"

namespace antler {

/// What fit returns: for each name of the logs the value of every epoch, as Keras' History.
///
/// Source  keras.callbacks.History.
class History {
 public:
  /// The values of one name, an epoch each. Errors: ValueError with the nearest name.
  const std::vector<double>& operator[](std::string_view name) const;
  bool contains(std::string_view name) const;
  /// The epochs that were run, counted from 0.
  const std::vector<int>& epoch() const { return epoch_; }
  /// All names with their values, in the order of the logs.
  const std::vector<std::pair<std::string, std::vector<double>>>& history() const {
    return history_;
  }
  void add(int epoch, const Logs& logs);

 private:
  std::vector<int> epoch_;
  std::vector<std::pair<std::string, std::vector<double>>> history_;
};

}  // namespace antler
