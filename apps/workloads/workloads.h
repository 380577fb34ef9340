#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "antler/core/config.h"

namespace antler::workloads {

/// A network of the benchmarks under the letter that all of them know it by.
struct Workload {
  std::string name;   // "A"
  std::string title;  // "MLP 400-25-15-10, batch 32"
  Config network;     // for build_network
};

/// A to I.
const std::vector<Workload>& workloads();

/// The one of that name, or null.
const Workload* find_workload(std::string_view name);

}  // namespace antler::workloads
