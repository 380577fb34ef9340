#include "apps/cli/commands/summary.h"

#include <fmt/format.h>

#include "apps/cli/exit_codes.h"
#include "apps/cli/model_file.h"
#include "apps/cli/output.h"

namespace antler::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// What the command knows beyond Keras' table.
std::string describe(const Coding& coding) {
  std::string text = fmt::format("task: {}\n", name(coding.task));
  if (!coding.targets.empty()) text += fmt::format("target: {}\n", joined(coding.targets));
  std::vector<std::string> classes, features;
  for (const Config& value : coding.classes) classes.push_back(class_text(value));
  if (!classes.empty()) text += fmt::format("classes: {}\n", joined(classes));
  for (const Feature& feature : coding.features) {
    features.push_back(feature.kind == Feature::Kind::category
                           ? fmt::format("{} (one of {})", feature.name, joined(feature.categories))
                       : feature.kind == Feature::Kind::ignored ? feature.name + " (left out)"
                                                                : feature.name);
  }
  if (!features.empty()) text += fmt::format("features: {}\n", joined(features));
  return text;
}

Config shape_config(const Layer& layer) {
  Config shape = Config::list();
  for (const std::int64_t size : layer.output().shape()) {
    shape.push_back(size == None ? Config() : Config(size));
  }
  return shape;
}

Config to_config(const LoadedModel& loaded) {
  Config layers = Config::list();
  for (const Layer& layer : loaded.model.layers()) {
    layers.push_back(Config::map({{"name", layer.name()},
                                  {"class", layer.class_name()},
                                  {"output_shape", shape_config(layer)},
                                  {"parameters", layer.count_params()}}));
  }
  Config config = Config::map({{"name", loaded.model.name()},
                               {"layers", layers},
                               {"parameters", loaded.model.count_params()}});
  if (loaded.coding) config.set("coding", antler::cli::to_config(*loaded.coding));
  return config;
}

}  // namespace

int run(const SummaryArguments& arguments) {
  const LoadedModel loaded = load_model_file(arguments.model);
  if (is_json()) {
    print_json(to_config(loaded));
    return kSuccess;
  }
  print(loaded.model.summary());
  if (loaded.coding) print("\n" + describe(*loaded.coding));
  return kSuccess;
}

}  // namespace antler::cli
