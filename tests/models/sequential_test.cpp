#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/layers/dropout.h"
#include "antler/layers/flatten.h"
#include "antler/layers/rescaling.h"
#include "tests/models/data.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

using Names = std::vector<std::string>;

Names layer_names(const Model& model) {
  Names names;
  for (const Layer& layer : model.layers()) names.push_back(layer.name());
  return names;
}

TEST(Sequential, IsBuiltOnFirstUse) {
  const Sequential model({Flatten(), Dense(3), Dense(1)});
  EXPECT_FALSE(model.is_built());
  EXPECT_EQ(model.weights().size(), 0U);
  model.compile({.optimizer = "sgd", .loss = "mse"});
  model.fit(Tensor::ones({5, 2, 2}), Tensor::ones({5, 1}), {.verbose = 0});
  EXPECT_TRUE(model.is_built());
  EXPECT_EQ(model.count_params(), 4 * 3 + 3 + 3 + 1);
  EXPECT_EQ(model.predict(Tensor::ones({9, 2, 2})).shape(), Shape({9, 1}));
  EXPECT_EQ(model.inputs()[0].shape(), Shape({None, 2, 2}));
}

TEST(Sequential, IsBuiltByPredict) {
  const Sequential model({Dense(3)});
  EXPECT_EQ(model.predict(Tensor::ones({2, 5})).shape(), Shape({2, 3}));
  EXPECT_EQ(model.count_params(), 18);
}

TEST(Sequential, NamesLayersByClass) {
  const Sequential model({Input({4}), Dense(2), Dense(2, {.name = "mine"}), Dense(2)});
  EXPECT_EQ(layer_names(model), (Names{"dense", "mine", "dense_1"}));
  EXPECT_EQ(model.get_layer("mine"), model.get_layer(1));
  EXPECT_EQ(model.get_layer(-1).name(), "dense_1");
}

TEST(Sequential, GrowsAndShrinks) {
  const Sequential model({Input({4})});
  model.add(Dense(3));
  model.add(Dense(2));
  EXPECT_EQ(model.predict(Tensor::ones({1, 4})).shape(), Shape({1, 2}));
  const Tensor kernel = model.get_layer(0).get_weights()[0];
  model.pop();
  EXPECT_EQ(model.predict(Tensor::ones({1, 4})).shape(), Shape({1, 3}));
  model.add(Dense(7));
  EXPECT_EQ(model.predict(Tensor::ones({1, 4})).shape(), Shape({1, 7}));
  EXPECT_TRUE(identical(model.get_layer(0).get_weights()[0], kernel));
  EXPECT_EQ(layer_names(model).size(), 2U);
}

TEST(Sequential, GrowsBeforeItIsBuilt) {
  const Sequential model;
  model.add(Dense(3));
  model.add(Dense(2));
  model.pop();
  EXPECT_EQ(model.predict(Tensor::ones({1, 4})).shape(), Shape({1, 3}));
}

TEST(Sequential, TakesBytesAsTheyAre) {
  const Sequential model({Input({2, 2}), Rescaling(0.5), Flatten()});
  const Tensor bytes = Tensor::from<std::uint8_t>({0, 2, 4, 255}, {1, 2, 2});
  EXPECT_TRUE(is_near(model.predict(bytes), Tensor{{0, 1, 2, 127.5}}));
}

TEST(Sequential, SetsWeights) {
  const Sequential model({Input({2}), Dense(1)});
  model.set_weights({Tensor{{2}, {3}}, Tensor{1}});
  EXPECT_TRUE(is_near(model.predict(Tensor{{1, 1}}), Tensor{{6}}));
  EXPECT_EQ(error_of<ValueError>([&] {
              model.set_weights({Tensor{{2}, {3}}});
            }),
            "sequential (Sequential): expected 2 weights, got 1");
  EXPECT_EQ(error_of<ShapeError>([&] {
              model.set_weights({Tensor{{2}, {3}}, Tensor{1, 2}});
            }),
            "sequential (Sequential): expected shape (1,) for dense/bias, got (2,)");
  EXPECT_TRUE(is_near(model.get_weights()[1], Tensor{1}));
}

TEST(Sequential, DropsOutOnlyInTraining) {
  set_random_seed(3);
  const Sequential model({Input({1000}), Dropout(0.5)});
  EXPECT_TRUE(identical(model.predict(Tensor::ones({1, 1000})), Tensor::ones({1, 1000})));
  const Tensor trained = model(Tensor::ones({1, 1000}), {.training = true});
  EXPECT_FALSE(identical(trained, Tensor::ones({1, 1000})));
}

