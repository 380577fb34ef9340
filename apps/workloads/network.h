#pragma once

#include <cstdint>

#include "antler/core/config.h"
#include "antler/core/shape.h"
#include "antler/models/model.h"

// A network of the benchmarks as data, in the words that benchmarks/peers/README.md gives to every
// library: {"input_shape": [400], "batch": 32, "loss": "sparse_categorical_crossentropy",
// "learning_rate": 0.001, "layers": [{"layer": "Dense", "units": 25, "activation": "relu"}, ...]}.
namespace antler::workloads {

/// The network, compiled with its loss from logits and Adam.
///
/// Errors  ValueError for a layer or loss that is not one of the benchmarks', with the nearest one,
///         and for a missing key.
Model build_network(const Config& network);

std::int64_t batch_size(const Config& network);
/// The shape of one example.
Shape input_shape(const Config& network);

}  // namespace antler::workloads
