#pragma once

#include <memory>
#include <optional>

#include "antler/data/dataset.h"
#include "antler/data/tensor_source.h"

namespace antler {

/// What the copies of a Dataset share: examples to choose from, or a generator.
struct Dataset::Source {
  std::shared_ptr<ExampleSource> examples;
  /// The same, if they are tensors in memory.
  const TensorSource* tensors = nullptr;
  Generator generator;
  std::optional<std::int64_t> generator_batches;
};

}  // namespace antler
