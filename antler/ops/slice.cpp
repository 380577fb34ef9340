#include "antler/ops/slice.h"

#include <algorithm>
#include <string>
#include <utility>

#include "antler/core/error.h"
#include "antler/ops/composite.h"
#include "antler/ops/pad.h"

namespace antler::ops {
namespace {

Slice whole(int rank) {
  const auto n = static_cast<std::size_t>(rank);
  return {.starts = std::vector<std::int64_t>(n, 0),
          .stops = std::vector<std::int64_t>(n, Slice::kEnd),
          .steps = std::vector<std::int64_t>(n, 1)};
}

std::vector<Value> equal_parts(const Value& x, std::int64_t sections, int axis) {
  const std::int64_t size = x.shape().dim(axis);
  if (size % sections != 0) {
    throw ShapeError("split: expected axis " + std::to_string(axis) + " to fall into " +
                     std::to_string(sections) + " equal parts, got " + x.shape().to_string());
  }
  const std::int64_t length = size / sections;
  std::vector<Value> parts;
  for (std::int64_t i = 0; i < sections; ++i) {
    parts.push_back(slice_axis(x, axis, i * length, (i + 1) * length));
  }
  return parts;
}

}  // namespace

Slice::Range Slice::range(int axis, std::int64_t n) const {
  const auto a = static_cast<std::size_t>(axis);
  const auto position = [n](std::int64_t p) {
    return std::clamp<std::int64_t>(p < 0 ? p + n : p, 0, n);
  };
  const std::int64_t start = position(starts[a]);
  const std::int64_t length = std::max<std::int64_t>(position(stops[a]) - start, 0);
  return {start, length == 0 ? 0 : (length - 1) / steps[a] + 1};
}

TensorSpec Slice::infer(std::span<const TensorSpec> inputs) const {
  Shape shape = inputs[0].shape;
  const auto rank = static_cast<std::size_t>(shape.rank());
  if (starts.size() != rank || stops.size() != rank || steps.size() != rank) {
    throw ShapeError("slice: expected a start, a stop and a step for each axis of " +
                     shape.to_string() + ", got " + std::to_string(starts.size()) + ", " +
                     std::to_string(stops.size()) + " and " + std::to_string(steps.size()));
  }
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const std::int64_t step = steps[static_cast<std::size_t>(axis)];
    if (step < 1) {
      throw ValueError("slice: expected steps of at least 1, got " + std::to_string(step) +
                       "; turn an axis over with ops::flip");
    }
    shape.set(axis, range(axis, shape.dim(axis)).count);
  }
  return {shape, inputs[0].dtype};
}

std::vector<Value> Slice::gradient(const GradientContext& context) const {
  const Shape& shape = context.input(0).shape();
  Pad pad;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const std::int64_t step = steps[static_cast<std::size_t>(axis)];
    const auto [start, count] = range(axis, shape.dim(axis));
    const std::int64_t span = count == 0 ? 0 : (count - 1) * step + 1;
    pad.before.push_back(start);
    pad.after.push_back(shape.dim(axis) - start - span);
    pad.interior.push_back(step - 1);
  }
  return {apply(std::move(pad), {context.output_gradient(0)})};
}

Value slice(const Value& x, const std::vector<std::int64_t>& start_indices, const Shape& shape) {
  if (static_cast<int>(start_indices.size()) != x.rank() || shape.rank() != x.rank()) {
    throw ShapeError("slice: expected a start and a size for each axis of " +
                     x.shape().to_string() + ", got " + std::to_string(start_indices.size()) +
                     " and " + std::to_string(shape.rank()));
  }
  Slice op = whole(x.rank());
  op.starts = start_indices;
  for (int axis = 0; axis < x.rank(); ++axis) {
    const std::int64_t n = x.shape().dim(axis);
    std::int64_t& start = op.starts[static_cast<std::size_t>(axis)];
    if (start < 0 && n != None) start += n;
    const std::int64_t count = shape.dim(axis);
    // From the end of an axis that is not known the count is what remains.
    if (count == None || start < 0) continue;
    if (n != None && start + count > n) {
      throw ShapeError("slice: expected a block within " + x.shape().to_string() + ", got " +
                       shape.to_string() + " from position " + std::to_string(start) + " of axis " +
                       std::to_string(axis) + " on");
    }
    op.stops[static_cast<std::size_t>(axis)] = start + count;
  }
  return apply(std::move(op), {x});
}

Value slice_axis(const Value& x, int axis, std::int64_t start, std::int64_t stop,
                 std::int64_t step) {
  const auto at = static_cast<std::size_t>(normalize_axis("slice", axis, x.rank()));
  Slice op = whole(x.rank());
  op.starts[at] = start;
  op.stops[at] = stop;
  op.steps[at] = step;
  return apply(std::move(op), {x});
}

std::vector<Value> split(const Value& x, std::int64_t sections, int axis) {
  const int at = normalize_axis("split", axis, x.rank());
  if (sections < 1) {
    throw ValueError("split: expected at least 1 section, got " + std::to_string(sections));
  }
  if (x.shape().dim(at) != None) return equal_parts(x, sections, at);
  return all_when_shapes_known("split", {x},
                               Config::map({{"indices_or_sections", sections}, {"axis", axis}}),
                               [sections, at](std::span<const Value> values) {
                                 return equal_parts(values[0], sections, at);
                               });
}

std::vector<Value> split(const Value& x, const std::vector<std::int64_t>& indices, int axis) {
  std::vector<Value> parts;
  std::int64_t start = 0;
  for (const std::int64_t stop : indices) {
    parts.push_back(slice_axis(x, axis, start, stop));
    start = stop;
  }
  parts.push_back(slice_axis(x, axis, start));
  return parts;
}

}  // namespace antler::ops
