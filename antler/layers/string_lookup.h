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

struct StringLookupOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::int64_t> max_tokens = {};
  std::int64_t num_oov_indices = 1;
  std::optional<std::string> mask_token = {};
  std::optional<std::string> oov_token = std::string("[UNK]");
  VocabularyArg vocabulary = {};
  ArrayArg idf_weights = {};
  bool invert = false;
  std::string output_mode = "int";
  bool pad_to_max_tokens = false;
  bool sparse = false;
  std::string encoding = "utf-8";
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
    field("idf_weights", self.idf_weights);
    field("vocabulary", self.vocabulary);
    field("salt", self.salt);
    field("encoding", self.encoding);
  }
};

/// Words as indices: their places in a vocabulary.
///
///   StringLookup colors({.vocabulary = {"red", "green"}});
///   colors(Tensor::strings({"green", "pink"}));   // {2, 0}
///
/// The indices begin with 0 for the mask_token (when there is one, in mode "int"); then come
/// num_oov_indices for words that are not in the vocabulary, then the vocabulary.
///
/// Options  max_tokens: the most indices there may be. num_oov_indices: several share the unknown
///          words by their hash; with 0 an unknown word is an error. mask_token: a word that stands
///          for none; the other modes do not count it. oov_token: what `invert` makes of unknown
///          indices. vocabulary: the words, with or without the special ones in front, or the path
///          of a file with a word a line; otherwise call adapt(). idf_weights: for "tf_idf", one a
///          word. invert: indices to words. output_mode: "int", or encoded over the vocabulary:
///          "one_hot" (each word), "multi_hot", "count", "tf_idf" (each sample).
///          pad_to_max_tokens: encodes over max_tokens even if there are fewer words. encoding:
///          "utf-8". salt: the key of the hash.
/// Shapes   x (...) -> (...) in mode "int"; "one_hot" (..., n), a last axis of 1 is dropped;
///          else (batch, words) -> (batch, n).
/// Types    x string -> int64, float32 for "tf_idf"; inverted x integer -> string.
/// Errors   ValueError for contradicting options, a word twice, an unknown word without an index
///          for it, sparse = true; StateError when it computes before it has a vocabulary.
/// Source   keras.layers.StringLookup.
class StringLookup : public Layer {
 public:
  StringLookup(const StringLookupOptions& options = {});
  static Layer from_config(const Config& config);

  /// Takes the words of `data` as vocabulary, the most frequent first, the greater of two that come
  /// as often; an earlier one is forgotten. For "tf_idf" a row is a document.
  /// Errors: StateError when the vocabulary was given.
  void adapt(const Tensor& data) const;
  /// The same from batches of one data set.
  void adapt(const std::vector<Tensor>& batches) const;
  /// The same from one epoch, `steps` batches at most.
  void adapt(const Dataset& data, std::optional<std::int64_t> steps = {}) const;

  /// Errors: as for the options; StateError when outputs would change their size.
  void set_vocabulary(const VocabularyArg& vocabulary, const ArrayArg& idf_weights = {}) const;
  std::vector<std::string> get_vocabulary(bool include_special_tokens = true) const;
  std::int64_t vocabulary_size() const;
  /// Writes and reads vocabulary.txt in a folder, unless the vocabulary was given. Errors:
  /// FileError.
  void save_assets(const std::string& folder) const;
  void load_assets(const std::string& folder) const;
};

}  // namespace antler
