#include "apps/cli/coding.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler::cli {
namespace {

constexpr std::array<std::string_view, 3> kKinds = {"number", "category", "ignored"};

Feature::Kind kind_from_name(const std::string& name) {
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (kKinds[i] == name) return static_cast<Feature::Kind>(i);
  }
  throw ValueError(unknown_name("kind of feature", name, {kKinds.begin(), kKinds.end()}));
}

Config feature_config(const Feature& feature) {
  Config config = Config::map(
      {{"name", feature.name}, {"kind", kKinds[static_cast<std::size_t>(feature.kind)]}});
  if (feature.kind == Feature::Kind::number) config.set("mean", feature.mean);
  if (feature.kind == Feature::Kind::category) config.set("categories", feature.categories);
  return config;
}

Feature feature_from(const Config& config) {
  Feature feature = {config.at("name").as_string(), kind_from_name(config.at("kind").as_string())};
  if (feature.kind == Feature::Kind::number) feature.mean = config.at("mean").as_number();
  if (feature.kind == Feature::Kind::category) {
    for (const Config& text : config.at("categories").as_list()) {
      feature.categories.push_back(text.as_string());
    }
  }
  return feature;
}

}  // namespace

Config to_config(const Coding& coding) {
  Config features = Config::list();
  for (const Feature& feature : coding.features) features.push_back(feature_config(feature));
  return Config::map({{"task", name(coding.task)},
                      {"features", features},
                      {"has_header", coding.has_header},
                      {"column_count", coding.column_count},
                      {"targets", coding.targets},
                      {"target_positions", coding.target_positions},
                      {"classes", coding.classes},
                      {"seed", coding.seed}});
}

Coding coding_from_config(const Config& config) {
  Coding coding;
  coding.task = task_from_name(config.at("task").as_string());
  for (const Config& feature : config.at("features").as_list()) {
    coding.features.push_back(feature_from(feature));
  }
  coding.has_header = config.at("has_header").as_bool();
  coding.column_count = config.at("column_count").as_integer();
  for (const Config& target : config.at("targets").as_list()) {
    coding.targets.push_back(target.as_string());
  }
  for (const Config& position : config.at("target_positions").as_list()) {
    coding.target_positions.push_back(position.as_integer());
  }
  coding.classes = config.at("classes").as_list();
  coding.seed = static_cast<std::uint64_t>(config.at("seed").as_integer());
  return coding;
}

std::string class_text(const Config& value) {
  if (value.is_string()) return value.as_string();
  return fmt::format("{}", value.as_number());
}

}  // namespace antler::cli
