#pragma once

#include <gtest/gtest.h>

#include "antler/core/tensor.h"

namespace antler::testing {

/// Whether two tensors agree in shape and, element by element, within `tolerance` times the
/// expected element or, where that is more, the largest expected one (at most 1). NaN equals NaN,
/// infinities equal themselves; types may differ; integers and bools must be equal.
::testing::AssertionResult is_near(const Tensor& got, const Tensor& expected,
                                   double tolerance = 1e-6);

}  // namespace antler::testing
