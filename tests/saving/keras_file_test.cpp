#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "antler/core/random.h"
#include "antler/layers/merging.h"
#include "antler/layers/concatenate.h"
#include "antler/layers/dense.h"
#include "antler/layers/dropout.h"
#include "antler/layers/normalization.h"
#include "antler/layers/reversible_embedding.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/models/sequential.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/power.h"
#include "antler/optimizers/adam.h"
#include "antler/saving/hdf5_file.h"
#include "antler/saving/json.h"
#include "antler/saving/saving.h"
#include "antler/saving/zip_archive.h"
#include "tests/data/files.h"
#include "tests/support/inputs.h"

namespace antler {
namespace {

using testing::error_text;
using testing::TemporaryFolder;

Tensor normal(const Shape& shape, std::uint64_t seed) {
  return testing::normal(shape, seed).astype(DType::float32);
}

class KerasFile : public ::testing::Test {
 protected:
  // Saves and loads; both must give the same bits.
  Model round_trip(const Model& model, const std::vector<Tensor>& x,
                   const CustomObjects& custom = {}) const {
    model.save(path_);
    const Model loaded = load_model(path_, {.custom_objects = custom});
    const std::vector<Tensor> expected = model.predict_all(x);
    const std::vector<Tensor> got = loaded.predict_all(x);
    EXPECT_EQ(got.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_TRUE(identical(got.at(i), expected[i])) << "output " << i;
    }
    EXPECT_EQ(loaded.name(), model.name());
    EXPECT_EQ(loaded.layers().size(), model.layers().size());
    return loaded;
  }

