#include "tests/keras/written_models.h"

#include "antler/core/random.h"
#include "antler/layers/activation.h"
#include "antler/layers/attention.h"
#include "antler/layers/concatenate.h"
#include "antler/layers/dense.h"
#include "antler/layers/dropout.h"
#include "antler/layers/elu.h"
#include "antler/layers/embedding.h"
#include "antler/layers/flatten.h"
#include "antler/layers/layer_normalization.h"
#include "antler/layers/leaky_relu.h"
#include "antler/layers/merging.h"
#include "antler/layers/multi_head_attention.h"
#include "antler/layers/normalization.h"
#include "antler/layers/relu.h"
#include "antler/layers/rescaling.h"
#include "antler/layers/reshape.h"
#include "antler/layers/softmax.h"
#include "antler/losses/binary_crossentropy.h"
#include "antler/losses/categorical_crossentropy.h"
#include "antler/losses/huber.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/models/sequential.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/exponential.h"
#include "antler/optimizers/adam.h"
#include "antler/optimizers/adam_w.h"
#include "antler/optimizers/rmsprop.h"
#include "antler/optimizers/sgd.h"
#include "tests/support/inputs.h"

namespace antler::keras_tests {
namespace {

constexpr std::int64_t kSamples = 24;

}  // namespace

Tensor normal(Shape shape, std::uint64_t seed) {
  return testing::normal(shape.with_batch(kSamples), seed).astype(DType::float32);
}

Tensor classes(std::int64_t count, std::uint64_t seed) {
  return testing::integers({kSamples}, 0, count, seed);
}

Tensor tokens(std::int64_t count, std::int64_t length, std::uint64_t seed) {
  const Tensor lengths = testing::integers({kSamples}, 1, length + 1, seed + 1000);
  Tensor ids = testing::integers({kSamples, length}, 1, count, seed).astype(DType::int32);
  for (std::int64_t row = 0; row < kSamples; ++row) {
    for (std::int64_t i = lengths.item<std::int64_t>(row); i < length; ++i) {
      ids.mutable_data<std::int32_t>()[static_cast<std::size_t>(row * length + i)] = 0;
    }
  }
  return ids;
}

WrittenModel trained(std::string name, const Model& model, std::vector<Tensor> x,
                     std::vector<Tensor> y) {
  model.fit(x, y, {.batch_size = 7, .epochs = 3, .verbose = 0, .shuffle = false});
  return {std::move(name), model, std::move(x), std::move(y)};
}

namespace {

Tensor flags(Shape shape, std::uint64_t seed) {
  return testing::integers(shape.with_batch(kSamples), 0, 2, seed).astype(DType::float32);
}

Tensor one_hot(const Tensor& labels, std::int64_t count) {
  Tensor out = Tensor::zeros({labels.size(), count});
  for (std::int64_t i = 0; i < labels.size(); ++i) {
    out.mutable_data<float>()[static_cast<std::size_t>(i * count + labels.item<std::int64_t>(i))] =
        1;
  }
  return out;
}

WrittenModel course_network() {
  const Sequential model({Input({6, 6}), Rescaling(1.0 / 255), Flatten(),
                          Dense(25, {.activation = "relu"}), Dense(15, {.activation = "relu"}),
                          Dense(10, {.name = "logits"})});
  model.compile({.optimizer = Adam({.learning_rate = 1e-3}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true}),
                 .metrics = {"accuracy"}});
  const Tensor pixels = testing::integers({kSamples, 6, 6}, 0, 256, 3).astype(DType::float32);
  return trained("course_network", model, {pixels}, {classes(10, 4)});
}

// A layer shared by both inputs; losses by the names of the outputs.
WrittenModel two_inputs_two_outputs() {
  const Value left = Input({4}, {.name = "left"}), right = Input({4}, {.name = "right"});
  const Dense shared(5, {.activation = "tanh", .name = "shared"});
  const Value a = shared(left), b = shared(right);
  const Value kind = Dense(3, {.activation = "softmax", .name = "kind"})(Concatenate()({a, b}));
  const Value score = Dense(1, {.name = "score"})(Add()({a, b}));
  const Model model({.inputs = {left, right}, .outputs = {kind, score}, .name = "pair"});
  model.compile({.optimizer = Adam({.learning_rate = 0.01}),
                 .loss = {{"kind", "sparse_categorical_crossentropy"}, {"score", "mse"}},
                 .loss_weights = {{"kind", 1.0}, {"score", 0.5}},
                 .metrics = {{"kind", {"accuracy"}}, {"score", {"mae"}}}});
  return trained("two_inputs_two_outputs", model, {normal({4}, 5), normal({4}, 6)},
                 {classes(3, 7), normal({1}, 8)});
}

// A layer that is called on its own output, beside another of its class at the same depth.
WrittenModel called_twice() {
  const Value x = Input({4}), y = Input({4});
  const Dense again(4, {.activation = "tanh", .name = "again"});
  const Value inside = Add()({Dense(4, {.name = "beside"})(x), again(y)});
  const Model model({.inputs = {x, y}, .outputs = {Dense(2, {.name = "end"})(again(inside))}});
  model.compile({.optimizer = "adam", .loss = "mse"});
  return trained("called_twice", model, {normal({4}, 9), normal({4}, 10)}, {normal({2}, 11)});
}

WrittenModel normalization_and_rescaling() {
  const Tensor x = Tensor(normal({4}, 12) * 3.0f + 1.0f);
  const Normalization scaled;
  scaled.adapt(x);
  const Sequential model({Input({4}), scaled, Dense(8, {.activation = "relu"}), Dense(1),
                          Rescaling(2.5, {.offset = -0.75})});
  model.compile({.optimizer = SGD({.learning_rate = 0.01, .momentum = 0.9, .nesterov = true}),
                 .loss = "mean_squared_error",
                 .metrics = {"mae"}});
  return trained("normalization_and_rescaling", model, {x}, {normal({1}, 13)});
}

// A Sequential and a functional model as layers of a third.
WrittenModel nested_model() {
  const Sequential encoder({Input({4}), Dense(6, {.activation = "selu"}), Dense(3)},
                           {.name = "encoder"});
  const Value inner = Input({3});
  const Model head(
      {.inputs = {inner}, .outputs = {Add()({inner, Dense(3)(inner)})}, .name = "head"});
  const Value x = Input({4});
  const Value y = Dense(2, {.activation = "sigmoid"})(head(encoder(x)));
  const Model model({.inputs = {x}, .outputs = {y}, .name = "outer"});
  model.compile({.optimizer = Adam({.learning_rate = 0.01, .amsgrad = true}),
                 .loss = "binary_crossentropy",
                 .metrics = {"binary_accuracy"}});
  return trained("nested_model", model, {normal({4}, 14)}, {flags({2}, 15)});
}

// A nested model of two inputs and outputs is the end of the outer one.
WrittenModel nested_ends() {
  const Value a = Input({3}), b = Input({3});
  const Model inner({.inputs = {a, b}, .outputs = {Dense(2)(a), Add()({a, b})}, .name = "inner"});
  const Value x = Input({3}), y = Input({3});
  const Model model({.inputs = {x, y}, .outputs = inner.call_all({x, y})});
  return {"nested_ends", model, {normal({3}, 16), normal({3}, 17)}, {}};
}

// Arithmetic between layers: Keras' operations.
WrittenModel arithmetic() {
  const Value x = Input({4}, {.name = "x"}), y = Input({4}, {.name = "y"});
  const Value h = Dense(4, {.activation = "tanh"})(x);
  const Value mixed = (1.0 - h * 2.0) / (y * y + 1.0) - (-h);
  const Value weighed = mixed * Tensor{1, 2, 3, 4} + ops::exp(-y * y);
  const Model model({.inputs = {x, y}, .outputs = {Dense(1)(weighed), ops::add(h, y)}});
  model.compile({.optimizer = Adam(), .loss = {"mse", "mae"}, .loss_weights = {1.0, 0.5}});
  return trained("arithmetic", model, {normal({4}, 18), normal({4}, 19)},
                 {normal({1}, 20), normal({4}, 21)});
}

WrittenModel rmsprop_with_momentum() {
  const Sequential model(
      {Input({4}), Dense(6, {.activation = "elu"}), Dense(1, {.activation = "sigmoid"})});
  model.compile({.optimizer = RMSprop(
                     {.learning_rate = 0.005, .momentum = 0.6, .centered = true, .clipnorm = 0.5}),
                 .loss = BinaryCrossentropy({.label_smoothing = 0.1}),
                 .metrics = {"accuracy"}});
  return trained("rmsprop_with_momentum", model, {normal({4}, 22)}, {flags({1}, 23)});
}

// A moving average of the weights among the optimizer's variables.
WrittenModel adamw_with_average() {
  const Sequential model({Input({5}), Dense(6, {.activation = "silu"}), Dense(3)});
  model.compile({.optimizer = AdamW({.learning_rate = 0.01,
                                     .weight_decay = 0.02,
                                     .use_ema = true,
                                     .ema_momentum = 0.9,
                                     .ema_overwrite_frequency = 4}),
                 .loss = CategoricalCrossentropy({.from_logits = true, .label_smoothing = 0.1}),
                 .metrics = {"categorical_accuracy"}});
  return trained("adamw_with_average", model, {normal({5}, 24)}, {one_hot(classes(3, 25), 3)});
}

// Regularizers, Huber, and gradients gathered over two steps.
WrittenModel sgd_with_accumulation() {
  const Sequential model({Input({4}),
                          Dense(6, {.activation = "softplus",
                                    .kernel_regularizer = "l1l2",
                                    .bias_regularizer = "l2",
                                    .activity_regularizer = "l2"}),
                          Dense(1)});
  model.compile(
      {.optimizer = SGD({.learning_rate = 0.05, .momentum = 0.5, .gradient_accumulation_steps = 2}),
       .loss = Huber()});
  return trained("sgd_with_accumulation", model, {normal({4}, 26)}, {normal({1}, 27)});
}

// The layers without weights, a Dense that is frozen and one without bias.
WrittenModel every_plain_layer() {
  const Sequential model({Input({2, 3}), Reshape({3, None}), Dense(4, {.trainable = false}),
                          LeakyReLU({.negative_slope = 0.1}), Flatten(), Dropout(0.0),
                          Dense(5, {.use_bias = false}), ReLU({.max_value = 3.0}), Dense(5),
                          ELU({.alpha = 0.7}), Dense(4), Activation("exponential"), Dense(3),
                          Softmax()});
  model.compile({.optimizer = Adam({.learning_rate = 0.003, .weight_decay = 0.01}),
                 .loss = SparseCategoricalCrossentropy({.reduction = "sum"})});
  return trained("every_plain_layer", model, {normal({2, 3}, 28)}, {classes(3, 29)});
}

// Compiled, and saved before the first step: the optimizer's state is its start.
WrittenModel not_trained() {
  const Sequential model({Input({3}), Dense(4, {.activation = "gelu"}), Dense(1)});
  model.compile({.optimizer = Adam(), .loss = "mse"});
  return {"not_trained", model, {normal({3}, 30)}, {normal({1}, 31)}};
}

// Every kind of attention: masks that travel from an Embedding, and arguments of the call.
WrittenModel transformer() {
  const Value tokens = Input({6}, {.dtype = DType::int32}), questions = Input({2, 8});
  Value x = Embedding(7, 8, {.mask_zero = true})(tokens);
  const Value attended =
      MultiHeadAttention(2, 3, {.use_gate = true})({x, x}, {.use_causal_mask = true});
  x = LayerNormalization()(Add()({x, attended}));
  x = GroupQueryAttention(3, 4, 2, {.sliding_window = 3})({x, x});
  x = Attention({.use_scale = true, .score_mode = "concat"})({x, x});
  x = AdditiveAttention()({questions, x});
  const Model model({.inputs = {tokens, questions}, .outputs = {Dense(3)(Flatten()(x))}});
  model.compile({.optimizer = Adam({.learning_rate = 0.003}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  const Tensor drawn = testing::integers({kSamples, 6}, 0, 7, 33).astype(DType::int32);
  return trained("transformer", model, {drawn, normal({2, 8}, 34)}, {classes(3, 35)});
}

WrittenModel not_compiled() {
  const Value x = Input({3});
  const Value hidden = Dense(4, {.activation = "log_softmax"})(x);
  return {
      "not_compiled", Model({.inputs = {x}, .outputs = {Dense(2)(hidden)}}), {normal({3}, 32)}, {}};
}

}  // namespace

std::vector<WrittenModel> written_models() {
  set_random_seed(7);
  return {course_network(),     two_inputs_two_outputs(),
          called_twice(),       normalization_and_rescaling(),
          nested_model(),       nested_ends(),
          arithmetic(),         rmsprop_with_momentum(),
          adamw_with_average(), sgd_with_accumulation(),
          every_plain_layer(),  not_trained(),
          transformer(),        not_compiled()};
}

}  // namespace antler::keras_tests
