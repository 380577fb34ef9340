#include "apps/workloads/network.h"

#include <string>
#include <string_view>
#include <vector>

#include "antler/core/class_table.h"
#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/layers/batch_normalization.h"
#include "antler/layers/convolution.h"
#include "antler/layers/dense.h"
#include "antler/layers/flatten.h"
#include "antler/layers/global_pooling.h"
#include "antler/layers/input.h"
#include "antler/layers/layer_normalization.h"
#include "antler/layers/merging.h"
#include "antler/layers/multi_head_attention.h"
#include "antler/layers/pooling.h"
#include "antler/layers/recurrent.h"
#include "antler/layers/relu.h"
#include "antler/losses/binary_crossentropy.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/optimizers/adam.h"

namespace antler::workloads {
namespace {

// Fields that a description may leave out have Keras' defaults.
std::int64_t integer(const Config& layer, std::string_view key, std::int64_t otherwise) {
  const Config* value = layer.find(key);
  return value == nullptr ? otherwise : value->as_integer();
}

double number(const Config& layer, std::string_view key, double otherwise) {
  const Config* value = layer.find(key);
  return value == nullptr ? otherwise : value->as_number();
}

std::string text(const Config& layer, std::string_view key, const char* otherwise) {
  const Config* value = layer.find(key);
  return value == nullptr ? otherwise : value->as_string();
}

Value dense(const Config& layer, const Value& x) {
  return Dense(layer.at("units").as_integer(),
               {.activation = text(layer, "activation", "linear")})(x);
}

Value convolution(const Config& layer, const Value& x) {
  const std::int64_t filters = layer.at("filters").as_integer();
  const Config& kernel = layer.at("kernel_size");
  const Config* use_bias = layer.find("use_bias");
  const ConvolutionOptions options = {.strides = integer(layer, "strides", 1),
                                      .padding = text(layer, "padding", "valid"),
                                      .activation = text(layer, "activation", "linear"),
                                      .use_bias = use_bias == nullptr || use_bias->as_bool()};
  if (kernel.size() == 1) return Conv1D(filters, kernel[0].as_integer(), options)(x);
  return Conv2D(filters, {kernel[0].as_integer(), kernel[1].as_integer()}, options)(x);
}

Value max_pooling(const Config& layer, const Value& x) {
  return MaxPooling2D(layer.at("pool_size").as_integer())(x);
}

Value batch_normalization(const Config& layer, const Value& x) {
  return BatchNormalization(
      {.momentum = number(layer, "momentum", 0.99), .epsilon = number(layer, "epsilon", 1e-3)})(x);
}

Value relu(const Config&, const Value& x) { return ReLU()(x); }

Value flatten(const Config&, const Value& x) { return Flatten()(x); }

Value average(const Config&, const Value& x) {
  return x.rank() == 3 ? GlobalAveragePooling1D()(x) : GlobalAveragePooling2D()(x);
}

Value lstm(const Config& layer, const Value& x) { return LSTM(layer.at("units").as_integer())(x); }

// Post-norm: a normalization after each sum.
Value transformer_block(const Config& layer, const Value& x) {
  const std::int64_t heads = layer.at("heads").as_integer();
  const std::int64_t width = x.shape().back();
  const double epsilon = number(layer, "epsilon", 1e-3);
  const Value attention = MultiHeadAttention(heads, width / heads)({x, x});
  const Value seen = LayerNormalization({.epsilon = epsilon})(Add()({x, attention}));
  const Value hidden = Dense(layer.at("hidden").as_integer(), {.activation = "relu"})(seen);
  return LayerNormalization({.epsilon = epsilon})(Add()({seen, Dense(width)(hidden)}));
}

struct LayerKind {
  std::string_view name;
  Value (*apply)(const Config& layer, const Value& x);
};
constexpr LayerKind kLayers[] = {
    {"Dense", dense},
    {"Conv", convolution},
    {"MaxPooling2D", max_pooling},
    {"BatchNormalization", batch_normalization},
    {"ReLU", relu},
    {"Flatten", flatten},
    {"GlobalAveragePooling", average},
    {"LSTM", lstm},
    {"TransformerBlock", transformer_block},
};

Value apply_layer(const Config& layer, const Value& x) {
  const std::string& name = layer.at("layer").as_string();
  std::vector<std::string_view> names;
  for (const LayerKind& kind : kLayers) {
    if (kind.name == name) return kind.apply(layer, x);
    names.push_back(kind.name);
  }
  throw ValueError(unknown_name("layer of a benchmark", name, names));
}

Loss loss_of(const Config& network) {
  const std::string& name = network.at("loss").as_string();
  if (name == "sparse_categorical_crossentropy") {
    return SparseCategoricalCrossentropy({.from_logits = true});
  }
  if (name == "binary_crossentropy") return BinaryCrossentropy({.from_logits = true});
  throw ValueError(unknown_name("loss of a benchmark", name,
                                {"sparse_categorical_crossentropy", "binary_crossentropy"}));
}

}  // namespace

std::int64_t batch_size(const Config& network) { return network.at("batch").as_integer(); }

Shape input_shape(const Config& network) {
  std::vector<std::int64_t> sizes;
  for (const Config& size : network.at("input_shape").as_list()) sizes.push_back(size.as_integer());
  return Shape(sizes);
}

Model build_network(const Config& network) {
  const Value input = Input(input_shape(network));
  Value x = input;
  for (const Config& layer : network.at("layers").as_list()) x = apply_layer(layer, x);
  const Model model({.inputs = {input}, .outputs = {x}});
  model.compile({.optimizer = Adam({.learning_rate = network.at("learning_rate").as_number()}),
                 .loss = loss_of(network)});
  return model;
}

}  // namespace antler::workloads
