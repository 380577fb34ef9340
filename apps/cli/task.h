#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "antler/data/table.h"

namespace antler::cli {

/// What is to be learned.
enum class Task { binary, multiclass, multilabel, regression };

std::string_view name(Task task);
/// Errors: ValueError naming the nearest right one.
Task task_from_name(std::string_view name);
/// Keras' name of the loss that goes with the task.
std::string_view default_loss(Task task);

struct TaskChoice {
  Task task;
  /// One line: the task, the reason, and what is built for it.
  std::string text;
};

/// The course's rule. One column of two values: binary. Text, or integers with at most 20 values of
/// at least 5 rows each: multiclass. Several columns of 0 and 1: multilabel. All else: regression.
/// With `wanted` the rule is not asked, but the targets must fit.
///
/// Errors  ValueError, opened by `source`: a target that has one value only, text among several
///         targets, targets that do not fit `wanted`.
TaskChoice choose_task(const std::string& source, std::span<const Column> targets,
                       std::optional<Task> wanted);

}  // namespace antler::cli
