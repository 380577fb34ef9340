#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/models/model_base.h"

namespace antler {

/// What a step on one batch takes, in bytes.
struct StepMemory {
  bool training = false;         // else inference
  std::int64_t activations = 0;  // the outputs of all layers
  std::int64_t gradients = 0;    // one for each trainable weight
  std::int64_t slots = 0;        // the optimizer's variables
  std::int64_t peak = 0;         // weights, slots, inputs, and the workspace of the program
};

/// Compiles a step for the batch and asks it: of training when the model is compiled, with the mean
/// square of the outputs in place of the loss, whose targets are not known here; else of inference.
/// Nothing of the model changes. Nothing when the model is not built or a size is not known.
std::optional<StepMemory> memory_of_step(const ModelBase& model, std::int64_t batch_size);

std::int64_t bytes_of(const std::vector<Variable>& variables);

/// Keras' text for a number of bytes: "2.20 KB".
std::string readable_size(std::int64_t bytes);

}  // namespace antler
