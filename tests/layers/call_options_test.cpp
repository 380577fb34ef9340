#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "antler/compiler/evaluate.h"
#include "antler/core/error.h"
#include "antler/layers/dense.h"
#include "antler/layers/dropout.h"
#include "antler/layers/input.h"
#include "antler/models/model.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"

namespace antler {
namespace {

// x + the sum of the states, times the mask where there is one.
struct AddStates : LayerBase {
  bool supports_masking() const override { return true; }
  std::vector<std::string_view> call_arguments() const override { return {"initial_state"}; }
  Value call(const Value& x, CallContext& context) const override {
    Value y = x;
    for (const Value& state : context.options().initial_state) y = y + state;
    if (const Value mask = context.mask(x)) y = y * ops::cast(mask, x.dtype());
    return y;
  }
};

Tensor row(double a, double b) { return Tensor{{a, b}}; }

std::vector<float> elements(const Tensor& tensor) {
  const auto data = tensor.data<float>();
  return {data.begin(), data.end()};
}

TEST(CallOptions, ALayerReadsTheArgumentsOfItsCall) {
  const Layer layer = make_layer<AddStates>();
  const Tensor y = layer(row(1, 2), {.initial_state = {row(10, 20), row(100, 200)}});
  EXPECT_EQ(elements(y), (std::vector<float>{111, 222}));
  const Tensor alone = layer(row(1, 2));
  EXPECT_EQ(elements(alone), (std::vector<float>{1, 2}));
}

TEST(CallOptions, AMaskIsGivenForOneCallOnly) {
  const Layer layer = make_layer<AddStates>();
  CallContext context;
  const Value x = row(1, 2);
  const Value outer = Tensor{{1, 0}}.astype(DType::boolean);
  const Value inner = Tensor{{0, 1}}.astype(DType::boolean);
  context.set_mask(x, outer);
  const Value masked = layer.call_all({x}, context, {.mask = {inner}}).front();
  EXPECT_EQ(elements(masked), (std::vector<float>{0, 2}));
  EXPECT_TRUE(context.mask(masked).is_same(inner));
  EXPECT_TRUE(context.mask(x).is_same(outer));
}

TEST(CallOptions, ValuesOfAModelAreReplayed) {
  const Value x = Input({2}), state = Input({2}, {.name = "state"});
  const Value y = make_layer<AddStates>()(x, {.initial_state = {state}});
  const Model model({.inputs = {x, state}, .outputs = {y}});
  const Tensor predicted = model.predict({row(1, 2), row(10, 20)});
  EXPECT_EQ(elements(predicted), (std::vector<float>{11, 22}));
  // The state alone may come from the model.
  const Layer layer = make_layer<AddStates>();
  const Model constant(
      {.inputs = {state}, .outputs = {layer(row(1, 2), {.initial_state = {state}})}});
  EXPECT_EQ(elements(constant.predict(row(10, 20))), (std::vector<float>{11, 22}));
}

TEST(CallOptions, TrainingOfOneCallStays) {
  const Value x = Input({64});
  const Model model({.inputs = {x}, .outputs = {Dropout(0.5)(x, {.training = true})}});
  const std::vector<float> y = elements(model.predict(Tensor::ones({1, 64})));
  const auto dropped = std::count(y.begin(), y.end(), 0.0F);
  EXPECT_GT(dropped, 10);
  EXPECT_LT(dropped, 54);
}

TEST(CallOptions, WhatALayerDoesNotTakeIsAnError) {
  const Layer dense = Dense(2, {.name = "d"});
  const auto text = [](auto&& call) -> std::string {
    try {
      call();
    } catch (const ValueError& error) {
      return error.what();
    }
    return "no error";
  };
  EXPECT_EQ(
      text([&] { dense(row(1, 2), {.initial_state = {row(1, 2)}}); }),
      "d (Dense): expected no argument \"initial_state\" of its call; the layer does not take "
      "it");
  EXPECT_EQ(text([&] {
              dense(row(1, 2), {.mask = {Value(), Value()}});
            }),
            "d (Dense): expected at most one mask an input, got 2 for 1 inputs");
}

TEST(CallOptions, OneInputTwiceKeepsTheMaskThatTravels) {
  struct Sum : LayerBase {
    bool takes_list(std::size_t) const override { return true; }
    std::vector<Value> call_list(const std::vector<Value>& inputs, CallContext&) const override {
      return {inputs[0] + inputs[1]};
    }
  };
  CallContext context;
  const Value x = row(1, 2);
  const Value outer = Tensor{{1, 0}}.astype(DType::boolean);
  const Value inner = Tensor{{0, 1}}.astype(DType::boolean);
  context.set_mask(x, outer);
  make_layer<Sum>().call_all({x, x}, context, {.mask = {inner, inner}});
  EXPECT_TRUE(context.mask(x).is_same(outer));
}

TEST(CallOptions, StatesOfStackedCellsAreReadInOrder) {
  std::vector<Value> inputs;
  const Config states = std::vector<Config>{std::vector<Config>{1, 2}, std::vector<Config>{3}};
  const CallOptions options = call_options_from_config(
      Config::map({{"initial_state", states}}),
      [](const Config& number) -> Value { return number.as_integer(); }, inputs);
  ASSERT_EQ(options.initial_state.size(), 3U);
  EXPECT_EQ(Tensor(options.initial_state[2]).item<std::int64_t>(), 3);
}

TEST(CallOptions, GoBothWaysThroughAConfig) {
  const Config config = Config::map({{"training", true},
                                     {"query", 1},
                                     {"value", 2},
                                     {"value_mask", 3},
                                     {"attention_mask", 4},
                                     {"count_weights", 5},
                                     {"use_causal_mask", true},
                                     {"return_attention_scores", false},
                                     {"reverse", true},
                                     {"mask", nullptr}});
  std::vector<Value> inputs;
  const CallOptions options = call_options_from_config(
      config, [](const Config& number) -> Value { return number.as_integer(); }, inputs);
  EXPECT_EQ(inputs.size(), 2U);
  EXPECT_FALSE(options.mask.at(0));
  const auto write = [](const Value& value) -> Config {
    return Tensor(value).item<std::int64_t>();
  };
  EXPECT_EQ(call_options_to_config(options, write, true), Config::map({{"training", true},
                                                                       {"value_mask", 3},
                                                                       {"attention_mask", 4},
                                                                       {"count_weights", 5},
                                                                       {"use_causal_mask", true},
                                                                       {"reverse", true}}));
  EXPECT_THROW(call_options_from_config(Config::map({{"speed", 1}}), nullptr, inputs), ValueError);
}

}  // namespace
}  // namespace antler
