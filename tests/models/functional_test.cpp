#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/layers/concatenate.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"
#include "tests/models/data.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

using Names = std::vector<std::string>;

// Two inputs, two outputs, and a layer that is called three times.
Model two_in_two_out() {
  const Value a = Input({2}, {.name = "a"});
  const Value b = Input({1}, {.name = "b"});
  const Dense shared(2, {.kernel_initializer = "ones", .name = "sh"});
  const Value h = Concatenate()({shared(a), shared(shared(a)), b});
  return Model({.inputs = {a, b},
                .outputs = {Dense(1, {.kernel_initializer = "ones", .name = "price"})(h),
                            Dense(1, {.kernel_initializer = "zeros", .name = "kind"})(h)}});
}

TEST(Functional, TrainsAsKerasDoes) {
  const Model model = two_in_two_out();
  model.compile({.optimizer = SGD({.learning_rate = 0.001}),
                 .loss = {{"price", "mse"}, {"kind", "mae"}},
                 .loss_weights = {{"price", 0.5}, {"kind", 2.0}},
                 .metrics = {{"price", {"mae"}}, {"kind", {"mse"}}}});
  const Tensor y2 = ops::multiply(seven_targets(), 2.0);
  const ValidationData validation{{seven_rows(), seven_targets()}, {seven_targets(), y2}, {}};
  const History history = model.fit({seven_rows(), seven_targets()}, {seven_targets(), y2},
                                    {.batch_size = 3,
                                     .epochs = 2,
                                     .verbose = 0,
                                     .validation_data = validation,
                                     .shuffle = false});
  EXPECT_EQ(names_in(history),
            (Names{"loss", "price_loss", "kind_loss", "price_mae", "kind_mse", "val_loss",
                   "val_price_loss", "val_kind_loss", "val_price_mae", "val_kind_mse"}));
  expect_values(history, "loss", {86.391045, 34.375084});
  expect_values(history, "price_loss", {146.77298, 43.503613});
  expect_values(history, "kind_loss", {6.502278, 6.311636});
  expect_values(history, "price_mae", {11.446485, 6.106992});
  expect_values(history, "kind_mse", {53.087669, 50.184772});
  expect_values(history, "val_loss", {37.699059, 24.032166});
  expect_values(history, "val_kind_mse", {50.698658, 48.92765});
  const std::vector<Tensor> outputs = model.predict_all({seven_rows(), seven_targets()});
  EXPECT_TRUE(is_near(
      outputs[0].reshape({7}),
      Tensor{2.5672803, 3.3091869, 6.9941092, 11.4209385, 12.1628437, 6.2522025, 10.6790314},
      1e-5));
  EXPECT_TRUE(is_near(
      outputs[1].reshape({7}),
      Tensor{0.1213233, 0.1608614, 0.3143121, 0.5073009, 0.546839, 0.274774, 0.4677628}, 1e-5));
}

TEST(Functional, TakesDataByName) {
  const Model model = two_in_two_out();
  model.compile({.optimizer = "sgd", .loss = {"mse", "mse"}});
  const auto loss = [&](const DataArg& x, const DataArg& y) {
    return model.evaluate(x, y)["loss"];
  };
  const Tensor zeros = Tensor::zeros({7, 1});
  const double in_order = loss({seven_rows(), seven_targets()}, {seven_targets(), zeros});
  EXPECT_EQ(loss({{"b", seven_targets()}, {"a", seven_rows()}},
                 {{"kind", zeros}, {"price", seven_targets()}}),
            in_order);
}

TEST(Functional, ListsLayersAsKerasDoes) {
  Names names;
  for (const Layer& layer : two_in_two_out().layers()) names.push_back(layer.name());
  EXPECT_EQ(names, (Names{"a", "sh", "b", "concatenate", "price", "kind"}));
}

Names names_of(const Model& model) {
  Names names;
  for (const Layer& layer : model.layers()) names.push_back(layer.name());
  return names;
}

