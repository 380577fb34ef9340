#pragma once

#include <string>
#include <vector>

#include "antler/core/config.h"
#include "antler/core/tensor.h"
#include "antler/data/table.h"
#include "apps/cli/task.h"

namespace antler::cli {

/// The classes of a target in ascending order, texts or numbers; of a multilabel task the names of
/// the labels; none for regression.
std::vector<Config> learn_classes(Task task, const std::vector<Column>& targets);

/// Targets as the model's loss takes them: binary (n, 1) of 0 and 1, the second class is 1;
/// multiclass (n,) of class numbers, or (n, classes) of 0 and 1 when `one_hot`; multilabel and
/// regression (n, columns).
///
/// Errors  ValueError, opened by `source`, naming the row (from 1) of a value that is no class, or
///         when a regression's target holds text.
Tensor code_targets(Task task, const std::vector<Column>& targets,
                    const std::vector<Config>& classes, bool one_hot, const std::string& source);

}  // namespace antler::cli
