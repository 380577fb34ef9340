#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "antler/backends/kernel.h"

namespace antler {

/// Where a run finds an operand: a slot of the table of bases, and a byte offset from it.
struct Location {
  std::uint32_t slot = 0;
  std::size_t offset = 0;
};

/// One kernel call of a program.
struct KernelCall {
  KernelPtr kernel;
  std::string label;  // the op's name, for errors and listings
  std::vector<Location> inputs, outputs;
};

}  // namespace antler
