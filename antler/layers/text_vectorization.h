#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/layers/array_arg.h"
#include "antler/layers/layer.h"
#include "antler/layers/lookup_args.h"
#include "antler/layers/text_args.h"

namespace antler {

class Dataset;

struct TextVectorizationOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::int64_t> max_tokens = {};
  StandardizeArg standardize = "lower_and_strip_punctuation";
  SplitArg split = "whitespace";
  NgramsArg ngrams = {};
  std::string output_mode = "int";
  std::optional<std::int64_t> output_sequence_length = {};
  bool pad_to_max_tokens = false;
  VocabularyArg vocabulary = {};
  ArrayArg idf_weights = {};
  bool sparse = false;
  bool ragged = false;
  std::string encoding = "utf-8";
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    field("name", self.name);
    field("trainable", self.trainable);
    field("dtype", self.dtype);
    field("max_tokens", self.max_tokens);
    field("standardize", self.standardize);
    field("split", self.split);
    field("ngrams", self.ngrams);
    field("output_mode", self.output_mode);
    field("output_sequence_length", self.output_sequence_length);
    field("pad_to_max_tokens", self.pad_to_max_tokens);
    field("sparse", self.sparse);
    field("ragged", self.ragged);
    field("vocabulary", self.vocabulary);
    field("idf_weights", self.idf_weights);
    field("encoding", self.encoding);
  }
};

/// Texts as rows of indices: each text is standardized and split into tokens, and each token
/// becomes its place in a vocabulary.
///
///   TextVectorization words({.max_tokens = 20000, .output_sequence_length = 100});
///   words.adapt(texts);                                 // Tensor::strings({"Good!", ...})
///   Sequential model({words, Embedding(20000, 16), ...});
///
/// In mode "int" index 0 fills short rows, 1 is any unknown token; in the others 0 is.
///
/// Options  max_tokens: the most indices there may be. standardize, split, ngrams: see their types.
///          output_mode: "int", or encoded over the vocabulary: "one_hot" (each token),
///          "multi_hot", "count", "tf_idf" (each text). output_sequence_length: rows are cut or
///          filled to it; else to the longest of the batch. pad_to_max_tokens, vocabulary,
///          idf_weights: as StringLookup's. encoding: "utf-8".
/// Shapes   x (batch) or (batch, 1) -> (batch, tokens) in mode "int", (batch, tokens, n) for
///          "one_hot", else (batch, n). Without a split x (batch, tokens) has the tokens.
/// Types    x string -> int64, float32 for "tf_idf".
/// Errors   as StringLookup; ValueError for sparse or ragged = true: outputs are dense; ShapeError
///          for several texts in a row that are to be split; StateError when the config of a
///          function is asked for.
/// Source   keras.layers.TextVectorization.
class TextVectorization : public Layer {
 public:
  TextVectorization(const TextVectorizationOptions& options = {});
  static Layer from_config(const Config& config);

  /// Takes the tokens of the texts as vocabulary, the most frequent first, the greater of two that
  /// come as often; an earlier one is forgotten. Errors: StateError when the vocabulary was given.
  void adapt(const Tensor& texts) const;
  /// The same from batches of one data set.
  void adapt(const std::vector<Tensor>& batches) const;
  /// The same from one epoch, `steps` batches at most.
  void adapt(const Dataset& data, std::optional<std::int64_t> steps = {}) const;

  /// As StringLookup's.
  void set_vocabulary(const VocabularyArg& vocabulary, const ArrayArg& idf_weights = {}) const;
  std::vector<std::string> get_vocabulary(bool include_special_tokens = true) const;
  std::int64_t vocabulary_size() const;
  void save_assets(const std::string& folder) const;
  void load_assets(const std::string& folder) const;
};

}  // namespace antler
