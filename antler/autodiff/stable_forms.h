#pragma once

#include <span>
#include <vector>

#include "antler/graph/rewrite.h"

namespace antler {

/// `outputs` with logarithms of probabilities in their stable forms:
///   log(softmax(z)) -> log_softmax(z),  log(sigmoid(z)) -> -softplus(-z),
///   log(1 - sigmoid(z)) -> -softplus(z).
/// It must run before differentiation: afterwards the gradient holds g / p, and the logarithm is
/// gone. The replacements made are added to `replacements`.
std::vector<Value> stable_forms(std::span<const Value> outputs, ValueMap& replacements);

}  // namespace antler
