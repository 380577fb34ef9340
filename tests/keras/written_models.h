#pragma once

#include <string>
#include <vector>

#include "antler/models/model.h"

namespace antler::keras_tests {

/// A model to be written for Keras, trained some steps if it is compiled, and one batch of data.
struct WrittenModel {
  std::string name;
  Model model;
  std::vector<Tensor> x;
  std::vector<Tensor> y;  // none: not compiled
};

/// Random data for the models: a row a sample.
Tensor normal(Shape shape, std::uint64_t seed);
Tensor classes(std::int64_t count, std::uint64_t seed);
/// Sequences of ids below `count` that end in zeros, which an Embedding masks.
Tensor tokens(std::int64_t count, std::int64_t length, std::uint64_t seed);

/// Batches of 7 leave a smaller one at the end, and an odd number of steps.
WrittenModel trained(std::string name, const Model& model, std::vector<Tensor> x,
                     std::vector<Tensor> y);

std::vector<WrittenModel> written_models();
/// Those of convolutional, recurrent and attention layers.
std::vector<WrittenModel> written_networks();
/// Those that begin with strings, which Keras reads on TensorFlow alone.
std::vector<WrittenModel> written_text_models();

}  // namespace antler::keras_tests
