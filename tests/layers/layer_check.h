#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "antler/layers/layer.h"

namespace antler::testing {

struct LayerCheckOptions {
  NamedOnly named_only = NamedOnly();
  /// The eager output; not compared when empty.
  Tensor expected = {};
  bool supports_masking = false;
  /// Whether the output has a mask when the inputs have; as a rule when masking is supported. The
  /// layers inside one may give theirs.
  std::optional<bool> has_mask = {};
  /// Derivatives by inputs and weights, in float64; off for layers without one.
  bool has_gradient = true;
  double tolerance = 1e-6;
};

/// Keras' run_layer_test: the config goes round and gives the same layer; a symbolic call has the
/// spec of the traced one; the eager value is `expected`, from the copy too; gradients agree with
/// finite differences; a mask goes through if and only if the layer supports masking. Inputs must
/// lie off kinks.
void check_layer(const Layer& layer, const std::vector<Tensor>& inputs,
                 const LayerCheckOptions& options = {});

/// The text of the E that `f` throws.
template <class E, class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const E& e) {
    return e.what();
  }
  return "no error";
}

}  // namespace antler::testing
