#pragma once

#include <string>
#include <vector>

#include "antler/graph/value.h"

namespace antler {

inline std::vector<Shape> shapes_of(const std::vector<Value>& values) {
  std::vector<Shape> shapes;
  for (const Value& value : values) shapes.push_back(value.shape());
  return shapes;
}

/// "(None, 3), (None, 4)", for messages.
inline std::string shape_list(const std::vector<Shape>& shapes) {
  std::string text;
  for (const Shape& shape : shapes) text += (text.empty() ? "" : ", ") + shape.to_string();
  return text;
}

}  // namespace antler
