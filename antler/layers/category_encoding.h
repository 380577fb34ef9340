#pragma once

#include <cstdint>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

struct CategoryEncodingOptions {
  NamedOnly named_only = NamedOnly();
  std::string output_mode = "multi_hot";
  bool sparse = false;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("output_mode", self.output_mode);
  }
};

/// Numbers of categories as vectors of `num_tokens` elements.
///
///   CategoryEncoding(4)(Tensor::from<int>({1, 3}))                                // 0 1 0 1
///   CategoryEncoding(4, {.output_mode = "count"})(x, {.count_weights = w})
///
/// Options  num_tokens: how many categories there are; output_mode: "one_hot", each number a vector
///          with 1 at its place; "multi_hot", an example's one vector with 1 at each of its
///          numbers; "count", with how often it has each, or the sum of their count_weights.
///          sparse: refused.
/// Shapes   x (batch, n) -> "multi_hot" and "count" (batch, num_tokens), "one_hot"
///          (batch, n, num_tokens), or (batch, num_tokens) when n is 1; count_weights as x.
/// Types    x any, cut to integers; y in the layer's dtype.
/// Errors   ValueError for the options, or count_weights in another mode; a number outside
///          [0, num_tokens) fails the run (Keras on JAX gives zeros, its documentation an error).
/// Source   keras.layers.CategoryEncoding.
class CategoryEncoding : public Layer {
 public:
  CategoryEncoding(std::int64_t num_tokens, const CategoryEncodingOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
