#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/graph/tensor_spec.h"

namespace antler {
namespace detail {

// Divisible by all small numbers, so that reshapes of unknown axes succeed as far as they can.
inline constexpr std::int64_t kFirstFill = 5040;
inline constexpr std::int64_t kSecondFill = 7560;

std::vector<TensorSpec> fill_unknown(std::span<const TensorSpec> specs, std::int64_t size);
/// Axes that differ become None; other differences are an error.
std::vector<TensorSpec> merge_fills(const std::vector<TensorSpec>& first,
                                    const std::vector<TensorSpec>& second);
/// " (with None taken as 7560)".
std::string fill_note(std::int64_t size);

}  // namespace detail

/// Output specs of a computation on inputs whose axes may be unknown: `infer` is run on two sets of
/// filled-in sizes, and an axis that comes out different is unknown (as Keras does it on JAX).
template <class Infer>
std::vector<TensorSpec> infer_with_unknown_axes(std::span<const TensorSpec> inputs, Infer&& infer) {
  bool known = true;
  for (const TensorSpec& spec : inputs) known = known && spec.shape.is_known();
  if (known) return infer(inputs);
  const auto run = [&](std::int64_t size) {
    const std::vector<TensorSpec> filled = detail::fill_unknown(inputs, size);
    try {
      return infer(std::span<const TensorSpec>(filled));
    } catch (const ShapeError& e) {
      throw ShapeError(e.what() + detail::fill_note(size));
    }
  };
  return detail::merge_fills(run(detail::kFirstFill), run(detail::kSecondFill));
}

}  // namespace antler
