#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "antler/core/tensor.h"
#include "antler/models/sequential.h"
#include "apps/cli/arguments.h"
#include "apps/cli/task.h"

namespace antler::cli {

/// What the inputs look like: how they are standardized.
struct InputStatistics {
  Shape shape;  // of one example
  /// One mean and variance for all numbers (images), or one for each input.
  bool is_shared = false;
  std::vector<double> mean = {}, variance = {};
};

/// Statistics of the training rows. Bytes and arrays of several axes share one mean and variance,
/// so that a pixel that is dark in all training images does not become huge in another. Inputs that
/// do not vary, and those of `is_category` (empty: none), stay as they are.
InputStatistics input_statistics(const Tensor& x, const std::vector<bool>& is_category);

/// Compiled and ready for fit: Normalization, the hidden layers, and an output that fits the task;
/// a regression's ends in Rescaling with the deviation and mean of the training targets `y`, and
/// SGD's default rate is divided by the size of gradients that follows from that unit.
///
/// Errors  ValueError of compile, for a loss that does not fit.
Sequential build_model(const TrainArguments& arguments, Task task, const InputStatistics& inputs,
                       std::int64_t outputs, const Tensor& y);

/// Whether the loss of these arguments takes class numbers.
bool takes_class_numbers(const TrainArguments& arguments, Task task);

/// The loss under Keras' name.
std::string loss_name(const TrainArguments& arguments, Task task);

}  // namespace antler::cli
