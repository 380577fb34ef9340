#pragma once

#include <cstdint>

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// Each steps[a]-th element of axis a from starts[a] up to but without stops[a], as x[start:stop:
/// step] in Python: negative positions count from the end, positions beyond an end stop there.
///
/// Shapes  n along an axis -> as many as Python would pick.  Types  any, which is kept.
/// Errors  ShapeError for lists that do not fit the rank, ValueError for a step below 1.
/// Source  jax.lax.slice, with Python's positions.
struct Slice {
  static constexpr std::int64_t kEnd = INT64_MAX;
  std::vector<std::int64_t> starts = {};
  std::vector<std::int64_t> stops = {};  // kEnd: to the end
  std::vector<std::int64_t> steps = {};
  static constexpr std::string_view name = "slice";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"starts", "stops", "steps"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;

  /// Where an axis of size n is read: `count` elements from `start` on.
  struct Range {
    std::int64_t start, count;
  };
  Range range(int axis, std::int64_t n) const;
};

/// The block of the given shape whose first element is at `start_indices`; None in `shape` means up
/// to the end.
///
/// Errors  ShapeError when it reaches beyond x, or for lists that do not fit the rank.
/// Source  keras.ops.slice.
Value slice(const Value& x, const std::vector<std::int64_t>& start_indices, const Shape& shape);
/// x[..., start:stop:step, ...] along one axis, under Python's rules; errors as of Slice, and
/// ShapeError for an axis out of range.
Value slice_axis(const Value& x, int axis, std::int64_t start, std::int64_t stop = Slice::kEnd,
                 std::int64_t step = 1);

/// `sections` equal parts along an axis.
///
/// Errors  ShapeError when they are not equal; ValueError for fewer than one section.
/// Source  keras.ops.split.
std::vector<Value> split(const Value& x, std::int64_t sections, int axis = 0);
/// Parts that begin at 0 and at each of the increasing `indices`.
std::vector<Value> split(const Value& x, const std::vector<std::int64_t>& indices, int axis = 0);

}  // namespace antler::ops
