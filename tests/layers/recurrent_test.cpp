#include "antler/layers/recurrent.h"

#include <gtest/gtest.h>

#include "antler/compiler/function.h"
#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/layers/bidirectional.h"
#include "antler/layers/dense.h"
#include "antler/layers/layer_registry.h"
#include "antler/layers/time_distributed.h"
#include "antler/models/sequential.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/matmul.h"
#include "antler/ops/slice.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

Tensor sequence(const Shape& shape, std::uint64_t seed = 1) {
  return normal(shape, seed).astype(DType::float32);
}

template <class Error, class F>
void expect_error(const F& f, const std::string& text) {
  try {
    f();
    ADD_FAILURE() << "no error; expected " << text;
  } catch (const Error& e) {
    EXPECT_EQ(e.what(), text);
  }
}

// Its state is a running mean of products.
struct LeakyCell : RNNCellBase {
  std::vector<std::int64_t> state_size() const override { return {2}; }
  std::string class_name() const override { return "LeakyCell"; }
  void build(const Shape& in) override {
    kernel_ = add_weight({.name = "kernel", .shape = {in.back(), 2}, .initializer = "ones"});
  }
  Step step(const Value& x, const std::vector<Value>& states, CallContext&) const override {
    const Value h = states[0] * 0.5 + ops::matmul(x, kernel_);
    return {h * 2, {h}};
  }
  Variable kernel_;
};

TEST(RNN, RunsAUsersCell) {
  const RNN layer(make_layer<LeakyCell>(), {.return_sequences = true, .return_state = true});
  const std::vector<Value> y = layer.call_all({Tensor{{{1, 2}, {3, 4}}}});
  ASSERT_EQ(y.size(), 2U);
  EXPECT_TRUE(is_near(y[0], Tensor{{{6, 6}, {17, 17}}}));
  EXPECT_TRUE(is_near(y[1], Tensor{{8.5, 8.5}}));
  ASSERT_EQ(layer.weights().size(), 1U);
  EXPECT_EQ(layer.weights()[0].name(), "kernel");
}

TEST(RNN, ReadsAUsersCellFromItsConfig) {
  const RNN layer(make_layer<LeakyCell>(), {.go_backwards = true});
  layer(Tensor::zeros({1, 2, 3}));
  const Layer read =
      layer_from_config(layer_to_config(layer), {{"LeakyCell", layer_factory<LeakyCell>()}});
  EXPECT_EQ(layer_to_config(read), layer_to_config(layer));
  EXPECT_TRUE(is_near(read(Tensor{{{1, 2, 3}}}), Tensor{{12, 12}}));
}

TEST(StackedRNNCells, KeepTheirConfig) {
  const RNN layer({LSTMCell(3), GRUCell(2)}, {.return_sequences = true});
  layer(Tensor::zeros({1, 2, 4}));
  const Layer read = layer_from_config(layer_to_config(layer));
  EXPECT_EQ(layer_to_config(read), layer_to_config(layer));
  EXPECT_EQ(read.weights().size(), 6U);
}

TEST(LSTM, StartsWithOnesOnTheForgetGate) {
  const LSTM layer(2);
  layer(Tensor::zeros({1, 1, 3}));
  EXPECT_TRUE(is_near(layer.weights()[2].read(), Tensor{0, 0, 1, 1, 0, 0, 0, 0}));
}

// Two batches in turn are one sequence twice as long.
TEST(LSTM, StatefulGoesOnWhereTheLastBatchEnded) {
  const Tensor x = sequence({2, 6, 3});
  const Tensor halves[] = {Tensor(ops::slice_axis(x, 1, 0, 3)),
                           Tensor(ops::slice_axis(x, 1, 3, 6))};
  const LSTM stateful(4, {.stateful = true});
  const Sequential model({Input({3, 3}, {.batch_size = 2}), stateful});
  const LSTM whole(4);
  whole(x);
  whole.set_weights(model.get_weights());
  const Tensor first = model.predict(halves[0]);
  EXPECT_TRUE(is_near(model.predict(halves[1]), whole(x)));
  EXPECT_FALSE(is_near(model.predict(halves[0]), first));
  stateful.reset_state();
  EXPECT_TRUE(is_near(model.predict(halves[0]), first));
}

