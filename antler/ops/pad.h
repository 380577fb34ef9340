#pragma once

#include <string>
#include <utility>

#include "antler/core/named_only.h"
#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// A constant put before, after and between the elements of each axis: an axis of n elements gets
/// before + n + (n - 1) * interior + after. With interior = step - 1 and a zero it is the adjoint
/// of Slice.
///
/// Shapes  n along an axis -> what is said above.  Types  any, which is kept.
/// Errors  ShapeError for lists that do not fit the rank, ValueError for a negative count.
/// Source  jax.lax.pad.
struct Pad {
  std::vector<std::int64_t> before = {};
  std::vector<std::int64_t> after = {};
  std::vector<std::int64_t> interior = {};
  double value = 0;
  static constexpr std::string_view name = "pad";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"before", "after", "interior", "value"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// How many elements stand before and after each axis.
using PadWidth = std::vector<std::pair<std::int64_t, std::int64_t>>;

struct PadOptions {
  NamedOnly named_only = NamedOnly();
  /// "constant", or elements of x: "edge" repeats the outermost, "reflect" mirrors about it,
  /// "symmetric" mirrors with it, "wrap" goes on at the other end.
  std::string mode = "constant";
  double constant_values = 0;
};

/// x with more elements around it; one pair serves all axes.
///
/// Shapes  n along an axis -> before + n + after.  Types  any, which is kept.
/// Errors  ShapeError when the pairs do not fit the rank; ValueError for an unknown mode, a
///         negative width, or an empty axis that other modes than "constant" cannot continue.
/// Source  keras.ops.pad.
Value pad(const Value& x, const PadWidth& pad_width, const PadOptions& options = {});

}  // namespace antler::ops
