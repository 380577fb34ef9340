#pragma once

#include <optional>
#include <vector>

#include "antler/data/dataset.h"

namespace antler {

/// What the copies of a Dataset share: tensors, or a generator.
struct Dataset::Source {
  std::vector<Tensor> x;
  std::vector<Tensor> y;
  Tensor sample_weight;
  Generator generator;
  std::optional<std::int64_t> generator_batches;
};

}  // namespace antler
