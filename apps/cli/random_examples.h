#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "antler/core/tensor.h"
#include "antler/models/model.h"

// Examples for a model whose data is not at hand: drawn by a seed, on the model's own scale.
namespace antler::cli {

/// Normal numbers in float64 from a stream of the seed.
Tensor random_normal(const Shape& shape, std::uint64_t seed, std::uint32_t stream,
                     std::uint64_t step);

/// `examples` of each input: normal, on the scale of a first Normalization or Rescaling; indices
/// where the model looks them up (an Embedding, an Input of integers). Unknown axes get 4.
///
/// Errors  StateError for a model whose input shape is not known.
std::vector<Tensor> random_inputs(const Model& model, std::int64_t examples, std::uint64_t seed);

/// Whether the model was compiled with a loss.
bool has_loss(const Model& model);

/// A target for each output that the model's loss takes. Needs has_loss.
std::vector<Tensor> random_targets(const Model& model, const std::vector<Tensor>& outputs,
                                   std::uint64_t seed);

}  // namespace antler::cli