// A layer that is called twice lies as deep as its deepest call, if that was met first.
TEST(Functional, ListsASharedLayerByItsDeepestCallAsKerasDoes) {
  for (const bool deep_first : {true, false}) {
    const Value a = Input({4}, {.name = "a"});
    const Value b = Input({4}, {.name = "b"});
    const Dense shared(4, {.name = "s"});
    const Value deep = Dense(4, {.name = "d2"})(Dense(4, {.name = "d1"})(shared(a)));
    const Value flat = shared(b);
    const Model model({.inputs = {a, b},
                       .outputs = deep_first ? std::vector{deep, flat} : std::vector{flat, deep}});
    EXPECT_EQ(names_of(model),
              deep_first ? (Names{"a", "s", "d1", "b", "d2"}) : (Names{"b", "a", "s", "d1", "d2"}));
  }
}

TEST(Functional, ListsInputsAsKerasDoes) {
  const Value a = Input({4}, {.name = "a"});
  const Value b = Input({4}, {.name = "b"});
  EXPECT_EQ(names_of(Model({.inputs = {a, b}, .outputs = {Dense(2, {.name = "d"})(a)}})),
            (Names{"a", "b", "d"}));
  std::vector<Value> many;
  Names names;
  for (int i = 0; i < 20; ++i) {
    names.push_back("x" + std::to_string(i));
    many.push_back(Input({1}, {.name = names.back()}));
  }
  names.push_back("all");
  EXPECT_EQ(names_of(Model({.inputs = many, .outputs = {Concatenate({.name = "all"})(many)}})),
            names);
}

TEST(Functional, AnotherModelLeavesAGivenNameAlone) {
  const Dense second(2);
  const Value x = Input({2}, {.name = "x"});
  EXPECT_EQ(names_of(Model({.inputs = {x}, .outputs = {second(Dense(2)(x))}})),
            (Names{"x", "dense", "dense_1"}));
  EXPECT_EQ(names_of(Model({.inputs = {x}, .outputs = {second(x)}})), (Names{"x", "dense_1"}));
}

TEST(Functional, ReplaysOpsBetweenLayers) {
  const Value x = Input({2});
  const Value h = Dense(3, {.kernel_initializer = "ones"})(x * 2.0) + 1.0;
  const Model model({.inputs = {x}, .outputs = {h}});
  EXPECT_TRUE(is_near(model.predict(Tensor{{1, 2}, {0, 0}}), Tensor{{7, 7, 7}, {1, 1, 1}}));
}

TEST(Functional, NestsModels) {
  const Sequential inner({Input({2}), Dense(3, {.activation = "tanh"}), Dense(2)},
                         {.name = "inner"});
  const Value x = Input({2});
  const Model outer({.inputs = {x}, .outputs = {Dense(1)(inner(inner(x)))}});
  EXPECT_EQ(outer.weights().size(), 6U);
  EXPECT_EQ(outer.count_params(), 9 + 8 + 3);
  outer.compile({.optimizer = SGD({.learning_rate = 0.01}), .loss = "mse"});
  const std::vector<Tensor> before = inner.get_weights();
  const History history = outer.fit(seven_rows(), seven_targets(), {.epochs = 20, .verbose = 0});
  EXPECT_LT(history["loss"].back(), history["loss"].front());
  EXPECT_FALSE(identical(inner.get_weights()[0], before[0])) << "the inner weights train";
  const Tensor h = inner.predict(inner.predict(seven_rows()));
  EXPECT_TRUE(is_near(outer.predict(seven_rows()), Tensor(outer.get_layer(-1)(h)), 1e-5));
}

TEST(Functional, KeepsAFrozenInnerModel) {
  const Sequential inner({Input({2}), Dense(3)}, {.name = "inner"});
  const Value x = Input({2});
  const Model outer({.inputs = {x}, .outputs = {Dense(1)(inner(x))}});
  inner.set_trainable(false);
  EXPECT_EQ(outer.trainable_weights().size(), 2U);
  outer.compile({.optimizer = "adam", .loss = "mse"});
  const std::vector<Tensor> before = outer.get_weights();
  outer.fit(seven_rows(), seven_targets(), {.verbose = 0});
  EXPECT_TRUE(identical(inner.get_weights()[0], before[0]));
  EXPECT_FALSE(identical(outer.get_layer(-1).get_weights()[0], before[2]));
}

