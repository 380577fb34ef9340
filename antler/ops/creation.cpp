#include "antler/ops/creation.h"

#include <cmath>
#include <string>

#include "antler/core/error.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/composite.h"

namespace antler::ops {
namespace {

// Computed in float64, rounded once to the element type.
template <class F>
Value filled(std::int64_t count, DType dtype, F element) {
  Tensor numbers = Tensor::uninitialized(DType::float64, {count});
  const std::span<double> data = numbers.mutable_data<double>();
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = element(static_cast<double>(i));
  return Value(numbers.astype(dtype));
}

}  // namespace

Value zeros(const Shape& shape, DType dtype) { return Value(Tensor::zeros(shape, dtype)); }

Value ones(const Shape& shape, DType dtype) { return Value(Tensor::ones(shape, dtype)); }

Value full(const Shape& shape, double fill_value, DType dtype) {
  return Value(Tensor::full(shape, fill_value, dtype));
}

Value zeros_like(const Value& x, std::optional<DType> dtype) { return full_like(x, 0, dtype); }

Value ones_like(const Value& x, std::optional<DType> dtype) { return full_like(x, 1, dtype); }

Value full_like(const Value& x, double fill_value, std::optional<DType> dtype) {
  const DType type = dtype.value_or(x.dtype());
  const Config attributes =
      Config::map({{"fill_value", fill_value}, {"dtype", antler::name(type)}});
  return when_shapes_known("full_like", {x}, attributes,
                           [fill_value, type](std::span<const Value> values) {
                             return broadcast_to(full({}, fill_value, type), values[0].shape());
                           });
}

Value eye(std::int64_t n, const EyeOptions& options) {
  const std::int64_t columns = options.M == None ? n : options.M;
  detail::require_size("eye", "n", n);
  detail::require_size("eye", "M", columns);
  Tensor matrix = Tensor::zeros({n, columns}, DType::uint8);
  const std::span<std::uint8_t> data = matrix.mutable_data<std::uint8_t>();
  for (std::int64_t row = 0; row < n; ++row) {
    const std::int64_t column = row + options.k;
    if (column >= 0 && column < columns) data[static_cast<std::size_t>(row * columns + column)] = 1;
  }
  return Value(matrix.astype(options.dtype));
}

Value linspace(double start, double stop, const LinspaceOptions& options) {
  detail::require_size("linspace", "num", options.num);
  const std::int64_t gaps = options.endpoint ? options.num - 1 : options.num;
  const double step = gaps > 0 ? (stop - start) / static_cast<double>(gaps) : 0;
  return filled(options.num, options.dtype, [&](double i) {
    return options.endpoint && gaps > 0 && i == static_cast<double>(gaps) ? stop : start + i * step;
  });
}

namespace detail {

void require_size(std::string_view op, std::string_view what, std::int64_t size) {
  if (size >= 0) return;
  throw ValueError(std::string(op) + ": expected " + std::string(what) + " of at least 0, got " +
                   std::to_string(size));
}

Value arange(double start, double stop, double step, DType dtype) {
  if (step == 0) throw ValueError("arange: expected a step other than 0, got 0");
  const double count = std::ceil((stop - start) / step);
  return filled(count > 0 ? static_cast<std::int64_t>(count) : 0, dtype,
                [&](double i) { return start + i * step; });
}

}  // namespace detail
}  // namespace antler::ops
