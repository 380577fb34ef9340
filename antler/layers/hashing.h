#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/layer.h"
#include "antler/layers/lookup_args.h"

namespace antler {

struct HashingOptions {
  NamedOnly named_only = NamedOnly();
  TokenArg mask_value = {};
  SaltArg salt = {};
  std::string output_mode = "int";
  bool sparse = false;
  std::string name = {};
  DTypeArg dtype = std::nullopt;
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    field("name", self.name);
    field("trainable", self.trainable);
    field("dtype", self.dtype);
    field("salt", self.salt);
    field("mask_value", self.mask_value);
    field("output_mode", self.output_mode);
    field("sparse", self.sparse);
  }
};

/// Words or numbers as one of num_bins indices, by a hash: a vocabulary that needs no data, in
/// which some share an index.
///
///   Hashing(3)(Tensor::strings({"A", "B", "C"}));
///
/// Options  mask_value: a word or number that takes index 0 for itself; the others share the rest.
///          salt: a key, {1, 2} or one number for both: SipHash then takes the place of FarmHash.
///          output_mode: "int", or encoded over the bins: "one_hot" (each element), "multi_hot",
///          "count" (each sample). dtype: int64 in mode "int", else float32.
/// Shapes   x (...) -> (...) in mode "int"; "one_hot" (..., num_bins), a last axis of 1 is dropped;
///          else (batch, n) -> (batch, num_bins).
/// Types    x string or numbers (their digits are hashed, those of floats cut to whole ones).
/// Errors   ValueError for num_bins below 1, another output_mode, sparse = true, a dtype in mode
///          "int" that is not int32 or int64; TypeError for a mask_value of the other kind.
/// Source   keras.layers.Hashing.
class Hashing : public Layer {
 public:
  Hashing(std::int64_t num_bins, const HashingOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
