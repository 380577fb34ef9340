#include "antler/ops/pad.h"

#include <algorithm>
#include <string_view>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/ops/composite.h"
#include "antler/ops/gather.h"
#include "antler/ops/slice.h"

namespace antler::ops {
namespace {

std::int64_t modulo(std::int64_t a, std::int64_t n) { return ((a % n) + n) % n; }

// The element of an axis of n that stands at position p, which may lie outside [0, n).
std::int64_t source_of(const std::string& mode, std::int64_t p, std::int64_t n) {
  if (mode == "edge") return std::clamp<std::int64_t>(p, 0, n - 1);
  if (mode == "wrap") return modulo(p, n);
  if (mode == "symmetric") {
    const std::int64_t within = modulo(p, 2 * n);
    return within < n ? within : 2 * n - 1 - within;
  }
  if (n == 1) return 0;
  const std::int64_t within = modulo(p, 2 * n - 2);
  return within < n ? within : 2 * n - 2 - within;
}

Value continued(Value x, const PadWidth& width, const std::string& mode) {
  for (int axis = 0; axis < x.rank(); ++axis) {
    const auto [before, after] = width[static_cast<std::size_t>(axis)];
    if (before == 0 && after == 0) continue;
    const std::int64_t n = x.shape().dim(axis);
    if (n == 0) {
      throw ValueError("pad: expected elements to continue along axis " + std::to_string(axis) +
                       " with mode \"" + mode + "\", got " + x.shape().to_string());
    }
    std::vector<std::int64_t> sources;
    for (std::int64_t p = -before; p < n + after; ++p) sources.push_back(source_of(mode, p, n));
    x = take(x, Value(Tensor::from(sources)), axis);
  }
  return x;
}

Config attributes_of(const PadWidth& width, const std::string& mode) {
  Config pairs = Config::list();
  for (const auto& [before, after] : width) {
    pairs.push_back(std::vector<std::int64_t>{before, after});
  }
  return Config::map({{"pad_width", pairs}, {"mode", mode}});
}

void check_mode(const std::string& mode) {
  static const std::vector<std::string_view> kModes = {"constant", "edge", "reflect", "symmetric",
                                                       "wrap"};
  if (std::find(kModes.begin(), kModes.end(), mode) != kModes.end()) return;
  throw ValueError("pad: " + unknown_name("mode", mode, kModes));
}

// The checks of the op, before the sizes are known.
void check_width(const Pad& op, const Value& x) {
  Shape shape = x.shape();
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (shape.dim(axis) == None) shape.set(axis, 1);
  }
  const TensorSpec spec{shape, x.dtype()};
  op.infer({&spec, 1});
}

}  // namespace

TensorSpec Pad::infer(std::span<const TensorSpec> inputs) const {
  Shape shape = inputs[0].shape;
  const auto rank = static_cast<std::size_t>(shape.rank());
  if (before.size() != rank || after.size() != rank || interior.size() != rank) {
    throw ShapeError("pad: expected a width for each axis of " + shape.to_string() + ", got " +
                     std::to_string(before.size()));
  }
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const std::int64_t n = shape.dim(axis);
    if (before[a] < 0 || after[a] < 0 || interior[a] < 0) {
      throw ValueError("pad: expected widths of at least 0, got (" + std::to_string(before[a]) +
                       ", " + std::to_string(after[a]) + ") for axis " + std::to_string(axis));
    }
    shape.set(axis, before[a] + n + std::max<std::int64_t>(n - 1, 0) * interior[a] + after[a]);
  }
  return {shape, inputs[0].dtype};
}

std::vector<Value> Pad::gradient(const GradientContext& context) const {
  const Shape& shape = context.input(0).shape();
  Slice slice;
  for (std::size_t a = 0; a < before.size(); ++a) {
    const std::int64_t n = shape.dim(static_cast<int>(a));
    const std::int64_t span = n == 0 ? 0 : (n - 1) * (interior[a] + 1) + 1;
    slice.starts.push_back(before[a]);
    slice.stops.push_back(before[a] + span);
    slice.steps.push_back(interior[a] + 1);
  }
  return {apply(std::move(slice), {context.output_gradient(0)})};
}

Value pad(const Value& x, const PadWidth& pad_width, const PadOptions& options) {
  check_mode(options.mode);
  PadWidth width = pad_width;
  if (width.size() == 1) width.assign(static_cast<std::size_t>(x.rank()), pad_width.front());
  Pad op{.before = {},
         .after = {},
         .interior = std::vector<std::int64_t>(width.size(), 0),
         .value = options.constant_values};
  for (const auto& [before, after] : width) {
    op.before.push_back(before);
    op.after.push_back(after);
  }
  if (options.mode == "constant") return apply(std::move(op), {x});
  check_width(op, x);
  return when_shapes_known("pad", {x}, attributes_of(width, options.mode),
                           [width, mode = options.mode](std::span<const Value> values) {
                             return continued(values[0], width, mode);
                           });
}

}  // namespace antler::ops
