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

std::vector<WrittenModel> written_models();
/// Those that begin with strings, which Keras reads on TensorFlow alone.
std::vector<WrittenModel> written_text_models();

}  // namespace antler::keras_tests