  Config saved_config() const {
    return parse_json(ZipReader::open(path_).read_text("config.json"), "config.json");
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.path("model.keras");
};

Sequential small_network() {
  set_random_seed(3);
  return Sequential({Input({4}), Dense(8, {.activation = "relu"}), Dense(3, {.name = "logits"})});
}

Model two_ends() {
  const Value left = Input({4}, {.name = "left"}), right = Input({4}, {.name = "right"});
  const Dense shared(5, {.activation = "tanh", .name = "shared"});
  const Value a = shared(left), b = shared(right);
  return Model(
      {.inputs = {left, right},
       .outputs = {Dense(3, {.activation = "softmax", .name = "kind"})(Concatenate()({a, b})),
                   Dense(1, {.name = "price"})(Add()({a, b}))},
       .name = "pair"});
}

TEST_F(KerasFile, Sequential) {
  const Sequential model = small_network();
  model.compile({.optimizer = Adam({.learning_rate = 0.02}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true}),
                 .metrics = {"accuracy"}});
  const Tensor x = normal({20, 4}, 1);
  const Tensor y = testing::integers({20}, 0, 3, 2);
  model.fit(x, y, {.epochs = 2, .verbose = 0});
  const Model loaded = round_trip(model, {x});
  EXPECT_EQ(loaded.train_on_batch(x, y)["loss"], model.train_on_batch(x, y)["loss"]);
  EXPECT_EQ(loaded.train_on_batch(x, y)["accuracy"], model.train_on_batch(x, y)["accuracy"]);
  EXPECT_EQ(loaded.optimizer().learning_rate(), model.optimizer().learning_rate());
}

// A layer that is called at both ends: one table in the file, and one in the loaded model.
TEST_F(KerasFile, TiedEmbedding) {
  for (const bool tied : {true, false}) {
    const Value tokens = Input({3}, {.dtype = DType::int32});
    const ReversibleEmbedding words(5, 4, {.tie_weights = tied, .logit_soft_cap = 3.0});
    const Value hidden = Dense(4, {.activation = "tanh"})(words(tokens));
    const Model model({.inputs = {tokens}, .outputs = {words(hidden, {.reverse = true})}});
    model.compile({.optimizer = Adam({.learning_rate = 0.02}),
                   .loss = SparseCategoricalCrossentropy({.from_logits = true})});
    const Tensor x = testing::integers({20, 3}, 0, 5, 1), y = testing::integers({20, 3}, 0, 5, 2);
    model.fit(x, y, {.epochs = 2, .verbose = 0});
    const Model loaded = round_trip(model, {x});
    EXPECT_EQ(loaded.weights().size(), tied ? 3U : 4U);
    EXPECT_EQ(loaded.train_on_batch(x, y)["loss"], model.train_on_batch(x, y)["loss"]);
    EXPECT_EQ(loaded.train_on_batch(x, y)["loss"], model.train_on_batch(x, y)["loss"]);
  }
}

// Keys that an older Keras 3 does not know are not written.
TEST_F(KerasFile, WritesLittle) {
  const Sequential model = small_network();
  model.compile(
      {.optimizer = "adam", .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  model.save(path_);
  const Config config = saved_config();
  const Config& dense = config.at("config").at("layers")[1];
  EXPECT_EQ(dense.at("module"), Config("keras.layers"));
  EXPECT_FALSE(dense.contains("build_config"));
  EXPECT_FALSE(dense.at("config").contains("kernel_regularizer"));
  EXPECT_EQ(config.at("compile_config").at("loss").at("config").to_string(),
            R"({"from_logits": true, "name": "sparse_categorical_crossentropy"})");
}

TEST_F(KerasFile, FunctionalWithSharedLayer) {
  const Model model = two_ends();
  model.compile({.optimizer = "sgd",
                 .loss = {{"kind", "sparse_categorical_crossentropy"}, {"price", "mse"}},
                 .loss_weights = {{"kind", 1.0}, {"price", 0.25}},
                 .metrics = {{"price", {"mae"}}}});
  const std::vector<Tensor> x = {normal({12, 4}, 1), normal({12, 4}, 2)};
  const std::vector<Tensor> y = {testing::integers({12}, 0, 3, 3), normal({12, 1}, 4)};
  model.fit(x, y, {.verbose = 0});
  const Model loaded = round_trip(model, x);
  EXPECT_EQ(loaded.model_base().input_names(), (std::vector<std::string>{"left", "right"}));
  EXPECT_EQ(loaded.model_base().output_names(), (std::vector<std::string>{"kind", "price"}));
  const Logs expected = model.train_on_batch(x, y);
  const Logs got = loaded.train_on_batch(x, y);
  for (const auto& [name, value] : expected) EXPECT_EQ(got[name], value) << name;
}

TEST_F(KerasFile, Nested) {
  const Sequential encoder({Input({4}), Dense(6), Dense(3)}, {.name = "encoder"});
  const Value inner = Input({3});
  const Model head(
      {.inputs = {inner}, .outputs = {Add()({inner, Dense(3)(inner)})}, .name = "head"});
  const Value x = Input({4});
  const Model model({.inputs = {x}, .outputs = {head(head(encoder(x)))}, .name = "outer"});
  const Model loaded = round_trip(model, {normal({5, 4}, 1)});
  EXPECT_EQ(loaded.get_layer("head").base().layers().size(), 3U);
}

// It stands in both models, and becomes two layers with equal weights.
TEST_F(KerasFile, LayerOfTwoModels) {
  const Dense both(3, {.name = "both"});
  const Sequential inner({Input({3}), both}, {.name = "inner"});
  const Value x = Input({3});
  const Model model({.inputs = {x}, .outputs = {both(inner(x))}});
  round_trip(model, {normal({5, 3}, 1)});
}

TEST_F(KerasFile, Normalization) {
  const Tensor x = normal({30, 4}, 1);
  const Normalization scaled;
  scaled.adapt(x);
  round_trip(Sequential({Input({4}), scaled, Dense(2)}), {x});
  round_trip(
      Sequential({Input({4}), Normalization({.mean = {1, 2, 3, 4}, .variance = {1, 2, 1, 2}})}),
      {x});
}

TEST_F(KerasFile, OpsBetweenLayers) {
  const Value x = Input({4}, {.name = "x"}), y = Input({4}, {.name = "y"});
  const Value mixed = (1.0 - Dense(4)(x) * 2.0) / (y * y + Tensor{1, 2, 3, 4}) + (-x);
  const Model model({.inputs = {x, y}, .outputs = {Dense(1)(mixed), ops::square(mixed) - y}});
  round_trip(model, {normal({6, 4}, 1), normal({6, 4}, 2)});
}

TEST_F(KerasFile, InputsOfIntegersAndUnknownSizes) {
  const Value x = Input({None, 3}, {.dtype = "int32", .name = "x"});
  const Model model({.inputs = {x}, .outputs = {Dense(2)(ops::multiply(x, 0.5))}});
  round_trip(model, {testing::integers({5, 7, 3}, -9, 9, 1)});
}

TEST_F(KerasFile, UnbuiltSequential) {
  const Sequential model({Dense(3), Dense(2)});
  model.save(path_);
  const Model loaded = load_model(path_);
  EXPECT_FALSE(loaded.is_built());
  EXPECT_EQ(loaded.predict(normal({2, 5}, 1)).shape(), (Shape{2, 2}));
  model.predict(normal({2, 5}, 1));
  round_trip(model, {normal({2, 5}, 1)});
}

struct ScaleLayer : LayerBase {
  void build(const Shape& in) override {
    s_ = add_weight({.name = "s", .shape = {in.back()}, .initializer = "ones"});
  }
  Value call(const Value& x, CallContext&) const override { return x * s_; }
  Variable s_;
};

TEST_F(KerasFile, CustomLayer) {
  const Sequential model({Input({3}), make_layer<ScaleLayer>(), Dense(2)});
  model.set_weights({Tensor{1, 2, 3}, model.get_weights()[1], model.get_weights()[2]});
  round_trip(model, {normal({4, 3}, 1)}, {{"ScaleLayer", layer_factory<ScaleLayer>()}});
  EXPECT_EQ(error_text<FileError>([&] { load_model(path_); }),
            path_ +
                ": config.json: config: layers[1]: unknown layer \"ScaleLayer\"; a class of your "
                "own comes by custom_objects");
}

struct Autoencoder : ModelBase {
  Dense encode = add_layer(Dense(3, {.activation = "relu"}));
  Dense decode = add_layer(Dense(6));
  Value call(const Value& x, CallContext& context) const override {
    return decode(encode(x, context), context);
  }
  static Layer from_config(const Config&) { return make_model<Autoencoder>(); }
};

TEST_F(KerasFile, ModelOfAUsersClass) {
  const Model model = make_model<Autoencoder>();
  const Tensor x = normal({5, 6}, 1);
  EXPECT_EQ(error_text<StateError>([&] { model.save(path_); }),
            "autoencoder (Autoencoder): expected a model that was called once, so that its weights "
            "exist; call predict or fit before save");
  model.predict(x);
  model.save(path_);
  const Model loaded =
      load_model(path_, {.custom_objects = {{"Autoencoder", layer_factory<Autoencoder>()}}});
  EXPECT_TRUE(identical(loaded.predict(x), model.predict(x)));
}

TEST_F(KerasFile, NotCompiled) {
  small_network().save(path_);
  const Model loaded = load_model(path_);
  EXPECT_FALSE(loaded.model_base().trainer().is_compiled());
  const Sequential compiled = small_network();
  compiled.compile({.optimizer = "adam", .loss = "mse"});
  compiled.save(path_);
  EXPECT_FALSE(load_model(path_, {.compile = false}).model_base().trainer().is_compiled());
  EXPECT_EQ(load_model(path_).optimizer().base().class_name(), "Adam");
}

TEST_F(KerasFile, AUsersLossStandsByName) {
  const Sequential model = small_network();
  model.compile(
      {.optimizer = "sgd",
       .loss = make_loss([](const Value& t, const Value& p) { return ops::square(t - p); },
                         "my_loss")});
  model.save(path_);
  EXPECT_EQ(error_text<FileError>([&] { load_model(path_); }),
            path_ +
                ": config.json: compile_config: loss: loss: expected a built-in loss, got the "
                "function \"my_loss\", whose code the file does not hold; load with .compile = "
                "false and call compile() yourself");
  EXPECT_TRUE(identical(load_model(path_, {.compile = false}).predict(normal({2, 4}, 1)),
                        model.predict(normal({2, 4}, 1))));
}

TEST_F(KerasFile, FrozenLayersStayFrozen) {
  const Sequential model = small_network();
  model.get_layer(0).set_trainable(false);
  model.compile({.optimizer = "adam", .loss = "mse"});
  const Tensor x = normal({8, 4}, 1), y = normal({8, 3}, 2);
  model.fit(x, y, {.verbose = 0});
  const Model loaded = round_trip(model, {x});
  EXPECT_EQ(loaded.trainable_weights().size(), 2U);
  EXPECT_EQ(loaded.train_on_batch(x, y)["loss"], model.train_on_batch(x, y)["loss"]);
}

TEST_F(KerasFile, CutFrozenExtendedAndTrainedAnew) {
  small_network().save(path_);
  const Model loaded = load_model(path_);
  const Layer body = loaded.get_layer(0);
  loaded.set_trainable(false);
  const Model cut(
      {.inputs = loaded.inputs(), .outputs = {Dense(1, {.name = "head"})(body.output())}});
  cut.compile({.optimizer = "adam", .loss = "mse"});
  const Tensor x = normal({16, 4}, 1), y = normal({16, 1}, 2);
  const Tensor frozen = body.get_weights()[0];
  const History history = cut.fit(x, y, {.epochs = 20, .verbose = 0});
  EXPECT_LT(history["loss"].back(), history["loss"].front());
  EXPECT_TRUE(identical(body.get_weights()[0], frozen));
  round_trip(cut, {x});
}

TEST_F(KerasFile, ExtraComesBack) {
  const Sequential model = small_network();
  model.model_base().trainer().set_step(41);
  save_model(model, path_,
             {.epoch = 7, .user = Config::map({{"classes", Config::List{"a", "b"}}})});
  const FileExtra extra = read_extra(path_);
  EXPECT_EQ(extra.epoch, 7);
  EXPECT_EQ(extra.step, 41);
  EXPECT_EQ(extra.user.at("classes")[1], Config("b"));
  EXPECT_EQ(load_model(path_).model_base().trainer().step(), 41);
  EXPECT_EQ(extra.seed, model.model_base().trainer().seed());
}

TEST_F(KerasFile, WeightsAlone) {
  const Sequential model = small_network();
  model.compile({.optimizer = "adam", .loss = "mse"});
  const Tensor x = normal({8, 4}, 1), y = normal({8, 3}, 2);
  model.fit(x, y, {.verbose = 0});
  const std::string weights = folder_.path("model.weights.h5");
  model.save_weights(weights);
  model.save(path_);
  for (const std::string& file : {weights, path_}) {
    set_random_seed(99);
    const Sequential other({Input({4}), Dense(8, {.activation = "relu"}), Dense(3)});
    other.compile({.optimizer = "adam", .loss = "mse"});
    other.load_weights(file);
    EXPECT_TRUE(identical(other.predict(x), model.predict(x)));
    EXPECT_EQ(other.optimizer().base().iterations().read().item<std::int64_t>(), 1);
  }
}

TEST_F(KerasFile, HowItWasCompiledComesBack) {
  const Sequential model = small_network();
  for (const bool stable : {false, true}) {
    model.compile(
        {.loss = "mse", .stable_rewrites = stable, .backend = stable ? "cpu" : "reference"});
    model.save(path_);
    const Model loaded = load_model(path_);
    const CompileOptions& options = loaded.model_base().trainer().options();
    EXPECT_EQ(options.stable_rewrites, stable);
    EXPECT_EQ(options.backend, stable ? "cpu" : "reference");
  }
}

TEST_F(KerasFile, IntegersAreNoWeights) {
  Hdf5Writer file;
  file.create_group("layers");
  file.create_group("layers/dense");
  file.create_group("layers/dense/vars");
  file.write("layers/dense/vars/0", Tensor::ones({4, 3}, DType::int32));
  const std::string weights = folder_.write("model.weights.h5", testing::text_of(file.finish()));
  const Sequential model({Input({4}), Dense(3, {.use_bias = false, .name = "end"})});
  EXPECT_EQ(error_text<FileError>([&] { model.load_weights(weights); }),
            weights +
                ": layers/dense/vars/0: expected float32 for the weight kernel of end (Dense), "
                "got int32");
}

// As many elements, but turned over.
TEST_F(KerasFile, WeightsOfAnotherShapeAreRefused) {
  const std::string weights = folder_.path("model.weights.h5");
  Sequential({Input({4}), Dense(3, {.use_bias = false})}).save_weights(weights);
  const Sequential turned({Input({3}), Dense(4, {.use_bias = false, .name = "end"})});
  EXPECT_EQ(error_text<FileError>([&] { turned.load_weights(weights); }),
            weights +
                ": layers/dense/vars/0: expected shape (3, 4) for the weight kernel of end "
                "(Dense), got (4, 3)");
}

TEST_F(KerasFile, WeightsThatDoNotFitChangeNothing) {
  small_network().save_weights(folder_.path("model.weights.h5"));
  const std::string weights = folder_.path("model.weights.h5");
  const auto load = [&](const Sequential& model) {
    const std::vector<Tensor> before = model.get_weights();
    const std::string text = error_text<FileError>([&] { model.load_weights(weights); });
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_TRUE(identical(model.get_weights()[i], before[i]));
    }
    return text;
  };
  EXPECT_EQ(load(Sequential({Input({4}), Dense(8), Dense(2, {.name = "end"})})),
            weights +
                ": layers/dense_1/vars/0: expected shape (8, 2) for the weight kernel of end "
                "(Dense), got (8, 3)");
  EXPECT_EQ(load(Sequential({Input({4}), Dense(8, {.use_bias = false}), Dense(3)})),
            weights + ": layers/dense/vars: expected the 1 weights of dense (Dense), got 2");
  EXPECT_EQ(load(Sequential({Input({4}), Dense(8)})),
            weights +
                ": layers/dense_1: expected only the layers of sequential (Sequential), got "
                "weights of one more");
  EXPECT_EQ(load(Sequential({Input({4}), Dense(8), Dense(3), Dense(1, {.name = "end"})})),
            weights + ": layers/dense_2: expected the 2 weights of end (Dense), got none");
}

// x plus the state of the call.
struct AddState : LayerBase {
  std::vector<std::string_view> call_arguments() const override { return {"initial_state"}; }
  Value call(const Value& x, CallContext& context) const override {
    const std::vector<Value>& states = context.options().initial_state;
    return states.empty() ? x : x + states.front();
  }
};

TEST_F(KerasFile, KeepsTheArgumentsOfCalls) {
  const Value x = Input({4}), state = Input({4}, {.name = "state"});
  const Layer add_state = make_layer<AddState>();
  const Value once = add_state(x, {.initial_state = {state}});
  const Value y = add_state(Dropout(0.5, {.seed = 1})(once, {.training = true}));
  const Tensor ones = Tensor::ones({2, 4});
  round_trip(Model({.inputs = {x, state}, .outputs = {y}}), {ones, Tensor::full({2, 4}, 2.0)},
             {{"AddState", layer_factory<AddState>()}});
  const Config config = saved_config().at("config");
  const auto keywords = [&](std::size_t layer) {
    return config.at("layers")[layer].at("inbound_nodes")[0].at("kwargs");
  };
  EXPECT_EQ(keywords(3).at("training"), Config(true));
  EXPECT_EQ(keywords(2).at("initial_state")[0].at("config").at("keras_history")[0],
            Config("state"));
}

}  // namespace
}  // namespace antler
