#include "antler/core/config.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/core/error.h"
#include "antler/core/named_only.h"
#include "antler/core/options.h"
#include "antler/core/serialized.h"
#include "antler/core/suggest.h"

namespace antler {
namespace {

TEST(Config, KeepsOrderAndKinds) {
  Config c = Config::map({{"b", 1}, {"a", 2.5}, {"c", nullptr}});
  c.set("d", Config(std::vector<int>{1, 2}));
  c.set("b", "two");
  EXPECT_EQ(c.to_string(), R"({"b": "two", "a": 2.5, "c": null, "d": [1, 2]})");
  EXPECT_TRUE(c.at("c").is_null());
  EXPECT_TRUE(c.at("d")[0].is_integer());
  EXPECT_FALSE(c.at("a").is_integer());
}

TEST(Config, RealsReadBackAndSayThatTheyAreReal) {
  EXPECT_EQ(Config(1.0).to_string(), "1.0");
  EXPECT_EQ(Config(0.1).to_string(), "0.1");
  EXPECT_EQ(Config(1e-7).to_string(), "1e-07");
  EXPECT_EQ(Config(INFINITY).to_string(), "Infinity");
  EXPECT_EQ(Config(3).to_string(), "3");
}

TEST(Config, WrongKindsAreNamed) {
  try {
    Config("x").as_number();
    FAIL();
  } catch (const TypeError& e) {
    EXPECT_STREQ(e.what(), "expected a number, got the string \"x\"");
  }
  EXPECT_EQ(Config(4.0).as_integer(), 4);
  EXPECT_THROW(Config(4.5).as_integer(), TypeError);
  EXPECT_THROW(Config(true).as_integer(), TypeError);
}

TEST(Config, MissingKeysSuggestTheNearest) {
  const Config c = Config::map({{"units", 3}, {"activation", "relu"}});
  try {
    c.at("unit");
    FAIL();
  } catch (const ValueError& e) {
    EXPECT_STREQ(e.what(), "unknown key \"unit\"; did you mean \"units\"?");
  }
}

struct SampleOptions {
  NamedOnly named_only = NamedOnly();
  double rate = 0.5;
  std::optional<std::int64_t> seed = {};
  Shape shape = {};
  std::string name = {};
  static void visit(auto& self, auto&& field) {
    field("rate", self.rate);
    field("seed", self.seed);
    field("shape", self.shape);
    field("name", self.name);
  }
};

TEST(Options, GoToConfigAndBack) {
  const Config config = options_to_config(SampleOptions{.rate = 0.25, .shape = {None, 3}});
  EXPECT_EQ(config.to_string(), R"({"rate": 0.25, "seed": null, "shape": [null, 3], "name": ""})");
  SampleOptions read;
  options_from_config("sample", config, read);
  EXPECT_EQ(options_to_config(read), config);
}

TEST(Options, UnknownKeysAreErrorsUnlessNull) {
  SampleOptions options;
  options_from_config("sample", Config::map({{"newer", nullptr}}), options);
  try {
    options_from_config("sample", Config::map({{"rte", 1}}), options);
    FAIL();
  } catch (const ValueError& e) {
    EXPECT_STREQ(e.what(), "sample: unknown key \"rte\"; did you mean \"rate\"?");
  }
  try {
    options_from_config("sample", Config::map({{"rate", "fast"}}), options);
    FAIL();
  } catch (const TypeError& e) {
    EXPECT_STREQ(e.what(), "sample: \"rate\": expected a number, got the string \"fast\"");
  }
}

TEST(SnakeCase, IsKerasRule) {
  EXPECT_EQ(snake_case("Dense"), "dense");
  EXPECT_EQ(snake_case("MaxPooling2D"), "max_pooling2d");
  EXPECT_EQ(snake_case("ReLU"), "re_lu");
  EXPECT_EQ(snake_case("PReLU"), "p_re_lu");
  EXPECT_EQ(snake_case("RMSprop"), "rm_sprop");
  EXPECT_EQ(snake_case("GRU"), "gru");
  EXPECT_EQ(snake_case("BatchNormalization"), "batch_normalization");
}

TEST(UnknownName, ListsAllWhenNoneIsNear) {
  EXPECT_EQ(unknown_name("loss", "zzzzzz", {"mse", "mae"}),
            "unknown loss \"zzzzzz\"; known are mse, mae");
}

}  // namespace
}  // namespace antler
