#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "antler/core/config.h"
#include "antler/graph/tensor_spec.h"

namespace antler::ops {

/// How a window moves over the spatial axes of (batch, spatial ..., channels): one number for each
/// of them. The window takes `size` cells that lie `dilation` apart, its neighbours stand `strides`
/// apart; `before` and `after` cells are put around the input.
struct Window {
  std::vector<std::int64_t> size = {};
  std::vector<std::int64_t> strides = {};
  std::vector<std::int64_t> dilation = {};
  std::vector<std::int64_t> before = {};
  std::vector<std::int64_t> after = {};
  static constexpr const char* fields[] = {"size", "strides", "dilation", "before", "after"};

  int rank() const { return static_cast<int>(size.size()); }
  std::int64_t cells() const;
  /// How far the window reaches along an axis, with the gaps.
  std::int64_t span(int axis) const;
  /// The spatial sizes of the output. Errors: ShapeError, opened by `op`, when the window is larger
  /// than the input with what is put around it.
  std::vector<std::int64_t> outputs(std::string_view op, const Shape& input) const;
  /// Errors: ValueError, opened by `op`, for lists of other lengths or numbers out of range;
  /// ShapeError for an input that is not (batch, spatial ..., channels).
  void check(std::string_view op, const Shape& input) const;
};

/// The window's moves as Keras names them; an empty list is 1 everywhere.
struct WindowOptions {
  std::vector<std::int64_t> strides = {};
  std::string_view padding = "valid";  // "same": ceil(n / stride) outputs; "causal": only before
  std::vector<std::int64_t> dilation = {};
};

/// Errors: ValueError, opened by `op`, for a padding that is none of `known`.
void require_padding(std::string_view op, std::string_view padding,
                     const std::vector<std::string_view>& known);

/// The window for an input whose spatial sizes are known, and a padding that was checked. Errors:
/// as Window::check.
Window make_window(std::string_view op, const Shape& input, std::vector<std::int64_t> size,
                   const WindowOptions& options);

/// (batch, sizes ..., channels).
Shape spatial_shape(std::int64_t batch, const std::vector<std::int64_t>& sizes,
                    std::int64_t channels);
std::vector<std::int64_t> spatial_sizes(const Shape& shape);

/// Errors: TypeError, opened by `op`, unless all are of one floating type.
void require_one_floating_type(std::string_view op, std::span<const TensorSpec> inputs);

}  // namespace antler::ops
