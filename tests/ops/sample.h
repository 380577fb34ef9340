#pragma once

#include <string>
#include <vector>

#include "antler/core/tensor.h"
#include "antler/graph/op.h"
#include "tests/support/inputs.h"

namespace antler::testing {

/// One row of an op's test data; every check of all_ops_test.cpp follows from it. Floating inputs
/// are made in float64 and run in float32 too; others run as they are.
struct Sample {
  Op op = {};
  std::vector<Tensor> inputs = {};
  /// The outputs, as far as given; in any type.
  std::vector<Tensor> expect = {};
  /// Part of the text of the error, instead of outputs.
  std::string error = {};
  /// In float32: the backends against each other, and against `expect`; relative to the expected
  /// element, or to the largest one (at most 1) where that is more.
  double tolerance = 1e-6;
  /// Gradient orders to check; 0 for inputs at kinks, at infinity, or too many.
  int orders = 2;
  double gradient_tolerance = 1e-6;
  /// Whether the output's shape can be told while first axes are unknown; it cannot where a size is
  /// cut to an attribute.
  bool infers_unknown = true;
};

/// The rows of one op. Declared, never defined: an op without samples does not link.
template <class T>
std::vector<Sample> samples();

}  // namespace antler::testing
