#pragma once

#include <string>

namespace antler::cli {

/// One thing that keeps a model from learning, in words, each a sentence without its full stop.
struct Finding {
  /// For programs: "dead_units".
  std::string kind = {};
  /// Layer, loss, metric, target or columns.
  std::string place = {};
  std::string measured = {};
  std::string meaning = {};
  std::string change = {};
  /// Whether the loss cannot be computed: nothing that needs it is measured then.
  bool stops = false;
};

}  // namespace antler::cli
