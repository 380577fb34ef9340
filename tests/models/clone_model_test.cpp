#include "antler/models/clone_model.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/layers/concatenate.h"
#include "antler/layers/lambda.h"
#include "antler/layers/leaky_relu.h"
#include "antler/layers/relu.h"
#include "antler/layers/time_distributed.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/reverse.h"
#include "tests/models/data.h"
#include "tests/support/inputs.h"

namespace antler::testing {
namespace {

Tensor rows_of(std::int64_t size) { return normal({5, size}, 3).astype(DType::float32); }

// Other layers with other weights; with the same weights the same numbers.
void expect_copy(const Model& model, const Model& copy, const std::vector<Tensor>& x) {
  EXPECT_EQ(copy.name(), model.name());
  ASSERT_EQ(copy.layers().size(), model.layers().size());
  for (std::size_t i = 0; i < model.layers().size(); ++i) {
    EXPECT_EQ(copy.layers()[i].name(), model.layers()[i].name());
    EXPECT_FALSE(copy.layers()[i] == model.layers()[i]);
  }
  EXPECT_FALSE(identical(copy.predict_all(x)[0], model.predict_all(x)[0]));
  copy.set_weights(model.get_weights());
  for (std::size_t i = 0; i < model.outputs().size(); ++i) {
    EXPECT_TRUE(identical(copy.predict_all(x)[i], model.predict_all(x)[i])) << i;
  }
}

TEST(CloneModel, OfASequential) {
  const Sequential model = line_model({.loss = "mse"});
  model.set_trainable(false);
  const Model copy = clone_model(model);
  EXPECT_FALSE(copy.model_base().trainer().is_compiled());
  EXPECT_FALSE(copy.layers()[0].trainable());
  copy.set_weights({Tensor{{2}, {3}}, Tensor{1}});
  EXPECT_EQ(model.get_weights()[0].item(1), 1);
  expect_copy(model, copy, {seven_rows()});
  const Model open = clone_model(Sequential({Dense(2), Dense(3)}));
  EXPECT_FALSE(open.is_built());
  EXPECT_EQ(open.predict(rows_of(4)).shape(), Shape({5, 3}));
}

// Shared layers, nested models called twice, ops that no file can hold, a function.
TEST(CloneModel, OfAGraph) {
  const Sequential nested({Input({3}), Dense(3)}, {.name = "nested"});
  const Value a = Input({3}, {.name = "a"}), b = Input({3}, {.name = "b"});
  const Dense shared(3, {.activation = "tanh", .name = "shared"});
  const Value turned = ops::flip(shared(a) + nested(b), 1);
  const Value squared = Lambda([](const Value& x) { return x * x; }, {.name = "sq"})(turned);
  const Model model({.inputs = {a, b},
                     .outputs = {Dense(1)(Concatenate()({squared, shared(b)})), nested(turned)},
                     .name = "graph"});
  const Model copy = clone_model(model);
  EXPECT_EQ(copy.weights().size(), model.weights().size());
  expect_copy(model, copy, {rows_of(3), rows_of(3)});
}

TEST(CloneModel, OfAModelInsideAWrapper) {
  const Sequential step({Dense(3, {.activation = "relu"}), Dense(2)});
  const Sequential model({Input({4, 3}), TimeDistributed(step)});
  expect_copy(model, clone_model(model), {normal({2, 4, 3}, 1).astype(DType::float32)});
}

TEST(CloneModel, AsksTheFunction) {
  const Sequential nested({Input({3}), ReLU()}, {.name = "nested"});
  const Sequential model({Input({3}), Dense(3), ReLU(), nested});
  std::vector<std::string> asked;
  const auto softer = [&](const Layer& layer) {
    asked.push_back(layer.name());
    return layer.class_name() == "ReLU" ? Layer(LeakyReLU({.name = layer.name()})) : layer;
  };
  const Model copy = clone_model(model, {.clone_function = softer});
  EXPECT_EQ(asked, (std::vector<std::string>{"dense", "re_lu", "nested"}));
  EXPECT_TRUE(copy.layers()[0] == model.layers()[0]);
  EXPECT_EQ(copy.layers()[1].class_name(), "LeakyReLU");
  EXPECT_TRUE(copy.layers()[2] == model.layers()[2]);

  const Model deep = clone_model(model, {.clone_function = softer, .recursive = true});
  EXPECT_FALSE(deep.layers()[2] == model.layers()[2]);
  EXPECT_EQ(deep.layers()[2].base().layers()[0].class_name(), "LeakyReLU");
}

struct Doubled : LayerBase {
  Value call(const Value& x, CallContext&) const override { return x * 2; }
};

TEST(CloneModel, SaysWhatIsWrong) {
  const Sequential own({Input({3}), make_layer<Doubled>()});
  EXPECT_EQ(error_of<ValueError>([&] { clone_model(own); }),
            "clone_model: unknown layer \"Doubled\"; a class of your own comes by custom_objects");
  const Model copy = clone_model(own, {.custom_objects = {{"Doubled", layer_factory<Doubled>()}}});
  EXPECT_EQ(copy.predict(Tensor{{1, 2, 3}}).item(2), 6);
  EXPECT_EQ(error_of<ValueError>([&] {
              clone_model(own, {.clone_function = [](const Layer&) { return Layer(); }});
            }),
            "doubled (Doubled): expected a layer from clone_function, got an empty handle");
}

}  // namespace
}  // namespace antler::testing
