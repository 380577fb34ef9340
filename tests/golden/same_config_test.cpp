#include "tests/golden/same_config.h"

#include <gtest/gtest.h>

#include "antler/saving/json.h"

namespace antler::golden {
namespace {

std::vector<std::string> differences(const std::string& written, const std::string& keras) {
  return config_differences(parse_json(written, "written"), parse_json(keras, "keras"));
}

constexpr const char* kPolicy = R"({"class_name": "DTypePolicy", "config": {"name": "float32"}})";

TEST(SameConfig, FormsOfTheSame) {
  EXPECT_EQ(differences("{}", "{}"), std::vector<std::string>());
  EXPECT_EQ(differences(R"({"units": 3, "rate": 1})", R"({"units": 3, "rate": 1.0})"),
            std::vector<std::string>());
  EXPECT_EQ(differences(R"({"axes": []})", R"({"axes": null, "sparse": false, "clips": {}})"),
            std::vector<std::string>());
  EXPECT_EQ(differences(R"({"dtype": "float32"})", std::string(R"({"dtype": )") + kPolicy + "}"),
            std::vector<std::string>());
  EXPECT_EQ(differences(R"({"l": {"class_name": "L2", "config": {"l2": 0.5}}})",
                        R"({"l": {"module": "keras", "class_name": "L2", "config": {"l2": 0.5}}})"),
            std::vector<std::string>());
  EXPECT_EQ(differences(R"({"axis": -1, "reduction": "sum_over_batch_size"})",
                        R"({"axis": [-1], "reduction": "mean", "dtype": "float32"})"),
            std::vector<std::string>());
  EXPECT_EQ(
      differences(R"({"weights": [1.0, 2.0]})",
                  R"({"weights": {"class_name": "__tensor__", "config": {"value": [1, 2]}}})"),
      std::vector<std::string>());
  EXPECT_EQ(differences(R"({"more": 1})", "{}"), std::vector<std::string>());
  EXPECT_EQ(differences(R"({"l": {"config": {"gain": 1.0}}})", R"({"l": {"config": {}}})"),
            std::vector<std::string>());
}

// A list of one may hold an object, or nothing.
TEST(SameConfig, ListsOfOne) {
  const std::string keras =
      std::string(R"({"cells": [{"class_name": "GRUCell", "config": {"dtype": )") + kPolicy +
      "}}]}";
  const auto cells = [](const char* dtype) {
    return std::string(R"({"cells": [{"class_name": "GRUCell", "config": {"dtype": ")") + dtype +
           "\"}}]}";
  };
  EXPECT_EQ(differences(cells("float32"), keras), std::vector<std::string>());
  EXPECT_EQ(differences(cells("float64"), keras).size(), 1U);
  EXPECT_EQ(differences(R"({"output_shape": [null]})", R"({"output_shape": [null]})"),
            std::vector<std::string>());
}

TEST(SameConfig, WhatDiffers) {
  EXPECT_EQ(differences(R"({"units": 3})", R"({"units": 4})"),
            std::vector<std::string>{"units: 3, Keras wrote 4"});
  EXPECT_EQ(differences("{}", R"({"use_bias": true})"),
            std::vector<std::string>{"use_bias: nothing, Keras wrote true"});
  EXPECT_EQ(differences("{}", R"({"dtype": "int32"})"),
            std::vector<std::string>{"dtype: nothing, Keras wrote \"int32\""});
  EXPECT_EQ(differences(R"({"reduction": "sum"})", R"({"reduction": "mean"})").size(), 1U);
  EXPECT_EQ(differences(R"({"reduction": "sum"})", R"({"reduction": null})").size(), 1U);
  EXPECT_EQ(differences(R"({"use_bias": true})", R"({"use_bias": false})"),
            std::vector<std::string>{"use_bias: true, Keras wrote false"});
  EXPECT_EQ(differences(R"({"sizes": [1, 2]})", R"({"sizes": [1, 2, 3]})"),
            std::vector<std::string>{"sizes: [1, 2], Keras wrote [1, 2, 3]"});
  EXPECT_EQ(differences(R"({"sizes": [1, 2]})", R"({"sizes": [2, 2]})").size(), 1U);
  EXPECT_EQ(differences(R"({"l": {"class_name": "L2", "config": {"l2": 0.5}}})",
                        R"({"l": {"class_name": "L2", "config": {"l2": 0.25}}})")
                .size(),
            1U);
  EXPECT_EQ(differences(R"({"l": null})", R"({"l": {"class_name": "L2", "config": {}}})").size(),
            1U);
  EXPECT_EQ(
      differences(R"({"dtype": "float16"})", std::string(R"({"dtype": )") + kPolicy + "}").size(),
      1U);
}

}  // namespace
}  // namespace antler::golden
