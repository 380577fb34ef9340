#include "antler/ops/axes.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "antler/core/config.h"
#include "antler/core/error.h"

namespace antler::ops {

Axes::Axes(int axis) : Axes(std::vector<int>{axis}) {}
Axes::Axes(std::initializer_list<int> axes) : Axes(std::vector<int>(axes)) {}
Axes::Axes(std::vector<int> axes) : axes_(std::move(axes)), is_all_(false) {}

std::vector<int> Axes::resolve(std::string_view op, int rank) const {
  if (is_all_) {
    std::vector<int> all(static_cast<std::size_t>(rank));
    std::iota(all.begin(), all.end(), 0);
    return all;
  }
  std::vector<int> resolved;
  for (const int axis : axes_) resolved.push_back(normalize_axis(op, axis, rank));
  std::sort(resolved.begin(), resolved.end());
  if (std::adjacent_find(resolved.begin(), resolved.end()) != resolved.end()) {
    throw ShapeError(std::string(op) + ": expected distinct axes, got one twice");
  }
  return resolved;
}

Config to_config(const Axes& axes) {
  if (!axes.given()) return Config();
  return axes.given()->size() == 1 ? Config(axes.given()->front()) : Config(*axes.given());
}

void from_config(const Config& config, Axes& axes) {
  if (config.is_null()) {
    axes = Axes();
    return;
  }
  if (config.is_integer()) {
    axes = Axes(static_cast<int>(config.as_integer()));
    return;
  }
  const bool is_tuple = config.find("class_name") != nullptr;
  std::vector<int> list;
  for (const Config& axis : (is_tuple ? config.at("items") : config).as_list()) {
    list.push_back(static_cast<int>(axis.as_integer()));
  }
  axes = Axes(std::move(list));
}

Shape reduced_shape(const Shape& shape, std::span<const int> axes, bool keepdims) {
  Shape out = shape;
  for (std::size_t i = axes.size(); i-- > 0;) {
    if (keepdims) {
      out.set(axes[i], 1);
    } else {
      out = out.erased(axes[i]);
    }
  }
  return out;
}

}  // namespace antler::ops
