#include "antler/layers/axes_arg.h"

#include <algorithm>
#include <string>

#include "antler/core/error.h"

namespace antler {

AxesArg::AxesArg(int axis) : axes_{axis}, is_single_(true) {}
AxesArg::AxesArg(std::initializer_list<int> axes) : axes_(axes) {}
AxesArg::AxesArg(std::vector<int> axes) : axes_(std::move(axes)) {}

std::vector<int> AxesArg::resolve(int rank) const {
  std::vector<int> resolved;
  for (const int axis : axes_) {
    if (axis < -rank || axis >= rank) {
      throw ShapeError("expected axis in [" + std::to_string(-rank) + ", " + std::to_string(rank) +
                       ") for an input of " + std::to_string(rank) + " dimensions, got " +
                       std::to_string(axis));
    }
    resolved.push_back(axis < 0 ? axis + rank : axis);
  }
  std::sort(resolved.begin(), resolved.end());
  if (std::adjacent_find(resolved.begin(), resolved.end()) != resolved.end()) {
    throw ShapeError("expected each axis once, got " + to_config(*this).to_string());
  }
  return resolved;
}

Config to_config(const AxesArg& axes) {
  return axes.is_single() ? Config(axes.get().front()) : Config(axes.get());
}

void from_config(const Config& config, AxesArg& axes) {
  if (config.is_null()) {
    axes = AxesArg();
  } else if (!config.is_list()) {
    axes = AxesArg(static_cast<int>(config.as_integer()));
  } else {
    std::vector<int> list;
    for (const Config& axis : config.as_list()) list.push_back(static_cast<int>(axis.as_integer()));
    axes = AxesArg(std::move(list));
  }
}

}  // namespace antler
