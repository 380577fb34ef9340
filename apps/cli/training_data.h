#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "antler/core/tensor.h"
#include "apps/cli/arguments.h"
#include "apps/cli/coding.h"
#include "apps/cli/model_building.h"

namespace antler::cli {

/// All that a data set says before training: coded examples, and how they were coded.
struct TrainingData {
  Tensor x, y;
  /// The first rows train, the rest validates.
  std::int64_t training_rows = 0;
  Coding coding;
  InputStatistics inputs;
  /// The number of outputs of the model.
  std::int64_t outputs = 1;
  /// What was found, one line each.
  std::vector<std::string> notes;
};

/// Reads DATA, chooses the task, and codes features and targets. With a validation split the rows
/// are put in an order drawn by the seed, so that sorted files split fairly; means, deviations and
/// categories are learned from the training rows alone.
///
/// Errors  those of read_data, find_targets, choose_task, learn_features; ValueError when there are
///         no targets, or no row is left to train or to validate.
TrainingData prepare_training(const TrainArguments& arguments);

}  // namespace antler::cli
