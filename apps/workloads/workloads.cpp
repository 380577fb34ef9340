#include "apps/workloads/workloads.h"

#include <cstdint>
#include <utility>

namespace antler::workloads {
namespace {

using Layers = std::vector<Config>;

Config dense(std::int64_t units, const char* activation = "linear") {
  return Config::map({{"layer", "Dense"}, {"units", units}, {"activation", activation}});
}

Config convolution(std::int64_t filters, const std::vector<std::int64_t>& kernel,
                   std::int64_t strides = 1) {
  return Config::map({{"layer", "Conv"},
                      {"filters", filters},
                      {"kernel_size", kernel},
                      {"strides", strides},
                      {"activation", "relu"}});
}

Config plain(const char* layer) { return Config::map({{"layer", layer}}); }

Config pooling() { return Config::map({{"layer", "MaxPooling2D"}, {"pool_size", 2}}); }

Config transformer_block() {
  return Config::map({{"layer", "TransformerBlock"}, {"heads", 4}, {"hidden", 256}});
}

Config network(const std::vector<std::int64_t>& input_shape, std::int64_t batch,
               const Layers& layers, const char* loss = "sparse_categorical_crossentropy") {
  return Config::map({{"input_shape", input_shape},
                      {"batch", batch},
                      {"loss", loss},
                      {"learning_rate", 1e-3},
                      {"layers", layers}});
}

// Sizes from the input to the logits.
Config mlp(const std::vector<std::int64_t>& sizes, std::int64_t batch) {
  Layers layers;
  for (std::size_t i = 1; i + 1 < sizes.size(); ++i) layers.push_back(dense(sizes[i], "relu"));
  layers.push_back(dense(sizes.back()));
  return network({sizes.front()}, batch, layers);
}

// Keras' example "Simple MNIST convnet" without its Dropout, whose draws are each library's own.
Config convnet() {
  return network({28, 28, 1}, 128,
                 {convolution(32, {3, 3}), pooling(), convolution(64, {3, 3}), pooling(),
                  plain("Flatten"), dense(10)});
}

// A heart beat of 100 samples, and whether it is a sick one's.
Config heartbeats() {
  return network({100, 1}, 32,
                 {convolution(10, {20}, 10), convolution(5, {5}, 2), plain("Flatten"), dense(1)},
                 "binary_crossentropy");
}

// No bias before a normalization, which would take it away again.
Config normalized_convnet() {
  Layers layers;
  for (const std::int64_t filters : {32, 64, 128}) {
    if (!layers.empty()) layers.push_back(pooling());
    layers.push_back(Config::map({{"layer", "Conv"},
                                  {"filters", filters},
                                  {"kernel_size", std::vector<std::int64_t>{3, 3}},
                                  {"padding", "same"},
                                  {"use_bias", false}}));
    layers.push_back(plain("BatchNormalization"));
    layers.push_back(plain("ReLU"));
  }
  layers.push_back(plain("GlobalAveragePooling"));
  layers.push_back(dense(10));
  return network({32, 32, 3}, 64, layers);
}

Config lstm() {
  return network({28, 28}, 32, {Config::map({{"layer", "LSTM"}, {"units", 128}}), dense(10)});
}

Config transformer() {
  return network(
      {64, 128}, 32,
      {transformer_block(), transformer_block(), plain("GlobalAveragePooling"), dense(10)});
}

}  // namespace

const std::vector<Workload>& workloads() {
  static const std::vector<Workload> all = {
      {"A", "MLP 400-25-15-10, batch 32", mlp({400, 25, 15, 10}, 32)},
      {"B", "MLP 784-128-10, batch 128", mlp({784, 128, 10}, 128)},
      {"C", "MLP 784-1024-1024-10, batch 256", mlp({784, 1024, 1024, 10}, 256)},
      {"D", "MNIST convnet 32-64, batch 128", convnet()},
      {"E", "Conv1D 20/10 and 5/2 over 100, batch 32", heartbeats()},
      {"F", "LSTM(128) over 28x28, batch 32", lstm()},
      {"G", "Conv-BN 32-64-128 on 32x32x3, batch 64", normalized_convnet()},
      {"H", "two Transformer blocks 128, 4 heads, 64 long, batch 32", transformer()},
      {"I", "A at batch 1", mlp({400, 25, 15, 10}, 1)},
  };
  return all;
}

const Workload* find_workload(std::string_view name) {
  for (const Workload& workload : workloads()) {
    if (workload.name == name) return &workload;
  }
  return nullptr;
}

}  // namespace antler::workloads
