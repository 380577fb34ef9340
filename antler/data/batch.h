#pragma once

#include <cstdint>
#include <vector>

#include "antler/core/tensor.h"

namespace antler {

/// One batch of examples. The tensors may have room for more rows than the batch holds (the last
/// batch of an epoch is smaller and uses the same memory): only the first `size` rows count.
struct Batch {
  /// One tensor an input; (at least size, ...).
  std::vector<Tensor> x = {};
  /// One tensor an output; none when there are no targets.
  std::vector<Tensor> y = {};
  /// None; one of (at least size, ...) for all outputs; or one an output, empty where it has none.
  std::vector<Tensor> sample_weight = {};
  std::int64_t size = 0;
};

}  // namespace antler
