#include "antler/ops/window.h"

#include <algorithm>
#include <string>

#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler::ops {
namespace {

void check_numbers(std::string_view op, std::string_view what, const Window& window,
                   const std::vector<std::int64_t>& numbers, std::int64_t minimum) {
  const bool fits =
      numbers.size() == window.size.size() &&
      std::all_of(numbers.begin(), numbers.end(), [&](auto n) { return n >= minimum; });
  if (fits) return;
  std::string got;
  for (const std::int64_t n : numbers) got += (got.empty() ? "" : ", ") + std::to_string(n);
  throw ValueError(std::string(op) + ": expected " + std::to_string(window.rank()) + " " +
                   std::string(what) + " of at least " + std::to_string(minimum) + ", got [" + got +
                   "]");
}

}  // namespace

std::int64_t Window::cells() const {
  std::int64_t count = 1;
  for (const std::int64_t s : size) count *= s;
  return count;
}

std::int64_t Window::span(int axis) const {
  const auto a = static_cast<std::size_t>(axis);
  return (size[a] - 1) * dilation[a] + 1;
}

void Window::check(std::string_view op, const Shape& input) const {
  if (rank() < 1 || rank() > 3 || input.rank() != rank() + 2) {
    throw ShapeError(std::string(op) + ": expected " + std::to_string(rank() + 2) +
                     " dimensions (batch, " + std::to_string(rank()) + " spatial, channels), got " +
                     input.to_string());
  }
  check_numbers(op, "window sizes", *this, size, 1);
  check_numbers(op, "strides", *this, strides, 1);
  check_numbers(op, "dilations", *this, dilation, 1);
  check_numbers(op, "paddings before", *this, before, 0);
  check_numbers(op, "paddings after", *this, after, 0);
}

std::vector<std::int64_t> Window::outputs(std::string_view op, const Shape& input) const {
  check(op, input);
  std::vector<std::int64_t> sizes;
  for (int axis = 0; axis < rank(); ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const std::int64_t room = input[axis + 1] + before[a] + after[a] - span(axis);
    if (room < 0) {
      throw ShapeError(std::string(op) + ": expected at least " +
                       std::to_string(span(axis) - before[a] - after[a]) + " elements along axis " +
                       std::to_string(axis + 1) + " for a window that spans " +
                       std::to_string(span(axis)) + ", got " + input.to_string() +
                       "; use padding \"same\" or a smaller window");
    }
    sizes.push_back(room / strides[a] + 1);
  }
  return sizes;
}

void require_padding(std::string_view op, std::string_view padding,
                     const std::vector<std::string_view>& known) {
  if (std::find(known.begin(), known.end(), padding) != known.end()) return;
  throw ValueError(std::string(op) + ": " + unknown_name("padding", padding, known));
}

Window make_window(std::string_view op, const Shape& input, std::vector<std::int64_t> size,
                   const WindowOptions& options) {
  const std::size_t rank = size.size();
  Window window{std::move(size), options.strides, options.dilation,
                std::vector<std::int64_t>(rank, 0), std::vector<std::int64_t>(rank, 0)};
  if (window.strides.empty()) window.strides.assign(rank, 1);
  if (window.dilation.empty()) window.dilation.assign(rank, 1);
  window.check(op, input);
  if (options.padding == "valid") return window;
  for (std::size_t a = 0; a < rank; ++a) {
    const int axis = static_cast<int>(a);
    const std::int64_t n = input[axis + 1];
    if (options.padding == "same") {
      const std::int64_t outputs = (n + window.strides[a] - 1) / window.strides[a];
      const std::int64_t total =
          std::max<std::int64_t>(0, (outputs - 1) * window.strides[a] + window.span(axis) - n);
      window.before[a] = total / 2;
      window.after[a] = total - total / 2;
    } else {
      window.before[a] = window.span(axis) - 1;
    }
  }
  return window;
}

Shape spatial_shape(std::int64_t batch, const std::vector<std::int64_t>& sizes,
                    std::int64_t channels) {
  std::vector<std::int64_t> dims = {batch};
  dims.insert(dims.end(), sizes.begin(), sizes.end());
  dims.push_back(channels);
  return Shape(dims);
}

std::vector<std::int64_t> spatial_sizes(const Shape& shape) {
  return {shape.begin() + 1, shape.end() - 1};
}

void require_one_floating_type(std::string_view op, std::span<const TensorSpec> inputs) {
  for (const TensorSpec& input : inputs) {
    if (is_floating(input.dtype) && input.dtype == inputs[0].dtype) continue;
    throw TypeError(std::string(op) + ": expected floats of one type, got " +
                    std::string(antler::name(inputs[0].dtype)) + " and " +
                    std::string(antler::name(input.dtype)) + "; convert with ops::cast");
  }
}

}  // namespace antler::ops
