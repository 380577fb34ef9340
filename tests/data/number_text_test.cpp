#include "antler/data/number_text.h"

#include <gtest/gtest.h>
#include <locale.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "antler/core/random.h"

namespace antler {
namespace {

TEST(NumberText, ReadsWhatStrtodReads) {
  for (const char* text : {"0",
                           "-0",
                           "1",
                           "+1",
                           "-1.5",
                           ".5",
                           "5.",
                           "1e5",
                           "1E-5",
                           "-2.5e+3",
                           "0.1",
                           "123456789.125",
                           "9007199254740991",
                           "9007199254740993",
                           "0.30000000000000004",
                           "1e22",
                           "1e23",
                           "1e-22",
                           "1e-23",
                           "1e308",
                           "1e309",
                           "4.9e-324",
                           "1e-400",
                           "1.7976931348623157e308",
                           "2.2250738585072011e-308",
                           "3.0512345678901234567890123456789",
                           "1e99999999999",
                           "123456789012345678901234567890",
                           "0.000000000000000000000000000001"}) {
    const auto number = parse_number(text);
    ASSERT_TRUE(number) << text;
    const double wanted = std::strtod(text, nullptr);
    EXPECT_EQ(*number, wanted) << text;
    EXPECT_EQ(std::signbit(*number), std::signbit(wanted)) << text;
  }
}

TEST(NumberText, RandomNumbersComeBackBitForBit) {
  const RandomStream random(1, 0, 0);
  for (std::uint64_t i = 0; i < 20000; ++i) {
    const double value =
        (random.uniform(2 * i) - 0.5) * std::pow(10.0, 40 * random.uniform(2 * i + 1) - 20);
    for (const char* format : {"%.17g", "%.7g", "%.3f", "%.12e"}) {
      char text[64];
      std::snprintf(text, sizeof text, format, value);
      ASSERT_EQ(parse_number(text), std::strtod(text, nullptr)) << text;
    }
  }
}

TEST(NumberText, ReadsNonFiniteWords) {
  for (const char* text : {"nan", "NaN", "-nan", "NAN"})
    EXPECT_TRUE(std::isnan(*parse_number(text)));
  for (const char* text : {"inf", "Inf", "+INF", "infinity"})
    EXPECT_EQ(parse_number(text), INFINITY);
  EXPECT_EQ(parse_number("-Infinity"), -INFINITY);
}

TEST(NumberText, RefusesAllElse) {
  for (const char* text :
       {"",   " ",  "-",    "+",   ".",    "e5",    "1e",         "1e+", "1.2.3", "1,5",  "0x10",
        "1 ", " 1", "1e5x", "--1", "NaNs", "1_000", "12-03-2020", "in",  "NA",    "1e5.5"}) {
    EXPECT_FALSE(parse_number(text)) << '"' << text << '"';
  }
}

TEST(NumberText, TrimsBlanksAndTabs) {
  EXPECT_EQ(trimmed(" \t a b\t "), "a b");
  EXPECT_EQ(trimmed(" \t "), "");
  EXPECT_EQ(trimmed(""), "");
}

}  // namespace
}  // namespace antler
