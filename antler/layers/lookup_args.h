#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "antler/core/config.h"

// The arguments of the lookup layers that Keras takes in more than one form.
namespace antler {

/// A vocabulary: tokens, {"a", "b"} or a vector of them, or the path of a file with a token a line;
/// empty by default. Token is std::string or std::int64_t.
template <class Token>
class BasicVocabularyArg {
 public:
  BasicVocabularyArg() = default;
  BasicVocabularyArg(std::initializer_list<Token> tokens);
  BasicVocabularyArg(std::initializer_list<const char*> tokens)
    requires std::is_same_v<Token, std::string>;
  BasicVocabularyArg(std::vector<Token> tokens);
  BasicVocabularyArg(const char* path);
  BasicVocabularyArg(std::string path);

  explicit operator bool() const { return is_given_; }
  bool is_file() const { return path_.has_value(); }
  const std::string& path() const { return *path_; }
  const std::vector<Token>& tokens() const { return tokens_; }

 private:
  bool is_given_ = false;
  std::vector<Token> tokens_;
  std::optional<std::string> path_;
};

using VocabularyArg = BasicVocabularyArg<std::string>;
using IntegerVocabularyArg = BasicVocabularyArg<std::int64_t>;

/// A list, or null when it is empty or a file: the tokens of a file are saved as an asset.
Config to_config(const VocabularyArg& vocabulary);
Config to_config(const IntegerVocabularyArg& vocabulary);
/// A list or null; a path, as Keras refuses it too: a file must not name other files.
void from_config(const Config& config, VocabularyArg& vocabulary);
void from_config(const Config& config, IntegerVocabularyArg& vocabulary);

/// The key of a salted hash: one number for both halves, {1, 2}, or none.
class SaltArg {
 public:
  SaltArg() = default;
  SaltArg(std::int64_t both) : SaltArg(both, both) {}
  SaltArg(std::int64_t first, std::int64_t second) : is_given_(true), key_{first, second} {}

  explicit operator bool() const { return is_given_; }
  /// The bin of a text, of `bins` many: by SipHash under the salt, by FarmHash when there is none.
  std::int64_t bin_of(std::string_view text, std::int64_t bins) const;
  const std::array<std::int64_t, 2>& key() const { return key_; }

 private:
  bool is_given_ = false;
  std::array<std::int64_t, 2> key_ = {};
};

/// A list of two, or null.
Config to_config(const SaltArg& salt);
void from_config(const Config& config, SaltArg& salt);

/// A token of either kind: "text", a number, or none.
class TokenArg {
 public:
  TokenArg() = default;
  TokenArg(const char* text);
  TokenArg(std::string text);
  template <class T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
  TokenArg(T number) : number_(static_cast<std::int64_t>(number)) {}

  explicit operator bool() const { return text_.has_value() || number_.has_value(); }
  const std::optional<std::string>& text() const { return text_; }
  const std::optional<std::int64_t>& number() const { return number_; }

 private:
  std::optional<std::string> text_;
  std::optional<std::int64_t> number_;
};

Config to_config(const TokenArg& token);
void from_config(const Config& config, TokenArg& token);

}  // namespace antler
