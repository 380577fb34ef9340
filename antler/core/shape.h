#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace antler {

/// A size that is not known yet: `Input({None, 3})`.
inline constexpr std::int64_t None = -1;

/// The sizes of a tensor's axes, first axis first; any may be unknown (None).
///
/// Errors  ShapeError for a negative size other than None, and for an element count that does not
///         fit 63 bits.
class Shape {
 public:
  Shape() = default;  // a scalar: rank 0
  Shape(std::initializer_list<std::int64_t> dims);
  explicit Shape(std::span<const std::int64_t> dims);
  explicit Shape(const std::vector<std::int64_t>& dims);

  int rank() const { return static_cast<int>(dims_.size()); }
  /// The size of an axis; negative axes count from the end. Errors: ShapeError when out of range.
  std::int64_t dim(int axis) const { return dims_[checked_axis(axis)]; }
  std::int64_t operator[](int axis) const { return dim(axis); }
  std::int64_t front() const { return dim(0); }
  std::int64_t back() const { return dim(-1); }
  void set(int axis, std::int64_t size) { dims_[checked_axis(axis)] = size; }

  std::span<const std::int64_t> dims() const { return {dims_.data(), dims_.size()}; }
  auto begin() const { return dims_.begin(); }
  auto end() const { return dims_.end(); }

  bool is_known() const;
  /// The number of elements. Errors: ShapeError when an axis is unknown.
  std::int64_t size() const;
  /// The number of elements of axes [first, last).
  std::int64_t size(int first, int last) const;

  /// The shape without its first axis.
  Shape without_batch() const;
  /// The shape with `size` in front.
  Shape with_batch(std::int64_t size) const;
  /// The shape with an axis of size `size` inserted before `axis` (which may be rank()).
  Shape inserted(int axis, std::int64_t size) const;
  Shape erased(int axis) const;
  Shape subshape(int first, int last) const;

  /// Equal in rank and in every axis; None equals only None.
  bool operator==(const Shape&) const = default;
  /// Whether both could be the same: None fits anything.
  bool is_compatible(const Shape& other) const;

  /// Python's spelling: "(None, 28, 28)", "(3,)", "()".
  std::string to_string() const;

 private:
  std::size_t checked_axis(int axis) const;
  std::vector<std::int64_t> dims_;
};

/// The axis in [0, rank); negative axes count from the end. `what` (an op's or layer's name) opens
/// the error. Errors: ShapeError.
int normalize_axis(std::string_view what, int axis, int rank);

/// NumPy's rule: axes are aligned at the end, 1 stretches. Errors: ShapeError, opened by `what`.
Shape broadcast_shapes(std::string_view what, const Shape& a, const Shape& b);

}  // namespace antler
