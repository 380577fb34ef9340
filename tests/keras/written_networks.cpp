// Convolutional, recurrent and attention networks; network_makers.py has Keras' side.
#include "antler/layers/batch_normalization.h"
#include "antler/layers/bidirectional.h"
#include "antler/layers/conv_lstm.h"
#include "antler/layers/conv_transpose.h"
#include "antler/layers/convolution.h"
#include "antler/layers/dense.h"
#include "antler/layers/depthwise_conv.h"
#include "antler/layers/einsum_dense.h"
#include "antler/layers/embedding.h"
#include "antler/layers/flatten.h"
#include "antler/layers/global_pooling.h"
#include "antler/layers/layer_normalization.h"
#include "antler/layers/masking.h"
#include "antler/layers/merging.h"
#include "antler/layers/multi_head_attention.h"
#include "antler/layers/pooling.h"
#include "antler/layers/recurrent.h"
#include "antler/layers/recurrent_cells.h"
#include "antler/layers/reversible_embedding.h"
#include "antler/layers/separable_conv.h"
#include "antler/layers/time_distributed.h"
#include "antler/layers/up_sampling.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/adam.h"
#include "antler/optimizers/adam_w.h"
#include "antler/optimizers/nadam.h"
#include "antler/optimizers/rmsprop.h"
#include "antler/optimizers/sgd.h"
#include "tests/keras/written_models.h"

