#include "antler/core/flat_map.h"

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace antler {
namespace {

std::vector<std::string> keys_of(const FlatMap<std::string, int>& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  return keys;
}

TEST(FlatMap, KeepsTheOrderOfTheKeys) {
  FlatMap<std::string, int> map = {{"two", 2}, {"one", 1}};
  map["three"] = 3;
  EXPECT_EQ(keys_of(map), (std::vector<std::string>{"one", "three", "two"}));
  EXPECT_EQ(map.size(), 3U);
  EXPECT_EQ(map, (FlatMap<std::string, int>{{"three", 3}, {"two", 2}, {"one", 1}}));
  EXPECT_FALSE(map == (FlatMap<std::string, int>{{"three", 4}, {"two", 2}, {"one", 1}}));
}

TEST(FlatMap, FindsByKey) {
  const FlatMap<std::string, int> map = {{"two", 2}, {"one", 1}};
  EXPECT_EQ(map.at("two"), 2);
  EXPECT_EQ(map.find("one")->second, 1);
  EXPECT_TRUE(map.contains("one"));
  EXPECT_FALSE(map.contains("four"));
  EXPECT_EQ(map.find("four"), map.end());
  EXPECT_THROW(map.at("four"), std::out_of_range);
  EXPECT_TRUE((FlatMap<int, int>().empty()));
}

TEST(FlatMap, TheFirstOfAKeyCounts) {
  FlatMap<int, double> map = {{3, 0.5}, {3, 0.25}};
  EXPECT_EQ(map.size(), 1U);
  EXPECT_EQ(map.at(3), 0.5);
  EXPECT_FALSE(map.try_emplace(3, 1.0).second);
  EXPECT_TRUE(map.try_emplace(2, 1.0).second);
  EXPECT_EQ(map[3], 0.5);
  EXPECT_EQ(map[2], 1.0);
  EXPECT_EQ(map[7], 0.0);
}

TEST(FlatMap, TakesAStandardMap) {
  const std::map<int, double> weights = {{5, 0.5}, {-1, 2.0}};
  const FlatMap<int, double> map = weights;
  EXPECT_EQ(map, (FlatMap<int, double>{{-1, 2.0}, {5, 0.5}}));
}

}  // namespace
}  // namespace antler
