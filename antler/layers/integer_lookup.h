#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/layers/array_arg.h"
#include "antler/layers/layer.h"
#include "antler/layers/lookup_args.h"

namespace antler {

class Dataset;

struct IntegerLookupOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::int64_t> max_tokens = {};
  std::int64_t num_oov_indices = 1;
  std::optional<std::int64_t> mask_token = {};
  std::optional<std::int64_t> oov_token = -1;
  IntegerVocabularyArg vocabulary = {};
  std::string vocabulary_dtype = "int64";
  ArrayArg idf_weights = {};
  bool invert = false;
  std::string output_mode = "int";
  bool sparse = false;
  bool pad_to_max_tokens = false;
  std::string oov_method = "floormod";
  SaltArg salt = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    field("name", self.name);
    field("trainable", self.trainable);
    field("dtype", self.dtype);
    field("invert", self.invert);
    field("max_tokens", self.max_tokens);
    field("num_oov_indices", self.num_oov_indices);
    field("oov_token", self.oov_token);
    field("mask_token", self.mask_token);
    field("output_mode", self.output_mode);
    field("sparse", self.sparse);
    field("pad_to_max_tokens", self.pad_to_max_tokens);
    field("vocabulary_dtype", self.vocabulary_dtype);
    field("idf_weights", self.idf_weights);
    field("vocabulary", self.vocabulary);
    field("oov_method", self.oov_method);
    field("salt", self.salt);
  }
};

/// Numbers that are names (of users, of goods) as indices: their places in a vocabulary.
///
///   IntegerLookup users({.vocabulary = {12, 1138, 42}});
///   users(Tensor::from(std::vector<std::int64_t>{42, 7}));   // {3, 0}
///
/// It runs on the host, as StringLookup, which explains indices, options and shapes.
///
/// Options  as those of StringLookup, and oov_method: which of several num_oov_indices an unknown
///          number takes: "floormod", its remainder, or "farmhash", the hash of its digits, with
///          the salt if there is one. vocabulary_dtype: "int64".
/// Shapes   as StringLookup.
/// Types    x numbers (floats are cut) -> int64, float32 for "tf_idf".
/// Errors   as StringLookup.
/// Source   keras.layers.IntegerLookup.
class IntegerLookup : public Layer {
 public:
  IntegerLookup(const IntegerLookupOptions& options = {});
  static Layer from_config(const Config& config);

  /// As StringLookup's.
  void adapt(const Tensor& data) const;
  void adapt(const std::vector<Tensor>& batches) const;
  void adapt(const Dataset& data, std::optional<std::int64_t> steps = {}) const;
  void set_vocabulary(const IntegerVocabularyArg& vocabulary,
                      const ArrayArg& idf_weights = {}) const;
  std::vector<std::int64_t> get_vocabulary(bool include_special_tokens = true) const;
  std::int64_t vocabulary_size() const;
  void save_assets(const std::string& folder) const;
  void load_assets(const std::string& folder) const;
};

}  // namespace antler
