#include "tests/golden/case.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/core/error.h"

namespace antler::golden {
namespace {

Config tensor_config(Config::List shape, Config::List data) {
  return Config::map({{"shape", shape}, {"dtype", "float32"}, {"data", data}});
}

std::vector<std::string> comparison(const Tensor& got, const Tensor& expected) {
  Failures failures;
  failures.compare("grad", got, expected, 1e-4);
  return failures.texts();
}

TEST(Case, ReadsTensorsAndNumbers) {
  const Tensor tensor = read_tensor(tensor_config({1, 3}, {1.5, "NaN", "-Infinity"}));
  EXPECT_EQ(tensor.shape(), Shape({1, 3}));
  EXPECT_EQ(tensor.item<float>(0), 1.5f);
  EXPECT_TRUE(std::isnan(tensor.item<float>(1)));
  EXPECT_EQ(tensor.item<float>(2), -INFINITY);
  EXPECT_EQ(read_tensor("Infinity").item<float>(), INFINITY);
  EXPECT_EQ(read_tensor(2.5).shape(), Shape());
  const Config large = Config::map(
      {{"shape", Config::list()}, {"dtype", "int64"}, {"data", Config::List{9007199254740993}}});
  EXPECT_EQ(read_tensor(large).item<std::int64_t>(), 9007199254740993);
}

TEST(Case, RefusesOtherForms) {
  EXPECT_THROW(read_tensor("many"), Error);
  EXPECT_THROW(read_tensor(tensor_config({2}, {1})), Error);
  EXPECT_THROW(read_tensor(Config::map({{"shape", Config::list()}})), Error);
}

TEST(Case, NamesTheWorstElement) {
  const Tensor expected = {{1, 2, 3}, {4, 1000, 6}};
  EXPECT_TRUE(comparison(Tensor{{1, 2, 3.0002}, {4, 1000.09, 6}}, expected).empty());
  EXPECT_EQ(comparison(Tensor{{1, 2.002, 3.0027}, {4, 1000, 6}}, expected),
            std::vector<std::string>{"grad max error 1e-3 > 1e-4 at (0,1): 2.002000, expected "
                                     "2.000000"});
  EXPECT_EQ(comparison(Tensor{{1, 2, 3, 4, 5, 6}}, expected),
            std::vector<std::string>{"grad shape (1, 6), expected (2, 3)"});
}

TEST(Case, TellsNonFiniteNumbersApart) {
  const Tensor expected = {NAN, INFINITY, 1};
  EXPECT_TRUE(comparison(expected, expected).empty());
  EXPECT_EQ(comparison(Tensor{NAN, -INFINITY, 1}, expected).size(), 1u);
  EXPECT_EQ(comparison(Tensor{NAN, INFINITY, NAN}, expected).size(), 1u);
  EXPECT_EQ(comparison(Tensor{0, INFINITY, 1}, expected).size(), 1u);
}

TEST(Case, ReportsUnknownKeysAndErrors) {
  const Config golden_case = Config::map({{"x", 1}, {"y", 2}, {"newer", nullptr}});
  const auto texts = run_check(golden_case, [](const Config& c, Failures& failures) {
    failures.expect_keys(c, {"x"});
    c.at("z");
  });
  ASSERT_EQ(texts.size(), 2u);
  EXPECT_EQ(texts[0], "unknown key \"y\"");
}

}  // namespace
}  // namespace antler::golden
