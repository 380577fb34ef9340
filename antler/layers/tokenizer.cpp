#include "antler/layers/tokenizer.h"

#include <algorithm>
#include <utility>

#include "antler/core/shape.h"

namespace antler {
namespace {

// The character of what is no UTF-8.
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Punctuation is all of printable ASCII but letters and digits.
bool is_punctuation(char c) {
  return (c > ' ' && c < '0') || (c > '9' && c < 'A') || (c > 'Z' && c < 'a') ||
         (c > 'z' && c < 0x7F);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// The bytes that a character of this lead byte has, 0 for one that leads none; its second byte lies
// in [low, high], the others in [0x80, 0xBF].
struct Lead {
  std::size_t size = 0;
  unsigned char low = 0x80, high = 0xBF;
};

Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1};
  if (byte < 0xC2 || byte > 0xF4) return {};
  if (byte < 0xE0) return {2};
  if (byte < 0xF0) {
    return {3, static_cast<unsigned char>(byte == 0xE0 ? 0xA0 : 0x80),
            static_cast<unsigned char>(byte == 0xED ? 0x9F : 0xBF)};
  }
  return {4, static_cast<unsigned char>(byte == 0xF0 ? 0x90 : 0x80),
          static_cast<unsigned char>(byte == 0xF4 ? 0x8F : 0xBF)};
}

// As Unicode (chapter 3, table 3-8) and Keras do it: what begins like a character and is none is
// one replacement character, as far as it goes.
std::string_view next_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const Lead lead = lead_of(byte(0));
  std::size_t size = 1;
  while (size < lead.size && size < text.size() && byte(size) >= (size == 1 ? lead.low : 0x80) &&
         byte(size) <= (size == 1 ? lead.high : 0xBF)) {
    ++size;
  }
  const std::string_view character = size == lead.size ? text.substr(0, size) : kReplacement;
  text.remove_prefix(size);
  return character;
}

}  // namespace

std::int64_t TokenRules::row_length(std::int64_t tokens) const {
  if (ngrams.is_none() || tokens == None) return tokens;
  std::int64_t total = 0;
  for (const std::int64_t length : ngrams.all_lengths()) {
    total += std::max<std::int64_t>(tokens - length + 1, 0);
  }
  return total;
}

Tokenizer::Tokenizer(TokenRules rules)
    : rules_(std::move(rules)), lengths_(rules_.ngrams.all_lengths()) {}

std::span<const std::string_view> Tokenizer::row(std::span<const std::string> texts) {
  tokens_.clear();
  used_ = 0;
  if (texts_.size() < texts.size()) texts_.resize(texts.size());
  for (const std::string& text : texts) split(standardized(text));
  if (rules_.ngrams.is_none()) return tokens_;
  make_ngrams();
  return ngrams_;
}

std::string_view Tokenizer::standardized(const std::string& text) {
  const StandardizeArg& how = rules_.standardize;
  if (!how.function() && !how.lowers() && !how.strips()) return text;
  std::string& out = texts_[used_++];
  if (how.function()) return out = how.function()(text);
  out.clear();
  for (const char c : text) {
    if (how.strips() && is_punctuation(c)) continue;
    out += how.lowers() ? lower(c) : c;
  }
  return out;
}

void Tokenizer::split(std::string_view text) {
  switch (rules_.split.kind()) {
    case SplitArg::Kind::none:
      tokens_.push_back(text);
      return;
    case SplitArg::Kind::character:
      while (!text.empty()) tokens_.push_back(next_character(text));
      return;
    case SplitArg::Kind::function:
      own_tokens_ = rules_.split.function()(std::string(text));
      tokens_.assign(own_tokens_.begin(), own_tokens_.end());
      return;
    case SplitArg::Kind::whitespace:
      break;
  }
  const char* const end = text.data() + text.size();
  for (const char* c = text.data(); c != end;) {
    const char* const first = std::find_if_not(c, end, is_space);
    c = std::find_if(first, end, is_space);
    if (c != first) tokens_.emplace_back(first, static_cast<std::size_t>(c - first));
  }
}

// All of them in one string, which must not move: its size is known before.
void Tokenizer::make_ngrams() {
  ngrams_.clear();
  joined_.clear();
  std::size_t size = 0;
  const std::size_t count = tokens_.size();
  const auto each = [&](const auto& visit) {
    for (const std::int64_t length : lengths_) {
      const auto n = static_cast<std::size_t>(length);
      for (std::size_t first = 0; n <= count && first <= count - n; ++first) {
        visit(std::span(tokens_).subspan(first, n));
      }
    }
  };
  each([&](std::span<const std::string_view> run) {
    for (const std::string_view token : run) size += token.size() + 1;
  });
  joined_.reserve(size);
  each([&](std::span<const std::string_view> run) {
    const std::size_t begin = joined_.size();
    for (const std::string_view token : run) {
      joined_ += token;
      joined_ += ' ';
    }
    ngrams_.emplace_back(joined_.data() + begin, joined_.size() - begin - 1);
  });
}

}  // namespace antler