// Within one trace the second call sees the states of the first.
TEST(GRU, StatefulGoesOnWithinATrace) {
  const Tensor x = sequence({2, 6, 3});
  const GRU layer(4, {.stateful = true});
  CallContext context;
  layer.call_all({ops::slice_axis(x, 1, 0, 3)}, context);
  const Tensor second = layer.call_all({ops::slice_axis(x, 1, 3, 6)}, context).front();
  const GRU whole(4);
  whole(x);
  whole.set_weights(layer.get_weights());
  EXPECT_TRUE(is_near(second, whole(x)));
}

TEST(LSTM, TakesItsStatesInAModel) {
  const Value x = Input({None, 3}), h = Input({2}), c = Input({2});
  const LSTM layer(2);
  const Model model({.inputs = {x, h, c}, .outputs = {layer(x, {.initial_state = {h, c}})}});
  const Tensor data = sequence({2, 5, 3}), h0 = sequence({2, 2}, 2), c0 = sequence({2, 2}, 3);
  EXPECT_TRUE(is_near(model.predict({data, h0, c0}), layer(data, {.initial_state = {h0, c0}})));
  EXPECT_FALSE(is_near(model.predict({data, h0, c0}), layer(data)));
}

// Time steps of any number, and a batch of any size.
TEST(GRU, RunsOnSizesThatBecomeKnownLater) {
  const Sequential model(
      {Input({None, 2}), GRU(3, {.return_sequences = true}), Bidirectional(GRU(2)), Dense(1)});
  for (const std::int64_t steps : {1, 4}) {
    EXPECT_EQ(model.predict(sequence({3, steps, 2})).shape(), (Shape{3, 1}));
  }
}

// The same features are dropped in all steps, and scaled.
TEST(SimpleRNN, DropsTheSameFeaturesInEachStep) {
  const SimpleRNN layer(200, {.activation = "linear",
                              .use_bias = false,
                              .kernel_initializer = "zeros",
                              .recurrent_initializer = "identity",
                              .recurrent_dropout = 0.25});
  const Tensor ones = Tensor::ones({1, 200});
  const Tensor y = layer(Tensor::zeros({1, 3, 2}), {.training = true, .initial_state = {ones}});
  int dropped = 0;
  for (const float v : y.data<float>()) {
    if (v == 0) {
      ++dropped;
    } else {
      EXPECT_NEAR(v, 64.0 / 27, 1e-5);  // (4 / 3)^3
    }
  }
  EXPECT_GT(dropped, 25);
  EXPECT_LT(dropped, 80);
  EXPECT_TRUE(is_near(layer(Tensor::zeros({1, 3, 2}), {.initial_state = {ones}}), ones));
}

TEST(LSTM, DropsInputsAndStatesInTrainingAlone) {
  for (const bool recurrent : {false, true}) {
    const LSTM layer(4, {.dropout = 0.5, .recurrent_dropout = recurrent ? 0.5 : 0.0, .seed = 3});
    const Tensor x = sequence({2, 3, 5});
    EXPECT_TRUE(is_near(layer(x), layer(x)));
    EXPECT_FALSE(is_near(layer(x, {.training = true}), layer(x)));
    const auto trained = [&] {
      CallContext context({.training = true});
      return Tensor(layer(x, context));
    };
    EXPECT_TRUE(is_near(trained(), trained()));
  }
}

// Features kept with probability 0.8 count 1.25 each: not rounded to the inputs' type.
TEST(LSTM, TakesIntegers) {
  const Tensor x = testing::integers({2, 3, 5}, -3, 4), state = testing::integers({2, 4}, 0, 3);
  const auto run = [&](DType type) {
    set_random_seed(3);
    const LSTM layer(4, {.dropout = 0.2, .seed = 3});
    const Value start(state.astype(type));
    return Tensor(layer(x.astype(type), {.training = true, .initial_state = {start, start}}));
  };
  EXPECT_TRUE(identical(run(DType::int32), run(DType::float32)));
}

