#include "antler/layers/layer_registry.h"

#include "antler/core/error.h"
#include "antler/core/serialized.h"
#include "antler/layers/dense.h"
#include "antler/layers/flatten.h"
#include "antler/layers/input.h"
#include "tests/layers/layer_check.h"

namespace antler {
namespace {

using testing::message_of;

Config object(std::string_view class_name, Config::Map config) {
  return serialized("keras.layers", class_name, Config::map(std::move(config)));
}

TEST(LayerRegistry, WritesKerasObjects) {
  const Dense layer(2, {.name = "h"});
  EXPECT_FALSE(layer_to_config(layer).contains("build_config"));
  layer(Value(Input({3})));
  const Config config = layer_to_config(layer);
  EXPECT_EQ(config.at("module"), Config("keras.layers"));
  EXPECT_EQ(config.at("class_name"), Config("Dense"));
  EXPECT_TRUE(config.at("registered_name").is_null());
  EXPECT_EQ(config.at("build_config").to_string(), "{\"input_shape\": [null, 3]}");
  EXPECT_EQ(config.at("config").at("units"), Config(2));
  EXPECT_EQ(layer_to_config(Flatten()).at("config").at("name"), Config("flatten"));
}

TEST(LayerRegistry, BuildConfigMakesTheWeights) {
  Config config = object("Dense", {{"name", "h"}, {"units", 2}});
  EXPECT_FALSE(layer_from_config(config).is_built());
  config.set("build_config", Config::map({{"input_shape", Config::List{nullptr, 3}}}));
  EXPECT_EQ(layer_from_config(config).weights().at(0).shape(), (Shape{3, 2}));
  config.set("build_config", Config::map({{"input_shape", "wide"}}));
  EXPECT_EQ(message_of<TypeError>([&] { layer_from_config(config); }),
            "h (Dense): build_config: expected a list, got the string \"wide\"");
}

TEST(LayerRegistry, OptionsOfOtherKerasThatAreOff) {
  const Layer layer = layer_from_config(object(
      "Flatten", {{"name", "f"},
                  {"dtype", serialized("keras", "DTypePolicy", Config::map({{"name", "float32"}}))},
                  {"data_format", nullptr},
                  {"quantization_config", nullptr},
                  {"sparse", false},
                  {"autocast", true}}));
  EXPECT_EQ(layer.name(), "f");
  EXPECT_EQ(message_of<ValueError>([] {
              layer_from_config(object("Flatten", {{"name", "f"}, {"sparse", true}}));
            }).substr(0, 33),
            "f (Flatten): unknown key \"sparse\"");
}

TEST(LayerRegistry, ActivityRegularizerOfAnyLayer) {
  const Flatten layer({.activity_regularizer = "l1", .name = "f"});
  const Layer copy = layer_from_config(layer_to_config(layer));
  EXPECT_EQ(layer_to_config(copy), layer_to_config(layer));
  CallContext context;
  copy(Tensor{{1, 2}}, context);
  EXPECT_EQ(context.losses().size(), 1U);
}

TEST(LayerRegistry, CustomObjectsComeFirst) {
  int calls = 0;
  const CustomObjects custom = {{"Dense", [&](const Config&) {
                                   ++calls;
                                   return Dense(1);
                                 }}};
  const Layer layer =
      layer_from_config(object("Dense", {{"name", "mine"}, {"trainable", false}}), custom);
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(layer.name(), "mine");
  EXPECT_FALSE(layer.trainable());
  EXPECT_EQ(
      message_of<ValueError>([] {
        layer_from_config(object("Dense", {}), {{"Dense", [](const Config&) { return Layer(); }}});
      }),
      "Dense: expected a layer from its factory, got an empty handle");
}

TEST(LayerRegistry, UnknownClasses) {
  EXPECT_EQ(message_of<ValueError>([] { layer_from_config(object("Dens", {})); }),
            "unknown layer \"Dens\"; did you mean \"Dense\"?");
  EXPECT_EQ(message_of<ValueError>([] { layer_from_config(Config(3)); }),
            "expected a layer as a name or as {\"class_name\", \"config\"}, got 3");
}

}  // namespace
}  // namespace antler
