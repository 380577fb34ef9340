#pragma once

#include <span>
#include <vector>

#include "antler/graph/value.h"
#include "antler/graph/variable.h"

namespace antler {

/// The derivatives of a scalar by some of the values it is computed from, as graph: they can be
/// compiled, differentiated again, or evaluated. One Value for each of `wrt`, with its shape and
/// type; empty where the loss does not depend on it.
///
/// Reverse mode, one visit a node: the cost follows nodes plus parameters.
///
/// Errors  ShapeError when `loss` is not a scalar, TypeError when it is no float, ValueError naming
///         an op on the way that has no gradient.
/// Source  none in Keras; as jax.grad.
std::vector<Value> gradients(const Value& loss, std::span<const Value> wrt);
std::vector<Value> gradients(const Value& loss, const std::vector<Variable>& wrt);

/// The product of cotangents with the Jacobian: sum_k cotangents[k] . d outputs[k] / d wrt. An
/// empty cotangent counts as zero.
///
/// Shapes  cotangents as outputs -> as wrt.  Source  none in Keras; as jax.vjp.
std::vector<Value> vector_jacobian_product(std::span<const Value> outputs,
                                           std::span<const Value> cotangents,
                                           std::span<const Value> wrt);

}  // namespace antler
