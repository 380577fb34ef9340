#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "antler/core/config.h"
#include "antler/core/tensor.h"
#include "apps/cli/model_file.h"

namespace antler::cli {

/// A model's output for people: p_<class> columns and the prediction.
///
/// Columns  binary and multiclass: p_<class> for each class, then `prediction`, the likeliest one;
///          multilabel: p_<label> each, then `prediction`, the labels over 0.5 joined by "|";
///          regression: `prediction`, or prediction_<target> each.
struct PredictionTable {
  std::vector<std::string> names;
  /// Numbers and texts, a list a row.
  std::vector<std::vector<Config>> rows;
};

/// `output` is what model.predict returns. For a model without a coding the loss or the last
/// layer's activation says the task: logits become probabilities, classes are numbered from 0.
/// Errors: ValueError for an output of more than two axes, which only .npy can hold.
PredictionTable prediction_table(const LoadedModel& model, const Tensor& output);

/// RFC 4180, one header line.
std::string to_csv(const PredictionTable& table);

}  // namespace antler::cli
