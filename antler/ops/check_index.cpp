#include "antler/ops/check_index.h"

#include <string>

#include "antler/core/error.h"

namespace antler::ops {
namespace detail {

void require_indices(std::string_view op, const TensorSpec& indices) {
  if (is_integer(indices.dtype)) return;
  throw TypeError(std::string(op) + ": expected indices of an integer type, got " +
                  std::string(antler::name(indices.dtype)) + "; convert with ops::cast");
}

}  // namespace detail

TensorSpec CheckIndex::infer(std::span<const TensorSpec> inputs) const {
  detail::require_indices(owner.empty() ? name : owner, inputs[0]);
  return inputs[0];
}

std::vector<Value> CheckIndex::gradient(const GradientContext&) const { return {Value()}; }

}  // namespace antler::ops