// Cut a model, freeze what stays, put a new head on.
TEST(Functional, TakesANewHead) {
  const Sequential old(
      {Input({2}), Dense(4, {.activation = "tanh", .name = "body"}), Dense(1, {.name = "head"})});
  old.compile({.optimizer = "sgd", .loss = "mse"});
  old.fit(seven_rows(), seven_targets(), {.verbose = 0});
  const Model cut({.inputs = old.inputs(), .outputs = {old.get_layer("body").output()}});
  cut.set_trainable(false);
  const Model model(
      {.inputs = cut.inputs(),
       .outputs = {Dense(3, {.activation = "softmax", .name = "new"})(cut.outputs()[0])}});
  model.compile({.optimizer = "adam", .loss = "sparse_categorical_crossentropy"});
  const Tensor body = old.get_layer("body").get_weights()[0];
  model.fit(seven_rows(), Tensor::from<std::int64_t>({0, 1, 2, 0, 1, 2, 0}),
            {.epochs = 3, .verbose = 0});
  EXPECT_TRUE(identical(old.get_layer("body").get_weights()[0], body));
  EXPECT_EQ(model.predict(seven_rows()).shape(), Shape({7, 3}));
  EXPECT_EQ(cut.predict(seven_rows()).shape(), Shape({7, 4}));
  EXPECT_EQ(old.predict(seven_rows()).shape(), Shape({7, 1}));
}

TEST(Functional, NamesMistakes) {
  const Value a = Input({2}, {.name = "a"});
  const Value b = Input({3}, {.name = "b"});
  const Value h = Concatenate()({a, b});
  EXPECT_EQ(error_of<ValueError>([&] { Model({.inputs = {a}, .outputs = {h}}); }),
            "functional: expected every Input of the outputs among the inputs, \"b\" float32 "
            "(None, 3) is missing");
  EXPECT_EQ(error_of<ValueError>([&] { Model({.inputs = {a}}); }),
            "functional: expected at least one input and one output");
  EXPECT_EQ(error_of<ValueError>([&] { Model({.inputs = {h}, .outputs = {Dense(1)(h)}}); }),
            "functional: expected inputs made by Input(), got a computed value");
  EXPECT_EQ(
      error_of<ValueError>([&] {
        Model({.inputs = {a}, .outputs = {Dense(1, {.name = "x"})(Dense(1, {.name = "x"})(a))}});
      }),
      "model: expected distinct names, got two layers named \"x\"");
  const Model model = two_in_two_out();
  model.compile({.optimizer = "sgd", .loss = {{"prize", "mse"}}});
  EXPECT_EQ(error_of<ValueError>([&] {
              model.fit({seven_rows(), seven_targets()}, {seven_targets(), seven_targets()},
                        {.verbose = 0});
            }),
            "compile: loss: unknown output \"prize\"; did you mean \"price\"?");
  model.compile({.optimizer = "sgd", .loss = "mse"});
  EXPECT_EQ(error_of<ValueError>([&] { model.fit(seven_rows(), seven_targets(), {.verbose = 0}); }),
            "fit: x: expected 2 tensors, got 1");
  EXPECT_EQ(error_of<ValueError>([&] {
              model.fit({seven_rows(), seven_targets()}, seven_targets(), {.verbose = 0});
            }),
            "fit: y: expected 2 tensors, got 1");
  EXPECT_EQ(error_of<ValueError>([&] {
              model.fit({{"a", seven_rows()}, {"bb", seven_targets()}},
                        {seven_targets(), seven_targets()}, {.verbose = 0});
            }),
            "fit: x: unknown name \"bb\"; did you mean \"b\"?");
  EXPECT_EQ(error_of<ShapeError>([&] {
              model.predict({seven_targets(), seven_targets()});
            }),
            "functional: expected shape (None, 2) for input \"a\", got (7, 1)");
}

}  // namespace
}  // namespace antler::testing
