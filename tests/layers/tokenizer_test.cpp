#include "antler/layers/tokenizer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/shape.h"
#include "tests/layers/layer_check.h"

namespace antler {
namespace {

using testing::message_of;
using Texts = std::vector<std::string>;

Texts tokens(const TokenRules& rules, const Texts& texts) {
  Tokenizer tokenizer(rules);
  const auto row = tokenizer.row(texts);
  return {row.begin(), row.end()};
}

TEST(Tokenizer, Standardizes) {
  const Texts text = {"A!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~b 0Z\xC3\x84"};
  EXPECT_EQ(tokens({"lower_and_strip_punctuation", nullptr, {}}, text), Texts{"ab 0z\xC3\x84"});
  EXPECT_EQ(tokens({"strip_punctuation", nullptr, {}}, text), Texts{"Ab 0Z\xC3\x84"});
  EXPECT_EQ(tokens({"lower", nullptr, {}}, {"A!Z"}), Texts{"a!z"});
  EXPECT_EQ(tokens({nullptr, nullptr, {}}, {"A!Z", "B"}), (Texts{"A!Z", "B"}));
  const auto twice = [](const std::string& s) { return s + s; };
  EXPECT_EQ(tokens({twice, nullptr, {}}, {"ab", "c"}), (Texts{"abab", "cc"}));
}

TEST(Tokenizer, SplitsAtAsciiSpace) {
  const TokenRules rules{nullptr, "whitespace", {}};
  EXPECT_EQ(tokens(rules, {" a\tb\n\v\fc\rd  "}), (Texts{"a", "b", "c", "d"}));
  EXPECT_EQ(tokens(rules, {"a\x1C\xC2\xA0"
                           "b"}),
            Texts{"a\x1C\xC2\xA0"
                  "b"});
  EXPECT_EQ(tokens(rules, {""}), Texts());
  EXPECT_EQ(tokens(rules, {" \n "}), Texts());
}

// The replacement characters are those that TensorFlow's unicode_split gives.
TEST(Tokenizer, SplitsIntoCharacters) {
  const std::string bad = "\xEF\xBF\xBD";
  const TokenRules rules{nullptr, "character", {}};
  const auto split = [&](const char* text) { return tokens(rules, {text}); };
  EXPECT_EQ(split("a \xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"),
            (Texts{"a", " ", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}));
  EXPECT_EQ(split("e\xCC\x81"), (Texts{"e", "\xCC\x81"}));
  EXPECT_EQ(split("a\xFF"
                  "b"),
            (Texts{"a", bad, "b"}));
  EXPECT_EQ(split("\xE4"
                  "a"),
            (Texts{bad, "a"}));
  EXPECT_EQ(split("\xF0\x9F\x98"), (Texts{bad}));
  EXPECT_EQ(split("\xE2\x82"
                  "a"),
            (Texts{bad, "a"}));
  EXPECT_EQ(split("\xED\xA0\x80"
                  "b"),
            (Texts{bad, bad, bad, "b"}));
  EXPECT_EQ(split("\xC0\xAF"), (Texts{bad, bad}));
  EXPECT_EQ(split("\xF4\x90\x80\x80"), (Texts{bad, bad, bad, bad}));
  EXPECT_EQ(split("\xF8\x88\x80\x80\x80"), (Texts{bad, bad, bad, bad, bad}));
}

TEST(Tokenizer, SplitsByAFunction) {
  const auto halves = [](const std::string& text) {
    return Texts{text.substr(0, text.size() / 2), text.substr(text.size() / 2)};
  };
  EXPECT_EQ(tokens({"lower", halves, {}}, {"ABCD"}), (Texts{"ab", "cd"}));
  EXPECT_EQ(tokens({"lower", halves, 2}, {"ABCD"}), (Texts{"ab", "cd", "ab cd"}));
}

TEST(Tokenizer, MakesNgrams) {
  const TokenRules rules{nullptr, "whitespace", {2, 1, 4}};
  EXPECT_EQ(tokens(rules, {"a b c"}), (Texts{"a b", "b c", "a", "b", "c"}));
  EXPECT_EQ(tokens(rules, {"a"}), Texts{"a"});
  EXPECT_EQ(tokens({nullptr, "whitespace", {2}}, {""}), Texts());
  EXPECT_EQ(tokens({nullptr, nullptr, 2}, {"", "x", ""}), (Texts{"", "x", "", " x", "x "}));
  EXPECT_EQ(rules.row_length(3), 5);
  EXPECT_EQ(rules.row_length(None), None);
  EXPECT_EQ(TokenRules({nullptr, nullptr, {}}).row_length(3), 3);
  EXPECT_EQ(message_of<ValueError>([] {
              Tokenizer({nullptr, nullptr, 0});
            }),
            "expected ngrams from 1 to 1000, got 0");
  EXPECT_EQ(message_of<ValueError>([] {
              Tokenizer({nullptr, nullptr, {1, 1001}});
            }),
            "expected ngrams from 1 to 1000, got 1001");
}

TEST(Tokenizer, KeepsNothingFromRowToRow) {
  Tokenizer tokenizer({"lower", "whitespace", 2});
  const Texts long_row = {"A LONG ROW OF TOKENS"}, short_row = {"X Y"};
  tokenizer.row(long_row);
  const auto row = tokenizer.row(short_row);
  EXPECT_EQ(Texts(row.begin(), row.end()), (Texts{"x", "y", "x y"}));
}

TEST(Tokenizer, NamesWhatItDoesNotKnow) {
  EXPECT_EQ(message_of<ValueError>([] { StandardizeArg("lowr"); }),
            "unknown standardize \"lowr\"; did you mean \"lower\"?");
  EXPECT_EQ(message_of<ValueError>([] { SplitArg("whitespaces"); }),
            "unknown split \"whitespaces\"; did you mean \"whitespace\"?");
}

}  // namespace
}  // namespace antler
