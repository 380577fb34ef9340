#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "antler/layers/text_args.h"

namespace antler {

/// How TextVectorization makes tokens of texts.
struct TokenRules {
  StandardizeArg standardize;
  SplitArg split;
  NgramsArg ngrams;

  /// Whether one text makes a row of tokens; else each text is a token of its row.
  bool splits() const { return split.kind() != SplitArg::Kind::none; }
  /// The n-grams of a row of `tokens`, which may be None.
  std::int64_t row_length(std::int64_t tokens) const;
};

/// Makes tokens row by row, in memory that it keeps from row to row.
class Tokenizer {
 public:
  /// Errors: ValueError for n-grams below 1.
  explicit Tokenizer(TokenRules rules);

  /// The tokens of a row: of its one text when the rules split, else a token a text. Valid until
  /// the next call, and while `texts` are there.
  std::span<const std::string_view> row(std::span<const std::string> texts);

 private:
  std::string_view standardized(const std::string& text);
  void split(std::string_view text);
  void make_ngrams();

  TokenRules rules_;
  std::vector<std::int64_t> lengths_;
  std::vector<std::string> texts_;  // standardized
  std::size_t used_ = 0;            // of texts_
  std::vector<std::string> own_tokens_;
  std::vector<std::string_view> tokens_, ngrams_;
  std::string joined_;
};

}  // namespace antler