TEST(Sequential, NamesMistakes) {
  const Sequential model({Input({784}), Dense(4), Dense(2, {.name = "logits"})});
  EXPECT_EQ(error_of<ValueError>([&] { model.get_layer("logit"); }),
            "sequential: unknown layer \"logit\"; did you mean \"logits\"?");
  EXPECT_EQ(error_of<ValueError>([&] { model.get_layer(2); }),
            "sequential: expected a layer's index in [-2, 2), got 2");
  EXPECT_EQ(error_of<ValueError>([&] { model.add(Layer()); }),
            "sequential: expected a layer, got an empty handle");
  EXPECT_EQ(error_of<ValueError>([&] { model.add(Input({3})); }),
            "sequential: expected Input as the first layer only");
  EXPECT_EQ(error_of<StateError>([] { Sequential().pop(); }),
            "sequential: there is no layer to take off");
  EXPECT_EQ(error_of<StateError>([] { Sequential().predict(Tensor{{1}}); }),
            "sequential: has no layers; add one");
  EXPECT_EQ(error_of<StateError>([&] { model.fit(Tensor{{1}}, Tensor{{1}}); }),
            "sequential: expected a compiled model; call compile() first");
  EXPECT_EQ(error_of<StateError>([&] { model.evaluate(Tensor{{1}}, Tensor{{1}}); }),
            "sequential: expected a compiled model; call compile() first");
  EXPECT_EQ(error_of<StateError>([&] { model.optimizer(); }),
            "sequential: expected a compiled model; call compile() first");
  EXPECT_EQ(error_of<ShapeError>([&] {
              model.predict(Tensor::ones({3, 28, 28}));
            }),
            "sequential: expected shape (None, 784) for input \"input_layer\", got (3, 28, 28)");
  model.compile({.optimizer = "sgd"});
  EXPECT_EQ(error_of<StateError>([&] {
              model.fit(Tensor::ones({3, 784}), Tensor::ones({3, 2}), {.verbose = 0});
            }),
            "sequential: expected a loss; give one to compile(), for example .loss = \"mse\"");
}

TEST(Fit, NamesMistakesInItsArguments) {
  const Sequential model = line_model({.optimizer = "sgd", .loss = "mse"});
  const Tensor x = seven_rows();
  const Tensor y = seven_targets();
  const auto value_error = [&](const FitOptions& options) {
    return error_of<ValueError>([&] { model.fit(x, y, options); });
  };
  EXPECT_EQ(value_error({.batch_size = 0}), "fit: expected batch_size of at least 1, got 0");
  EXPECT_EQ(value_error({.epochs = -1}),
            "fit: expected epochs and initial_epoch of at least 0, got -1 and 0");
  EXPECT_EQ(value_error({.validation_freq = 0}),
            "fit: expected validation_freq of at least 1, got 0");
  EXPECT_EQ(value_error({.validation_split = 1.5}),
            "fit: expected validation_split in [0, 1), got 1.5");
  EXPECT_EQ(value_error({.validation_split = 0.999}),
            "fit: validation_split of 0.999 leaves no training examples of 7");
  EXPECT_EQ(value_error({.class_weight = {{1, 2.0}}, .sample_weight = Tensor::ones({7})}),
            "fit: expected class_weight or sample_weight, got both");
  EXPECT_EQ(error_of<ShapeError>([&] {
              model.fit(x, Tensor::ones({6, 1}), {.verbose = 0});
            }),
            "fit: data: expected 7 examples as in x, got 6 in y");
  EXPECT_EQ(error_of<ShapeError>(
                [&] { model.fit(x, y, {.verbose = 0, .sample_weight = Tensor::ones({6})}); }),
            "fit: data: expected 7 examples as in x, got 6 in sample_weight");
  EXPECT_EQ(error_of<ShapeError>([&] { model.fit(Tensor(), Tensor()); }),
            "fit: data: expected at least one example");
  EXPECT_EQ(
      error_of<ShapeError>([&] { model.predict(x, {.batch_size = 1}), model.predict(Tensor()); }),
      "predict: expected inputs with one number of examples, at least 1, got (0,)");
  EXPECT_EQ(error_of<ValueError>([&] { model.predict(x, {.batch_size = 0}); }),
            "predict: expected batch_size of at least 1, got 0");
  EXPECT_EQ(error_of<ShapeError>([&] {
              model.fit(Tensor::ones({7, 3}), y, {.verbose = 0});
            }),
            "sequential: expected shape (None, 2) for input \"input_layer\", got (7, 3)");
  EXPECT_EQ(error_of<ValueError>([] { Verbose("loud"); }),
            "verbose: expected \"auto\", 0, 1 or 2, got \"loud\"");
}

TEST(History, NamesMistakes) {
  const Sequential model = line_model({.optimizer = "sgd", .loss = "mse"});
  const History history = model.fit(seven_rows(), seven_targets(), {.verbose = 0});
  EXPECT_EQ(error_of<ValueError>([&] { history["los"]; }),
            "unknown history key \"los\"; did you mean \"loss\"?");
  EXPECT_EQ(error_of<ValueError>([&] { model.evaluate(seven_rows(), seven_targets())["lss"]; }),
            "unknown log \"lss\"; did you mean \"loss\"?");
}

// A label that only a kernel can see is found before any weight is written.
TEST(Fit, RefusesALabelOutOfRange) {
  const Sequential model({Input({2}), Dense(3)});
  model.compile({.optimizer = "sgd", .loss = "sparse_categorical_crossentropy"});
  const Tensor before = model.get_weights()[0];
  const std::string text = error_of<ValueError>([&] {
    model.fit(Tensor::ones({3, 2}), Tensor::from<std::int64_t>({0, 5, 1}),
              {.verbose = 0, .shuffle = false});
  });
  EXPECT_EQ(text,
            "sparse_categorical_crossentropy (SparseCategoricalCrossentropy): expected a class in "
            "[0, 3), got 5 at row 1");
  EXPECT_TRUE(identical(model.get_weights()[0], before));
}

TEST(Sequential, NestedOnesGetNamesOfTheirOwn) {
  const Sequential first({Input({3}), Dense(4)});
  const Sequential second({Input({4}), Dense(2)});
  const Sequential both({Input({3}), first, second});
  EXPECT_EQ(both.layers()[0].name(), "sequential");
  EXPECT_EQ(both.layers()[1].name(), "sequential_1");
}

}  // namespace
}  // namespace antler::testing
