#pragma once

#include <string>
#include <vector>

#include "antler/core/tensor.h"
#include "apps/cli/data_source.h"
#include "apps/cli/model_file.h"

namespace antler::cli {

/// Data coded as the model was trained.
struct CodedExamples {
  Tensor x;
  /// What was found, one line each.
  std::vector<std::string> notes;
};

/// The features alone; targets in a table are passed over. A model that the command did not train
/// takes the columns of a table as they are, all of them numbers.
///
/// Errors  those of find_features and code_features; ValueError for a table where the model was
///         trained on arrays of another width, and for NaN or infinity.
CodedExamples code_examples(const LoadedModel& model, const Data& data);

/// The targets in the form that the model's loss takes. Without a coding: y of the arrays as it is,
/// or the last column of a table.
///
/// Errors  ValueError for data without targets, a missing target column, a value that is no class.
Tensor code_example_targets(const LoadedModel& model, const Data& data);

/// `data` without the column that code_example_targets takes, for a model without a coding.
Data without_last_column(const Data& data);

}  // namespace antler::cli
