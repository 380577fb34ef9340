#pragma once

#include <string>

#include "antler/core/named_only.h"

namespace antler::metrics {

/// The options of a metric that has only a name; "" stands for the name of its class in snake case.
struct MetricOptions {
  NamedOnly named_only = NamedOnly();
  std::string name = {};
  static void visit(auto& self, auto&& field) { field("name", self.name); }
};

}  // namespace antler::metrics
