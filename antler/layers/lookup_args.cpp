#include "antler/layers/lookup_args.h"

#include "antler/core/error.h"
#include "antler/core/fingerprint.h"
#include "antler/core/options.h"

namespace antler {
namespace {

template <class Token>
Config list_of(const BasicVocabularyArg<Token>& vocabulary) {
  return vocabulary && !vocabulary.is_file() ? Config(vocabulary.tokens()) : Config();
}

template <class Token>
void read_list(const Config& config, BasicVocabularyArg<Token>& vocabulary) {
  vocabulary = BasicVocabularyArg<Token>();
  if (config.is_null()) return;
  if (config.is_string()) {
    throw ValueError("expected a list of tokens, got the path \"" + config.as_string() +
                     "\"; a file must not name other files: set_vocabulary() reads one");
  }
  std::vector<Token> tokens;
  from_config(config, tokens);
  vocabulary = BasicVocabularyArg<Token>(std::move(tokens));
}

}  // namespace

template <class Token>
BasicVocabularyArg<Token>::BasicVocabularyArg(std::initializer_list<Token> tokens)
    : is_given_(true), tokens_(tokens) {}
template <class Token>
BasicVocabularyArg<Token>::BasicVocabularyArg(std::initializer_list<const char*> tokens)
  requires std::is_same_v<Token, std::string>
    : is_given_(true) {
  // clang 14 instantiates it below for numbers too.
  if constexpr (std::is_same_v<Token, std::string>) tokens_.assign(tokens.begin(), tokens.end());
}
template <class Token>
BasicVocabularyArg<Token>::BasicVocabularyArg(std::vector<Token> tokens)
    : is_given_(true), tokens_(std::move(tokens)) {}
template <class Token>
BasicVocabularyArg<Token>::BasicVocabularyArg(const char* path) : is_given_(true), path_(path) {}
template <class Token>
BasicVocabularyArg<Token>::BasicVocabularyArg(std::string path)
    : is_given_(true), path_(std::move(path)) {}
template class BasicVocabularyArg<std::string>;
template class BasicVocabularyArg<std::int64_t>;

TokenArg::TokenArg(const char* text) : text_(text) {}
TokenArg::TokenArg(std::string text) : text_(std::move(text)) {}

Config to_config(const VocabularyArg& vocabulary) { return list_of(vocabulary); }
Config to_config(const IntegerVocabularyArg& vocabulary) { return list_of(vocabulary); }
void from_config(const Config& config, VocabularyArg& vocabulary) { read_list(config, vocabulary); }
void from_config(const Config& config, IntegerVocabularyArg& vocabulary) {
  read_list(config, vocabulary);
}

std::int64_t SaltArg::bin_of(std::string_view text, std::int64_t bins) const {
  const std::uint64_t hash = is_given_ ? keyed_hash64(text, static_cast<std::uint64_t>(key_[0]),
                                                      static_cast<std::uint64_t>(key_[1]))
                                       : fingerprint64(text);
  return static_cast<std::int64_t>(hash % static_cast<std::uint64_t>(bins));
}

Config to_config(const SaltArg& salt) {
  return salt ? Config(Config::List{salt.key()[0], salt.key()[1]}) : Config();
}

void from_config(const Config& config, SaltArg& salt) {
  if (config.is_null()) {
    salt = {};
  } else if (!config.is_list()) {
    salt = config.as_integer();
  } else if (config.size() == 2) {
    salt = {config[0].as_integer(), config[1].as_integer()};
  } else {
    throw ValueError("expected a number or two, got " + config.to_string());
  }
}

Config to_config(const TokenArg& token) {
  return token.text() ? Config(*token.text()) : to_config(token.number());
}

void from_config(const Config& config, TokenArg& token) {
  if (config.is_null()) {
    token = {};
  } else if (config.is_string()) {
    token = config.as_string();
  } else {
    token = config.as_integer();
  }
}

}  // namespace antler