namespace antler::keras_tests {
namespace {

WrittenModel convolutional() {
  const Sequential model(
      {Input({8, 12, 2}), Conv2D(4, 3, {.padding = "same", .activation = "relu"}),
       BatchNormalization({.momentum = 0.8}), MaxPooling2D(),
       Conv2D(6, {2, 3}, {.dilation_rate = {1, 2}, .groups = 2, .use_bias = false}),
       BatchNormalization({.scale = false}), AveragePooling2D(2, {.strides = 1, .padding = "same"}),
       GlobalAveragePooling2D(), Dense(3)});
  model.compile({.optimizer = Adam({.learning_rate = 0.005}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true}),
                 .metrics = {"accuracy"}});
  return trained("convolutional", model, {normal({8, 12, 2}, 40)}, {classes(3, 41)});
}

WrittenModel separable() {
  const Sequential model(
      {Input({7, 7, 3}),
       DepthwiseConv2D(3, {.padding = "same", .depth_multiplier = 2, .activation = "elu"}),
       SeparableConv2D(5, 3, {.strides = 2, .depth_multiplier = 2, .activation = "tanh"}),
       GlobalMaxPooling2D(), Dense(1)});
  model.compile({.optimizer = RMSprop({.learning_rate = 0.002}), .loss = "mse"});
  return trained("separable", model, {normal({7, 7, 3}, 42)}, {normal({1}, 43)});
}

WrittenModel transposed() {
  const Sequential model(
      {Input({4, 3, 2}),
       Conv2DTranspose(3, 3, {.strides = 2, .padding = "same", .activation = "softplus"}),
       Conv2DTranspose(2, {2, 3}, {.strides = {1, 2}, .output_padding = {0, 1}}),
       UpSampling2D({.size = 2, .interpolation = "bilinear"}), Conv2D(1, 3)});
  model.compile({.optimizer = SGD({.learning_rate = 0.01, .momentum = 0.9}), .loss = "mse"});
  const Tensor x = normal({4, 3, 2}, 44);
  const Shape output = model.predict(x).shape();
  return trained("transposed", model, {x}, {normal(output.without_batch(), 45)});
}

// Causal convolution and pooling of sequences.
WrittenModel over_time() {
  const Sequential model(
      {Input({12, 3}),
       Conv1D(4, 3, {.padding = "causal", .dilation_rate = 2, .activation = "silu"}),
       MaxPooling1D(2), SeparableConv1D(4, 2, {.padding = "same"}), BatchNormalization(),
       GlobalAveragePooling1D(), Dense(2)});
  model.compile({.optimizer = "adam", .loss = "mae"});
  return trained("over_time", model, {normal({12, 3}, 46)}, {normal({2}, 47)});
}

WrittenModel lstm() {
  const Sequential model(
      {Input({None, 3}), LSTM(5, {.return_sequences = true, .go_backwards = true}),
       LSTM(4, {.recurrent_activation = "hard_sigmoid", .unit_forget_bias = false}), Dense(2)});
  model.compile({.optimizer = Adam({.learning_rate = 0.01}), .loss = "mse"});
  return trained("lstm", model, {normal({7, 3}, 48)}, {normal({2}, 49)});
}

// Both places of the reset gate, and no bias.
WrittenModel gru() {
  const Sequential model({Input({6, 3}), GRU(4, {.return_sequences = true}),
                          GRU(5, {.return_sequences = true, .reset_after = false}),
                          GRU(3, {.use_bias = false}), Dense(1)});
  model.compile({.optimizer = Adam({.learning_rate = 0.01}), .loss = "mse"});
  return trained("gru", model, {normal({6, 3}, 50)}, {normal({1}, 51)});
}

WrittenModel bidirectional() {
  const Sequential model(
      {Input({6}, {.dtype = DType::int32}), Embedding(9, 4, {.mask_zero = true}),
       Bidirectional(LSTM(3, {.return_sequences = true})),
       Bidirectional(GRU(3, {.return_sequences = true}), {.merge_mode = "sum"}),
       Bidirectional(SimpleRNN(2), {.backward_layer = LSTM(2, {.go_backwards = true})}), Dense(3)});
  model.compile({.optimizer = Adam({.learning_rate = 0.01}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  return trained("bidirectional", model, {tokens(9, 6, 52)}, {classes(3, 53)});
}

// Cells of three kinds, and models of one time step.
WrittenModel stacked_cells() {
  const Sequential step({Dense(4, {.activation = "relu"}), Dense(3)});
  const StackedRNNCells cells({LSTMCell(4), GRUCell(3), SimpleRNNCell(2)});
  const Sequential model({Input({5, 4}), TimeDistributed(step),
                          RNN(cells, {.return_sequences = true}),
                          RNN({GRUCell(3, {.reset_after = false}), LSTMCell(2)}), Dense(1)});
  model.compile({.optimizer = Nadam({.learning_rate = 0.01}), .loss = "mse"});
  return trained("stacked_cells", model, {normal({5, 4}, 54)}, {normal({1}, 55)});
}

// The same layers over the images of a film, behind a mask.
WrittenModel time_distributed() {
  const Sequential model({Input({4, 5, 5, 1}),
                          TimeDistributed(Conv2D(3, 3, {.activation = "relu"})),
                          TimeDistributed(MaxPooling2D(2)), TimeDistributed(Flatten()), Masking(),
                          LSTM(3, {.return_sequences = true}), TimeDistributed(Dense(2))});
  model.compile({.optimizer = Adam({.learning_rate = 0.01}), .loss = "mse"});
  return trained("time_distributed", model, {normal({4, 5, 5, 1}, 56)}, {normal({4, 2}, 57)});
}

// States that go from one layer to another.
WrittenModel encoder_and_decoder() {
  const Value source = Input({5, 3}), target = Input({4, 2});
  const std::vector<Value> encoded = LSTM(4, {.return_state = true}).call_all({source});
  const Value x = LSTM(4, {.return_sequences = true})(
      target, {.initial_state = {encoded.at(1), encoded.at(2)}});
  const Value y = GRU(3, {.return_sequences = true})(x);
  const Model model({.inputs = {source, target}, .outputs = {TimeDistributed(Dense(2))(y)}});
  model.compile({.optimizer = Adam({.learning_rate = 0.01}), .loss = "mse"});
  return trained("encoder_and_decoder", model, {normal({5, 3}, 58), normal({4, 2}, 59)},
                 {normal({4, 2}, 60)});
}

WrittenModel film() {
  const Sequential model(
      {Input({3, 6, 5, 2}), ConvLSTM2D(3, 3, {.padding = "same", .return_sequences = true}),
       ConvLSTM2D(2, 2), LayerNormalization({.axis = {1, 2}}), Flatten(), Dense(2)});
  model.compile({.optimizer = Adam({.learning_rate = 0.01}), .loss = "mse"});
  return trained("film", model, {normal({3, 6, 5, 2}, 61)}, {normal({2}, 62)});
}

// Attention between two sequences, and products by Einstein's notation.
WrittenModel attention() {
  const Value words = Input({6}, {.dtype = DType::int32}), picture = Input({5, 4});
  Value x = Embedding(9, 8)(words);
  x = LayerNormalization({.epsilon = 1e-5})(x);
  const Value attended = MultiHeadAttention(2, 4, {.output_shape = 8})({x, picture});
  x = LayerNormalization({.center = false})(Add()({x, attended}));
  x = EinsumDense("abc,cde->abde", {6, 3, 2}, {.activation = "gelu", .bias_axes = "de"})(x);
  x = EinsumDense("abde,de->ab", 6)(x);
  const Model model({.inputs = {words, picture}, .outputs = {Dense(3)(x)}});
  model.compile({.optimizer = AdamW({.learning_rate = 0.01}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  return trained("attention", model, {tokens(9, 6, 63), normal({5, 4}, 64)}, {classes(3, 65)});
}

// Two tables at both ends: one is the way back too, the other has a second one for it.
WrittenModel language_model() {
  const Value words = Input({6}, {.dtype = DType::int32});
  const ReversibleEmbedding tied(9, 4, {.mask_zero = true, .logit_soft_cap = 2.0});
  const ReversibleEmbedding untied(9, 4,
                                   {.tie_weights = false,
                                    .embeddings_regularizer = "l2",
                                    .embeddings_constraint = "max_norm",
                                    .mask_zero = true,
                                    .reverse_dtype = "float32"});
  const Value x = LSTM(4, {.return_sequences = true})(Add()({tied(words), untied(words)}));
  const Model model(
      {.inputs = {words}, .outputs = {tied(x, {.reverse = true}), untied(x, {.reverse = true})}});
  const SparseCategoricalCrossentropy loss({.from_logits = true});
  model.compile({.optimizer = Adam({.learning_rate = 0.01}), .loss = {loss, loss}});
  return trained("language_model", model, {tokens(9, 6, 66)}, {tokens(9, 6, 67), tokens(9, 6, 68)});
}

}  // namespace

std::vector<WrittenModel> written_networks() {
  return {
      convolutional(), separable(),     transposed(),    over_time(),        lstm(),
      gru(),           bidirectional(), stacked_cells(), time_distributed(), encoder_and_decoder(),
      film(),          attention(),     language_model()};
}

}  // namespace antler::keras_tests
