#include "antler/models/model_config.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/layers/concatenate.h"
#include "antler/layers/multi_head_attention.h"
#include "antler/layers/recurrent.h"
#include "antler/layers/recurrent_cells.h"
#include "antler/layers/time_distributed.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/exponential.h"
#include "tests/models/data.h"
#include "tests/support/inputs.h"

namespace antler::testing {
namespace {

using Names = std::vector<std::string>;

Names keys_of(const Config& config) {
  Names keys;
  for (const auto& [key, value] : config.as_map()) keys.push_back(key);
  return keys;
}

Tensor rows_of(std::int64_t size) { return normal({5, size}, 3).astype(DType::float32); }

// The same config again, and the same numbers with the same weights.
void expect_twin(const Model& model, const Model& twin, const std::vector<Tensor>& x) {
  EXPECT_EQ(twin.get_config(), model.get_config());
  twin.set_weights(model.get_weights());
  const std::vector<Tensor> expected = model.predict_all(x), got = twin.predict_all(x);
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_TRUE(identical(got[i], expected[i])) << i;
}

TEST(ModelConfig, StatesOfStackedCellsAreListsOfLists) {
  const Value x = Input({3, 2}), h = Input({4}), c = Input({4}), g = Input({5});
  const Layer stacked = RNN(StackedRNNCells({LSTMCell(4), GRUCell(5)}));
  const Value y = stacked(x, {.initial_state = {h, c, g}});
  const Model model({.inputs = {x, h, c, g}, .outputs = {y}});
  const Config calls = model.get_config().at("layers")[4].at("inbound_nodes");
  const Config& states = calls[0].at("kwargs").at("initial_state");
  ASSERT_EQ(states.size(), 2U);
  EXPECT_EQ(states[0].size(), 2U);
  EXPECT_EQ(states[1].size(), 1U);
  const std::vector<Tensor> values = {normal({5, 3, 2}, 1).astype(DType::float32), rows_of(4),
                                      rows_of(4), rows_of(5)};
  expect_twin(model, Model::from_config(model.get_config()), values);
}

TEST(ModelConfig, OfASequential) {
  const Sequential model({Input({4}), Dense(3, {.activation = "relu"}), Dense(2, {.name = "end"})},
                         {.name = "stack"});
  const Config config = model.get_config();
  EXPECT_EQ(keys_of(config), (Names{"name", "trainable", "layers"}));
  EXPECT_EQ(config.at("name"), Config("stack"));
  ASSERT_EQ(config.at("layers").size(), 3U);
  EXPECT_EQ(config.at("layers")[0].at("class_name"), Config("InputLayer"));
  EXPECT_EQ(config.at("layers")[0].at("config").at("batch_shape").to_string(), "[null, 4]");
  EXPECT_EQ(config.at("layers")[2].at("module"), Config("keras.layers"));
  EXPECT_EQ(config.at("layers")[2].at("config").at("name"), Config("end"));
  EXPECT_FALSE(config.at("layers")[2].contains("build_config"));

  const Sequential twin = Sequential::from_config(config);
  EXPECT_TRUE(twin.is_built());
  expect_twin(model, twin, {rows_of(4)});
  twin.add(Dense(1));
  EXPECT_EQ(twin.layers().size(), 3U);
  EXPECT_EQ(Model::from_config(config).class_name(), "Sequential");
}

TEST(ModelConfig, OfASequentialThatIsNotBuilt) {
  const Sequential model({Dense(3), Dense(2)});
  model.set_trainable(false);
  const Sequential twin = Sequential::from_config(model.get_config());
  EXPECT_FALSE(twin.is_built());
  EXPECT_FALSE(twin.trainable());
  EXPECT_EQ(twin.get_config(), model.get_config());
  EXPECT_EQ(twin.predict(rows_of(7)).shape(), Shape({5, 2}));
}

// A shared layer, a nested model, ops between layers, a constant, and an argument of a call.
Model graph() {
  const Sequential nested({Input({3}), Dense(3)}, {.name = "nested"});
  const Value a = Input({3}, {.name = "a"}), b = Input({3}, {.name = "b"});
  const Dense shared(3, {.activation = "tanh", .name = "shared"});
  const Value h = ops::exp(-shared(a)) * Tensor{1, 2, 3} + shared(nested(b));
  const Value mixed = Concatenate()({h, a});
  return Model({.inputs = {a, b}, .outputs = {Dense(1)(mixed), nested(h)}, .name = "graph"});
}

TEST(ModelConfig, OfAGraph) {
  const Model model = graph();
  const Config config = model.get_config();
  EXPECT_EQ(keys_of(config),
            (Names{"name", "trainable", "layers", "input_layers", "output_layers"}));
  EXPECT_EQ(config.at("input_layers").to_string(), "[[\"a\", 0, 0], [\"b\", 0, 0]]");
  const Model twin = Model::from_config(config);
  EXPECT_EQ(twin.class_name(), "Functional");
  EXPECT_EQ(twin.get_layer("shared").count_params(), 12);
  expect_twin(model, twin, {rows_of(3), rows_of(3)});
}

TEST(ModelConfig, KeepsTheArgumentsOfCalls) {
  const Value x = Input({4, 3});
  const Value y = MultiHeadAttention(1, 2)({x, x}, {.use_causal_mask = true});
  const Model model({.inputs = {x}, .outputs = {y}});
  expect_twin(model, Model::from_config(model.get_config()), {normal({2, 4, 3}, 1)});
}

// Models inside wrappers are read by their layer, with the same custom objects.
TEST(ModelConfig, OfAModelInsideAWrapper) {
  const auto head = [] {
    const Value inner = Input({3});
    return Model({.inputs = {inner}, .outputs = {ops::add(Dense(3)(inner), inner)}});
  };
  const Sequential step({Dense(3, {.activation = "relu"}), head()});
  const Sequential model({Input({4, 3}), TimeDistributed(step), TimeDistributed(head())});
  const Sequential twin = Sequential::from_config(model.get_config());
  EXPECT_EQ(twin.layers()[0].base().layers()[0].class_name(), "Sequential");
  expect_twin(model, twin, {normal({2, 4, 3}, 1)});
}

TEST(ModelConfig, SerializedObjectsCarryCompile) {
  const Model model = line_model({.optimizer = SGD({.learning_rate = 0.25, .momentum = 0.5}),
                                  .loss = "mae",
                                  .metrics = {"mse"}});
  const Config object = model_to_config(model);
  EXPECT_EQ(keys_of(object),
            (Names{"module", "class_name", "config", "registered_name", "compile_config"}));
  const Model twin = model_from_config(object);
  EXPECT_EQ(twin.optimizer().learning_rate(), 0.25);
  EXPECT_EQ(model_to_config(twin), object);
  EXPECT_EQ(names_in(twin.evaluate(seven_rows(), seven_targets())), (Names{"loss", "mse"}));
  EXPECT_FALSE(model_from_config(object, {.compile = false}).model_base().trainer().is_compiled());
}

struct Doubled : LayerBase {
  Value call(const Value& x, CallContext&) const override { return x * 2; }
};

TEST(ModelConfig, TakesClassesOfYourOwn) {
  const CustomObjects own = {{"Doubled", layer_factory<Doubled>()}};
  const Sequential in_a_wrapper({Input({4, 3}), TimeDistributed(make_layer<Doubled>())});
  expect_twin(in_a_wrapper, Sequential::from_config(in_a_wrapper.get_config(), own),
              {normal({2, 4, 3}, 1)});
  EXPECT_EQ(error_of<ValueError>([&] {
              Sequential::from_config(in_a_wrapper.get_config(), {{"Double", own.at("Doubled")}});
            }),
            "config: layers[1]: unknown layer \"Doubled\"; a class of your own comes by "
            "custom_objects, which has \"Double\"");
}

std::string error_from(const Config& config) {
  return error_of<Error>([&] { Model::from_config(config); });
}

Config stack_of(const Config& layer) {
  return Config::map({{"name", "m"}, {"layers", Config::List{layer}}});
}

TEST(ModelConfig, SaysWhatIsWrong) {
  EXPECT_EQ(error_from(stack_of(Config::map({{"class_name", "Dnse"}, {"config", Config::map()}}))),
            "config: layers[0]: unknown layer \"Dnse\"; did you mean \"Dense\"?");
  EXPECT_EQ(error_from(stack_of(
                Config::map({{"class_name", "Dense"},
                             {"config", Config::map({{"units", 2}, {"activaton", "relu"}})}}))),
            "config: layers[0]: Dense: unknown key \"activaton\"; did you mean \"activation\"?");
  EXPECT_EQ(
      error_from(stack_of(Config::map(
          {{"class_name", "Dense"},
           {"config", Config::map({{"units", 2}, {"kernel_initializer", "glorot_unifrm"}})}}))),
      "config: layers[0]: Dense: \"kernel_initializer\": unknown initializer "
      "\"glorot_unifrm\"; did you mean \"glorot_uniform\"?");
  EXPECT_EQ(error_from(Config::map({{"nme", "m"}})),
            "Model::from_config: expected what get_config gives, with the key \"layers\", got "
            "{\"nme\": \"m\"}");
  Config config = stack_of(layer_to_config(Dense(2)));
  config.set("traineble", 1);
  EXPECT_EQ(error_from(config), "config: unknown key \"traineble\"; did you mean \"trainable\"?");
  EXPECT_EQ(
      error_of<ValueError>([] { Sequential::from_config(graph().get_config()); }).substr(0, 71),
      "Sequential::from_config: expected the keys \"name\" and \"layers\", got {\"n");
  Config object = model_to_config(line_model({.loss = "mse"}));
  Config compile = object.at("compile_config");
  compile.set("loss", "msee");
  object.set("compile_config", compile);
  EXPECT_EQ(error_of<ValueError>([&] { model_from_config(object); }).substr(0, 46),
            "compile_config: loss: unknown loss \"msee\"; did");
}

// Each level calls the one inside it twice, behind a wrapper: 64 calls of the innermost, though no
// level calls more than two layers.
TEST(ModelConfig, ModelsInsideWrappersCannotMakeItEndless) {
  Layer level = Dense(1);
  Shape shape = {1};
  for (int i = 0; i < 6; ++i) {
    shape = shape.inserted(0, 1);
    const Value x = Input(shape);
    const TimeDistributed wrapped(level);
    level = Model({.inputs = {x}, .outputs = {wrapped(wrapped(x))}});
  }
  const Sequential model({Input(shape), level});
  const Config object = model_to_config(model);
  EXPECT_NO_THROW(model_from_config(object));
  const std::string text =
      error_of<ValueError>([&] { model_from_config(object, {.limits = {.layer_calls = 40}}); });
  EXPECT_NE(text.find("expected at most 40 calls of layers, got more"), std::string::npos) << text;
}

}  // namespace
}  // namespace antler::testing
