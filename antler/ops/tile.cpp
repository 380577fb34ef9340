#include "antler/ops/tile.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/composite.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/reshape.h"
#include "antler/ops/slice.h"

namespace antler::ops {
namespace {

void check_count(const char* op, std::int64_t count) {
  if (count >= 0) return;
  throw ValueError(std::string(op) + ": expected counts of at least 0, got " +
                   std::to_string(count));
}

// (n, m) -> (1, n, 1, m) -> (r, n, s, m) -> (r n, s m)
Value tiled(const Value& x, std::vector<std::int64_t> repeats) {
  std::vector<std::int64_t> dims(x.shape().begin(), x.shape().end());
  while (repeats.size() < dims.size()) repeats.insert(repeats.begin(), 1);
  while (dims.size() < repeats.size()) dims.insert(dims.begin(), 1);
  std::vector<std::int64_t> apart;
  std::vector<std::int64_t> stretched;
  for (std::size_t a = 0; a < dims.size(); ++a) {
    apart.insert(apart.end(), {1, dims[a]});
    stretched.insert(stretched.end(), {repeats[a], dims[a]});
    dims[a] *= repeats[a];
  }
  return reshape(broadcast_to(reshape(x, Shape(apart)), Shape(stretched)), Shape(dims));
}

Value repeated(const Value& x, std::int64_t repeats, int axis) {
  const Shape& shape = x.shape();
  Shape out = shape;
  out.set(axis, shape.dim(axis) * repeats);
  const Value apart = reshape(x, shape.inserted(axis + 1, 1));
  return reshape(broadcast_to(apart, shape.inserted(axis + 1, repeats)), out);
}

Value rolled(const Value& x, std::int64_t shift, int axis) {
  const std::int64_t n = x.shape().dim(axis);
  const std::int64_t split = n == 0 ? 0 : ((-shift % n) + n) % n;
  if (split == 0) return x;
  return concatenate({slice_axis(x, axis, split), slice_axis(x, axis, 0, split)}, axis);
}

}  // namespace

Value tile(const Value& x, const std::vector<std::int64_t>& repeats) {
  for (const std::int64_t count : repeats) check_count("tile", count);
  return when_shapes_known(
      "tile", {x}, Config::map({{"repeats", repeats}}),
      [repeats](std::span<const Value> values) { return tiled(values[0], repeats); });
}

Value repeat(const Value& x, std::int64_t repeats, std::optional<int> axis) {
  if (!axis) return repeat(reshape(x, {None}), repeats, 0);
  check_count("repeat", repeats);
  const int at = normalize_axis("repeat", *axis, x.rank());
  return when_shapes_known(
      "repeat", {x}, Config::map({{"repeats", repeats}, {"axis", *axis}}),
      [repeats, at](std::span<const Value> values) { return repeated(values[0], repeats, at); });
}

Value roll(const Value& x, std::int64_t shift, std::optional<int> axis) {
  const int at = axis ? normalize_axis("roll", *axis, x.rank()) : 0;
  Config attributes = Config::map({{"shift", shift}});
  if (axis) attributes.set("axis", *axis);
  return when_shapes_known("roll", {x}, attributes,
                           [shift, at, flat = !axis](std::span<const Value> values) {
                             const Value& v = values[0];
                             if (!flat) return rolled(v, shift, at);
                             return reshape(rolled(reshape(v, {None}), shift, 0), v.shape());
                           });
}

}  // namespace antler::ops
