#include "apps/cli/peak_memory.h"

#include <sys/resource.h>

#include <fstream>
#include <string>

namespace antler::cli {

double peak_memory_mb() {
  // Linux keeps ru_maxrss through exec: it is at least what the process that started this one had.
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
#ifdef __APPLE__
  return static_cast<double>(usage.ru_maxrss) / (1024 * 1024);  // bytes there
#else
  return static_cast<double>(usage.ru_maxrss) / 1024;
#endif
}

}  // namespace antler::cli
