#include "antler/models/get_item.h"

#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/slice.h"

namespace antler {
namespace {

bool is_kind(const Config& element, const char* class_name) {
  const Config* found = element.find("class_name");
  return found != nullptr && *found == Config(class_name);
}

bool is_ellipsis(const Config& element) { return is_kind(element, "__ellipsis__"); }

std::int64_t bound_or(const Config& slice, const char* key, std::int64_t otherwise) {
  const Config* bound = slice.find(key);
  return bound == nullptr || bound->is_null() ? otherwise : bound->as_integer();
}

// How many axes of x stand where the Ellipsis is, or would be at the end.
int axes_left(const Value& x, std::span<const Config> key) {
  int taken = 0, ellipses = 0;
  for (const Config& element : key) {
    if (is_ellipsis(element)) {
      ++ellipses;
    } else if (!element.is_null()) {
      ++taken;
    }
  }
  if (ellipses > 1) throw ValueError("expected at most one Ellipsis in a key, got several");
  if (taken > x.rank()) {
    throw ValueError("expected a key of at most " + std::to_string(x.rank()) + " axes, got " +
                     std::to_string(taken));
  }
  return x.rank() - taken;
}

// The element at `index` of an axis of a tensor that had `shape`; the axis stays with size 1.
Value element_of(const Value& x, const Shape& shape, int axis, std::int64_t index) {
  const std::int64_t size = shape[axis];
  if (size != None && (index < -size || index >= size)) {
    throw ShapeError("expected an index in [" + std::to_string(-size) + ", " +
                     std::to_string(size) + ") for axis " + std::to_string(axis) + " of " +
                     shape.to_string() + ", got " + std::to_string(index));
  }
  return ops::slice_axis(x, axis, index, index == -1 ? ops::Slice::kEnd : index + 1);
}

}  // namespace

Value get_item(const Value& x, std::span<const Config> key) {
  const int left = axes_left(x, key);
  Value y = x;
  int axis = 0, place = 0;  // of x, and of the result
  std::vector<int> dropped, added;
  for (const Config& element : key) {
    if (is_ellipsis(element)) {
      axis += left;
      place += left;
    } else if (element.is_null()) {
      added.push_back(place++);
    } else if (element.is_integer()) {
      y = element_of(y, x.shape(), axis, element.as_integer());
      dropped.push_back(axis++);
    } else if (is_kind(element, "__slice__")) {
      const Config& slice = element.at("config");
      y = ops::slice_axis(y, axis, bound_or(slice, "start", 0),
                          bound_or(slice, "stop", ops::Slice::kEnd), bound_or(slice, "step", 1));
      ++axis;
      ++place;
    } else {
      throw ValueError("expected integers, slices, None or Ellipsis in a key, got " +
                       element.to_string().substr(0, 200));
    }
  }
  if (!dropped.empty()) y = ops::squeeze(y, dropped);
  return added.empty() ? y : ops::expand_dims(y, added);
}

}  // namespace antler
