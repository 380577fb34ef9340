#include "antler/core/shape.h"

#include <limits>
#include <string>

#include "antler/core/error.h"

namespace antler {

Shape::Shape(std::initializer_list<std::int64_t> dims)
    : Shape(std::span<const std::int64_t>(dims.begin(), dims.size())) {}

Shape::Shape(const std::vector<std::int64_t>& dims) : Shape(std::span<const std::int64_t>(dims)) {}

Shape::Shape(std::span<const std::int64_t> dims) : dims_(dims.begin(), dims.end()) {
  for (const std::int64_t d : dims_) {
    if (d < 0 && d != None) {
      throw ShapeError("Shape: expected sizes of at least 0 (or None), got " + to_string());
    }
  }
}

std::size_t Shape::checked_axis(int axis) const {
  return static_cast<std::size_t>(normalize_axis("Shape", axis, rank()));
}

bool Shape::is_known() const {
  for (const std::int64_t d : dims_) {
    if (d == None) return false;
  }
  return true;
}

std::int64_t Shape::size() const { return size(0, rank()); }

std::int64_t Shape::size(int first, int last) const {
  const auto axes =
      dims().subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
  bool empty = false;
  for (const std::int64_t d : axes) {
    if (d == None) throw ShapeError("Shape: the size of " + to_string() + " is not known yet");
    empty = empty || d == 0;
  }
  if (empty) return 0;
  std::int64_t count = 1;
  for (const std::int64_t d : axes) {
    if (count > std::numeric_limits<std::int64_t>::max() / d) {
      throw ShapeError("Shape: " + to_string() + " has more elements than 63 bits can count");
    }
    count *= d;
  }
  return count;
}

Shape Shape::without_batch() const { return erased(0); }

Shape Shape::with_batch(std::int64_t size) const { return inserted(0, size); }

Shape Shape::inserted(int axis, std::int64_t size) const {
  Shape out = *this;
  out.dims_.insert(out.dims_.begin() + axis, size);
  return out;
}

Shape Shape::erased(int axis) const {
  Shape out = *this;
  out.dims_.erase(out.dims_.begin() + static_cast<std::ptrdiff_t>(checked_axis(axis)));
  return out;
}

Shape Shape::subshape(int first, int last) const {
  return Shape(
      dims().subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first)));
}

bool Shape::is_compatible(const Shape& other) const {
  if (rank() != other.rank()) return false;
  for (std::size_t i = 0; i < dims_.size(); ++i) {
    if (dims_[i] != other.dims_[i] && dims_[i] != None && other.dims_[i] != None) return false;
  }
  return true;
}

std::string Shape::to_string() const {
  std::string text = "(";
  for (std::size_t i = 0; i < dims_.size(); ++i) {
    if (i > 0) text += ", ";
    text += dims_[i] == None ? "None" : std::to_string(dims_[i]);
  }
  if (dims_.size() == 1) text += ",";
  return text + ")";
}

int normalize_axis(std::string_view what, int axis, int rank) {
  if (axis < -rank || axis >= rank) {
    throw ShapeError(std::string(what) + ": expected axis in [-" + std::to_string(rank) + ", " +
                     std::to_string(rank) + "), got " + std::to_string(axis));
  }
  return axis < 0 ? axis + rank : axis;
}

Shape broadcast_shapes(std::string_view what, const Shape& a, const Shape& b) {
  const int rank = std::max(a.rank(), b.rank());
  std::vector<std::int64_t> dims(static_cast<std::size_t>(rank));
  for (int i = 1; i <= rank; ++i) {
    const std::int64_t da = i <= a.rank() ? a.dim(-i) : 1;
    const std::int64_t db = i <= b.rank() ? b.dim(-i) : 1;
    if (da != db && da != 1 && db != 1) {
      throw ShapeError(std::string(what) + ": expected shapes that broadcast, got " +
                       a.to_string() + " and " + b.to_string());
    }
    dims[static_cast<std::size_t>(rank - i)] = da == 1 ? db : da;
  }
  return Shape(dims);
}

}  // namespace antler
