#pragma once

#include "antler/core/tensor.h"

namespace antler::datasets {

/// Examples and their labels: x (n, ...), y (n,) or (n, 1).
struct Examples {
  Tensor x, y;
};

/// What a loader returns: `auto [train, test] = datasets::mnist();`.
struct Split {
  Examples train, test;
};

}  // namespace antler::datasets
