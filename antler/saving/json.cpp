#include "antler/saving/json.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>
#include <utility>
#include <vector>

#include "antler/core/error.h"
#include "antler/saving/utf8.h"

namespace antler {
namespace {

constexpr int kMaxDepth = 200;
constexpr std::size_t kMaxBytes = std::size_t{64} << 20;

class Parser {
 public:
  Parser(std::string_view text, const std::string& what) : text_(text), what_(what) {}

  Config document() {
    if (text_.size() > kMaxBytes) fail(0, "at most 64 MiB", std::to_string(text_.size()));
    skip_space();
    Config out = value(0);
    skip_space();
    if (!at_end()) fail_here("the end of the text");
    return out;
  }

 private:
  bool at_end() const { return position_ == text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[position_]; }

  [[noreturn]] void fail(std::size_t position, const std::string& expected,
                         const std::string& got) const {
    const std::string_view before = text_.substr(0, position);
    const std::size_t line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t newline = before.rfind('\n');
    const std::size_t column =
        newline == std::string_view::npos ? position + 1 : position - newline;
    throw FileError(what_ + ": expected " + expected + " at line " + std::to_string(line) +
                    ", column " + std::to_string(column) + ", got " + got +
                    "; is the file whole, and JSON?");
  }

  [[noreturn]] void fail_here(const std::string& expected) const {
    if (at_end()) fail(position_, expected, "the end of the text");
    const auto byte = static_cast<unsigned char>(text_[position_]);
    if (byte > 0x20 && byte < 0x7F) fail(position_, expected, std::string("'") + peek() + "'");
    fail(position_, expected, "byte " + std::to_string(byte));
  }

  void skip_space() {
    while (!at_end() && std::string_view(" \t\r\n").find(peek()) != std::string_view::npos) {
      ++position_;
    }
  }

  bool skip_word(std::string_view word) {
    if (text_.substr(position_, word.size()) != word) return false;
    position_ += word.size();
    return true;
  }

  void expect(char wanted) {
    if (peek() != wanted) fail_here(std::string("'") + wanted + "'");
    ++position_;
  }

  Config value(int depth) {
    if (depth > kMaxDepth) fail(position_, "at most 200 levels of lists and objects", "more");
    switch (peek()) {
      case '{':
        return object(depth);
      case '[':
        return list(depth);
      case '"':
        return string();
      default:
        break;
    }
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (skip_word("null")) return Config();
    if (skip_word("true")) return true;
    if (skip_word("false")) return false;
    if (skip_word("NaN")) return std::numeric_limits<double>::quiet_NaN();
    if (skip_word("Infinity")) return kInfinity;
    if (skip_word("-Infinity")) return -kInfinity;
    return number();
  }

  Config list(int depth) {
    Config::List elements;
    ++position_;
    skip_space();
    while (peek() != ']' || !elements.empty()) {
      elements.push_back(value(depth + 1));
      skip_space();
      if (peek() == ']') break;
      expect(',');
      skip_space();
    }
    ++position_;
    return elements;
  }

  Config object(int depth) {
    const std::size_t start = position_;
    Config::Map entries;
    ++position_;
    skip_space();
    while (peek() != '}' || !entries.empty()) {
      if (peek() != '"') fail_here("a key in quotes");
      std::string key = string();
      skip_space();
      expect(':');
      skip_space();
      entries.emplace_back(std::move(key), value(depth + 1));
      skip_space();
      if (peek() == '}') break;
      expect(',');
      skip_space();
    }
    ++position_;
    require_distinct_keys(entries, start);
    return Config::map(std::move(entries));
  }

  // Sorted, because a hostile file may hold a million keys.
  void require_distinct_keys(const Config::Map& entries, std::size_t start) const {
    std::vector<std::string_view> keys;
    keys.reserve(entries.size());
    for (const Config::Entry& entry : entries) keys.push_back(entry.first);
    std::sort(keys.begin(), keys.end());
    const auto twice = std::adjacent_find(keys.begin(), keys.end());
    if (twice != keys.end()) {
      fail(start, "an object with distinct keys", "\"" + std::string(*twice) + "\" twice");
    }
  }

  std::string string() {
    std::string out;
    ++position_;
    while (peek() != '"') {
      if (at_end() || static_cast<unsigned char>(peek()) < 0x20) fail_here("the closing quote");
      if (peek() == '\\') {
        escape(out);
        continue;
      }
      const std::size_t start = position_;
      if (decode_utf8(text_, position_) == kNotUtf8) fail_here("UTF-8");
      out.append(text_.substr(start, position_ - start));
    }
    ++position_;
    return out;
  }

  void escape(std::string& out) {
    ++position_;
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const std::size_t index = at_end() ? std::string_view::npos : kLetters.find(peek());
    if (index != std::string_view::npos) {
      out += kMeanings[index];
      ++position_;
      return;
    }
    const std::size_t start = position_;
    std::uint32_t character = escaped_unit();
    if (character >= 0xD800 && character < 0xDC00 && peek() == '\\') {
      ++position_;
      const std::uint32_t low = escaped_unit();
      if (low < 0xDC00 || low > 0xDFFF) fail(start, "a surrogate pair", "half of one");
      character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
    } else if (character >= 0xD800 && character < 0xE000) {
      fail(start, "a surrogate pair", "half of one");
    }
    append_utf8(out, character);
  }

  // uXXXX, behind a backslash.
  std::uint32_t escaped_unit() {
    if (peek() != 'u') fail_here("an escape: one of \" \\ / b f n r t u");
    ++position_;
    std::uint32_t unit = 0;
    const std::string_view digits = text_.substr(position_, 4);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
    if (error != std::errc() || digits.size() < 4 || end != digits.data() + 4) {
      fail_here("four hexadecimal digits");
    }
    position_ += 4;
    return unit;
  }

  Config number() {
    const std::size_t start = position_;
    if (peek() == '-') ++position_;
    if (peek() == '0') {
      ++position_;
    } else {
      digits("a value");
    }
    bool whole = true;
    if (peek() == '.') {
      ++position_;
      digits("a digit");
      whole = false;
    }
    if (peek() == 'e' || peek() == 'E') {
      ++position_;
      if (peek() == '+' || peek() == '-') ++position_;
      digits("a digit");
      whole = false;
    }
    return whole_or_real(text_.substr(start, position_ - start), whole);
  }

  void digits(const char* expected) {
    if (peek() < '0' || peek() > '9') fail_here(expected);
    while (peek() >= '0' && peek() <= '9') ++position_;
  }

  static Config whole_or_real(std::string_view token, bool whole) {
    const char* end = token.data() + token.size();
    std::int64_t integer = 0;
    if (whole && std::from_chars(token.data(), end, integer).ec == std::errc()) return integer;
    double real = 0;
    if (std::from_chars(token.data(), end, real).ec == std::errc()) return real;
    // Out of range. Python gives infinity, or zero when the digits are behind many zeros.
    const std::size_t exponent = token.find_first_of("eE");
    const bool tiny =
        exponent != std::string_view::npos ? token[exponent + 1] == '-' : token.find('.') < 3;
    real = tiny ? 0.0 : std::numeric_limits<double>::infinity();
    return token.front() == '-' ? -real : real;
  }

  std::string_view text_;
  const std::string& what_;
  std::size_t position_ = 0;
};

}  // namespace

Config parse_json(std::string_view text, const std::string& what) {
  return Parser(text, what).document();
}

}  // namespace antler