TEST(GRU, DropsBeforeTheReset) {
  const GRU layer(4, {.dropout = 0.5, .recurrent_dropout = 0.5, .seed = 3, .reset_after = false});
  const Tensor x = sequence({2, 3, 5});
  EXPECT_FALSE(is_near(layer(x, {.training = true}), layer(x)));
}

TEST(Bidirectional, HasLayersOfItsOwn) {
  const LSTM inner(2, {.name = "inner"});
  const Bidirectional layer(inner, {.merge_mode = std::nullopt});
  const std::vector<Value> y = layer.call_all({sequence({2, 3, 4})});
  EXPECT_EQ(y.size(), 2U);
  EXPECT_EQ(layer.weights().size(), 6U);
  EXPECT_FALSE(inner.is_built());
  EXPECT_EQ(layer.base().layers()[0].name(), "forward_inner");
  EXPECT_EQ(layer.base().layers()[1].name(), "backward_inner");
  EXPECT_EQ(layer_to_config(layer_from_config(layer_to_config(layer))), layer_to_config(layer));
}

TEST(RecurrentLayers, NameTheMistake) {
  expect_error<ValueError>([] { LSTM(0); }, "LSTM: expected units of at least 1, got 0");
  expect_error<ShapeError>(
      [] {
        GRU(2, {.name = "g"})(Tensor::zeros({2, 3}));
      },
      "g (GRU): expected 3 dimensions (batch, time, features), got (2, 3)");
  expect_error<ShapeError>(
      [] {
        SimpleRNN(2)(Tensor::zeros({2, 0, 3}));
      },
      "simple_rnn (SimpleRNN): expected at least 1 time step, got (2, 0, 3)");
  expect_error<ShapeError>(
      [] {
        LSTM(2, {.stateful = true})(Input({3, 4}));
      },
      "lstm (LSTM): stateful needs a known batch size, got (None, 3, 4); give Input() its "
      "batch_size");
  expect_error<ShapeError>(
      [] {
        LSTM(2, {.unroll = true})(Input({None, 4}));
      },
      "lstm (LSTM): unroll needs a known number of time steps, got (None, None, 4); give Input() "
      "its size");
  expect_error<ShapeError>(
      [] {
        LSTM(2)(Tensor::zeros({2, 3, 4}), {.initial_state = {Tensor::zeros({2, 2})}});
      },
      "lstm (LSTM): expected 2 initial states, got 1");
  expect_error<ShapeError>(
      [] {
        GRU(2)(Tensor::zeros({2, 3, 4}), {.initial_state = {Tensor::zeros({2, 3})}});
      },
      "gru (GRU): expected shape (2, 2) for state 0, got (2, 3)");
  expect_error<ValueError>(
      [] { RNN(Dense(2)); },
      "RNN: expected a cell, got Dense; cells are SimpleRNNCell, GRUCell, LSTMCell, "
      "StackedRNNCells and classes derived from RNNCellBase");
  expect_error<ValueError>([] { StackedRNNCells({Dense(2)}); },
                           "StackedRNNCells: expected cells, got Dense");
  expect_error<ValueError>(
      [] { Bidirectional(Dense(2)); },
      "Bidirectional: expected a recurrent layer (SimpleRNN, GRU, LSTM, RNN), got Dense");
  expect_error<ValueError>(
      [] { Bidirectional(GRU(2), {.merge_mode = "max"}); },
      "Bidirectional: expected merge_mode concat, sum, ave, mul or none, got max");
  expect_error<ValueError>(
      [] { Bidirectional(GRU(2), {.backward_layer = GRU(2)}); },
      "Bidirectional: expected layers with different go_backwards, got the same twice");
  expect_error<StateError>([] { Bidirectional(GRU(2)).reset_state(); },
                           "bidirectional (Bidirectional): reset_state() needs stateful layers");
  expect_error<ShapeError>(
      [] {
        TimeDistributed(Dense(2))(Tensor::zeros({2, 3}));
      },
      "time_distributed (TimeDistributed): expected at least 3 dimensions (batch, time, ...), got "
      "(2, 3)");
}

}  // namespace
}  // namespace antler::testing
