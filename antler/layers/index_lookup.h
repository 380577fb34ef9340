#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/tensor.h"
#include "antler/layers/category_output.h"
#include "antler/layers/lookup_args.h"
#include "antler/layers/token_counts.h"
#include "antler/layers/token_table.h"

namespace antler {

/// Arguments of an IndexLookup, as those of the layers.
template <class Token>
struct IndexLookupOptions {
  std::optional<std::int64_t> max_tokens = {};
  std::int64_t num_oov_indices = 1;
  std::optional<Token> mask_token = {};
  std::optional<Token> oov_token = {};
  BasicVocabularyArg<Token> vocabulary = {};
  std::vector<double> idf_weights = {};
  bool invert = false;
  std::string output_mode = "int";
  bool pad_to_max_tokens = false;
  bool sparse = false;
  /// Whether a token of no vocabulary is hashed as text; a number goes by its remainder otherwise.
  bool hashes_numbers = false;
  SaltArg salt = {};
  /// What a file says of the vocabulary that follows as an asset.
  std::optional<std::int64_t> vocabulary_size = {};
};

/// What StringLookup, IntegerLookup and TextVectorization share: tokens to indices and back.
///
/// The indices begin with the mask token (when there is one, and whole numbers are asked for), then
/// come those of tokens out of vocabulary, then the vocabulary.
///
/// Token    std::string or std::int64_t.
/// Errors   ValueError for arguments and vocabularies that contradict each other, StateError for a
///          call before there is a vocabulary; none opens with a name.
/// Threads  const methods from several threads.
/// Source   keras.src.layers.preprocessing.index_lookup.
template <class Token>
class IndexLookup {
 public:
  using View = TokenView<Token>;
  /// A category that counts nowhere: the mask, outside mode "int".
  static constexpr std::int64_t kMasked = -1;
  /// What category_of gives for a token that has no index.
  static constexpr std::int64_t kNoIndex = -2;

  explicit IndexLookup(const IndexLookupOptions<Token>& options);

  OutputMode mode() const { return mode_; }
  bool inverts() const { return options_.invert; }

  /// Replaces the vocabulary; with the special tokens in front or without. A file has a token a
  /// line and no special ones.
  void set_vocabulary(const BasicVocabularyArg<Token>& vocabulary,
                      const std::vector<double>& idf_weights = {});
  std::vector<Token> get_vocabulary(bool include_special_tokens = true) const;
  /// With the special tokens; those alone while there is no vocabulary.
  std::int64_t vocabulary_size() const;
  /// What shapes of outputs are made from: nothing before there is a vocabulary.
  std::optional<std::int64_t> frozen_size() const { return frozen_size_; }
  /// One for each position of the output; empty without mode tf_idf.
  const std::vector<float>& idf_weights() const { return idf_weights_; }
  /// Those of a file. Errors: ValueError for another number of them than the output has positions.
  void set_idf_weights(std::vector<float> weights);

  /// Finds the vocabulary in what was counted. Without any token nothing changes.
  void learn(const TokenCounts<Token>& counts);
  /// Errors: StateError when the vocabulary was given.
  void require_adaptable() const;

  /// What the config says: the vocabulary that was given as a list, or one that lines of a file
  /// cannot hold; else nothing, the vocabulary is an asset.
  BasicVocabularyArg<Token> config_vocabulary() const;
  std::vector<double> config_idf_weights() const;
  bool has_asset() const { return !config_vocabulary(); }
  /// A token a line, the special ones first; nothing when the config has the vocabulary.
  std::optional<std::string> asset() const;
  /// Takes the vocabulary of such a text. Errors: ValueError as set_vocabulary.
  void load_asset(std::string_view text);

  /// The length of an encoded axis, None before there is a vocabulary.
  std::int64_t depth() const;
  /// The category of a token: its index, or kMasked, or kNoIndex.
  std::int64_t category_of(View token) const;
  /// Throws the ValueError of a token that has none, at a row-major position of an input.
  [[noreturn]] static void refuse(View token, std::int64_t position, const Shape& shape);
  /// The token of an index; the oov_token for one that has none.
  const Token& token_of(std::int64_t index) const;
  /// Categories in the output mode: int64, float32 for tf_idf.
  Tensor encode(std::span<const std::int64_t> categories, const Shape& shape) const;
  /// Errors: StateError before there is a vocabulary.
  void require_vocabulary() const;

 private:
  std::int64_t oov_start() const;
  std::int64_t token_start() const { return oov_start() + options_.num_oov_indices; }
  std::vector<Token> special_tokens() const;
  void check_options() const;
  TokenTable<Token> checked_table(std::span<const Token> tokens) const;
  void check_size(std::int64_t tokens) const;
  std::size_t special_in_front(const std::vector<Token>& given) const;
  void install(std::span<const Token> tokens);
  void install_idf(std::vector<double> weights, bool with_special_tokens);
  std::int64_t out_of_vocabulary(View token) const;

  IndexLookupOptions<Token> options_;
  OutputMode mode_;
  TokenTable<Token> table_;  // without the special tokens
  bool is_ready_ = false;
  std::optional<std::int64_t> frozen_size_;
  std::vector<float> idf_weights_;
};

extern template class IndexLookup<std::string>;
extern template class IndexLookup<std::int64_t>;

}  // namespace antler
