#include "antler/saving/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string>

#include "antler/core/error.h"

namespace antler {
namespace {

Config parse(std::string_view text) { return parse_json(text, "m.keras: config.json"); }

std::string error_of(std::string_view text) {
  try {
    parse(text);
  } catch (const FileError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Json, KeepsKindsAndOrder) {
  const Config value = parse(R"( {"z": [1, 1.0, -2e0, null], "a": {"t": true, "f": false}} )");
  EXPECT_TRUE(value.at("z")[0].is_integer());
  EXPECT_FALSE(value.at("z")[1].is_integer());
  EXPECT_FALSE(value.at("z")[2].is_integer());
  EXPECT_TRUE(value.at("z")[3].is_null());
  EXPECT_TRUE(value.at("a").at("t").as_bool());
  EXPECT_EQ(value.as_map()[0].first, "z");
  EXPECT_EQ(to_json(value), R"({"z": [1, 1.0, -2.0, null], "a": {"t": true, "f": false}})");
}

TEST(Json, ReadsAndWritesPythonsNonFiniteNumbers) {
  const Config value = parse("[NaN, Infinity, -Infinity, \"NaN\"]");
  EXPECT_TRUE(std::isnan(value[0].as_number()));
  EXPECT_EQ(value[1].as_number(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(value[2].as_number(), -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(value[3].is_string());
  EXPECT_EQ(to_json(value), "[NaN, Infinity, -Infinity, \"NaN\"]");
}

TEST(Json, NumbersAtTheirLimits) {
  EXPECT_EQ(parse("9223372036854775807").as_integer(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse("-9223372036854775808").as_integer(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(parse("9223372036854775808").as_number(), 9223372036854775808.0);
  EXPECT_EQ(parse("1e400").as_number(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(parse("-1e400").as_number(), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(parse("1e-400").as_number(), 0.0);
  EXPECT_EQ(parse("5e-324").as_number(), 5e-324);
}

// Left: what Python's json.dumps prints for it.
TEST(Json, WritesRealsAsPython) {
  const struct {
    const char* text;
    double value;
  } kRows[] = {{"0.009999999776482582", 0.01f},
               {"1e-07", 1e-7},
               {"0.0001", 1e-4},
               {"9.999e-05", 9.999e-5},
               {"1000000000000000.0", 1e15},
               {"9007199254740992.0", 9007199254740992.0},
               {"1e+16", 1e16},
               {"1.7976931348623157e+308", 1.7976931348623157e308},
               {"-0.0", -0.0},
               {"0.1", 0.1},
               {"5e-324", 5e-324}};
  for (const auto& row : kRows) EXPECT_EQ(to_json(Config(row.value)), row.text);
}

TEST(Json, AnyRealReadsBackBitForBit) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    const double again = parse(to_json(Config(value))).as_number();
    ASSERT_EQ(std::memcmp(&again, &value, sizeof value), 0) << to_json(Config(value));
  }
}

TEST(Json, Strings) {
  const Config value = parse("\"\\u00e4\xC3\xA4\\ud83d\\ude00\\n\\/\\u0000\"");
  EXPECT_EQ(value.as_string(), std::string("\xC3\xA4\xC3\xA4\xF0\x9F\x98\x80\n/\0", 11));
  EXPECT_EQ(to_json(value), "\"\\u00e4\\u00e4\\ud83d\\ude00\\n/\\u0000\"");
  EXPECT_EQ(to_json(Config("\x7F")), "\"\\u007f\"");
  EXPECT_THROW(to_json(Config("\xFF")), ValueError);
}

TEST(Json, IndentsAsPython) {
  EXPECT_EQ(to_json(parse(R"({"a": [1, {}], "b": []})"), 2),
            "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
}

TEST(Json, ErrorsNameTheFileAndThePlace) {
  EXPECT_EQ(error_of("{\"a\": 1,\n \"b\" 2}"),
            "m.keras: config.json: expected ':' at line 2, column 6, got '2'; is the file whole, "
            "and JSON?");
  EXPECT_EQ(error_of("[1, 2"),
            "m.keras: config.json: expected ',' at line 1, column 6, got the end of the text; is "
            "the file whole, and JSON?");
}

TEST(Json, RefusesWhatIsNotJson) {
  const char* kTexts[] = {"",
                          " ",
                          "nul",
                          "[1,]",
                          "{\"a\":1,}",
                          "{a: 1}",
                          "01",
                          "1.",
                          ".5",
                          "+1",
                          "-",
                          "1e",
                          "'a'",
                          "\"a",
                          "\"\\x\"",
                          "\"\\u12\"",
                          "\"\n\"",
                          "\"\xC0\x80\"",
                          "\"\xFF",
                          "[1] [2]",
                          "\"\\ud800\"",
                          "\"\\udc00\"",
                          "\"\xED\xA0\x80\"",
                          "--1",
                          "{\"a\": 1, \"a\": 2}",
                          "\"\\ud800\\u0041\"",
                          "Nan",
                          "-NaN"};
  for (const char* text : kTexts) EXPECT_THROW(parse(text), FileError) << text;
}

TEST(Json, BoundsTheDepth) {
  const auto nested = [](int n) { return std::string(n, '[') + std::string(n, ']'); };
  EXPECT_NO_THROW(parse(nested(200)));
  EXPECT_THROW(parse(nested(202)), FileError);
  EXPECT_THROW(parse(std::string(1'000'000, '[')), FileError);
}

TEST(Json, EveryPrefixIsRefused) {
  const std::string text = R"({"a": [1.5, "\u00e4", {"b": null}], "c": -3})";
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_THROW(parse(std::string_view(text).substr(0, size)), FileError) << size;
  }
  EXPECT_EQ(to_json(parse(text)), text);
}

}  // namespace
}  // namespace antler
