#include "apps/cli/task.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler::cli {
namespace {

constexpr std::size_t kMostClasses = 20;
constexpr std::int64_t kFewestRows = 5;

struct Entry {
  Task task;
  std::string_view name, loss, built;
};
constexpr std::array<Entry, 4> kTasks = {{
    {Task::binary, "binary", "binary_crossentropy", "sigmoid with binary cross-entropy"},
    {Task::multiclass, "multiclass", "sparse_categorical_crossentropy",
     "softmax with sparse categorical cross-entropy"},
    {Task::multilabel, "multilabel", "binary_crossentropy",
     "one sigmoid a label with binary cross-entropy"},
    {Task::regression, "regression", "mean_squared_error", "linear output with squared error"},
}};

const Entry& entry(Task task) { return kTasks[static_cast<std::size_t>(task)]; }

// How often each number stands in a column.
std::map<double, std::int64_t> counts_of(const Column& column) {
  std::map<double, std::int64_t> counts;
  for (const double number : column.numbers) ++counts[number];
  return counts;
}

std::size_t distinct_texts(const Column& column) {
  std::vector<std::string_view> texts(column.texts.begin(), column.texts.end());
  std::sort(texts.begin(), texts.end());
  return static_cast<std::size_t>(std::unique(texts.begin(), texts.end()) - texts.begin());
}

std::size_t distinct(const Column& column) {
  return column.is_text ? distinct_texts(column) : counts_of(column).size();
}

bool is_zero_or_one(const Column& column) {
  return !column.is_text && std::all_of(column.numbers.begin(), column.numbers.end(),
                                        [](double v) { return v == 0 || v == 1; });
}

std::string names_of(std::span<const Column> columns) {
  if (columns.size() > 3) return fmt::format("the {} target columns", columns.size());
  std::string text;
  for (const Column& column : columns) {
    text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", column.name);
  }
  return text;
}

// Why a column of numbers is no list of classes; empty when it is one.
std::string not_classes(const Column& column) {
  const std::map<double, std::int64_t> counts = counts_of(column);
  for (const auto& [value, count] : counts) {
    if (value != std::floor(value)) return "has numbers with fractions";
  }
  if (counts.size() > kMostClasses) return fmt::format("has {} different numbers", counts.size());
  for (const auto& [value, count] : counts) {
    if (count < kFewestRows) {
      return fmt::format("has only {} row{} with the value {}, too few for a class", count,
                         count == 1 ? "" : "s", value);
    }
  }
  return "";
}

TaskChoice chosen(Task task, const std::string& reason, std::span<const Column> targets) {
  std::string text = fmt::format("{}, {}: {}", entry(task).name, reason, entry(task).built);
  const bool never_negative = std::all_of(targets.begin(), targets.end(), [](const Column& c) {
    return std::all_of(c.numbers.begin(), c.numbers.end(), [](double v) { return v >= 0; });
  });
  if (task == Task::regression && never_negative) {
    text += "; the target is never negative: relu is the other choice for the output";
  }
  return {task, text};
}

[[noreturn]] void refuse(const std::string& source, Task task, const std::string& problem) {
  throw ValueError(fmt::format("{}: --task {}: {}", source, entry(task).name, problem));
}

void check_wanted(const std::string& source, std::span<const Column> targets, Task task) {
  const Column& first = targets.front();
  const bool single = task == Task::binary || task == Task::multiclass;
  if (single && targets.size() > 1) {
    refuse(source, task, fmt::format("expected one target column, got {}", targets.size()));
  }
  if (task == Task::binary && distinct(first) != 2) {
    refuse(source, task,
           fmt::format("expected two values in \"{}\", got {}", first.name, distinct(first)));
  }
  for (const Column& column : targets) {
    if (task == Task::multilabel && !is_zero_or_one(column)) {
      refuse(source, task, fmt::format("expected 0 and 1 alone in \"{}\"", column.name));
    }
    if (task == Task::regression && column.is_text) {
      refuse(source, task,
             fmt::format("expected numbers in \"{}\", got text such as \"{}\"", column.name,
                         column.texts.front()));
    }
  }
}

TaskChoice choose_for_one(const Column& column) {
  const std::span<const Column> targets(&column, 1);
  const std::size_t values = distinct(column);
  if (values == 2) {
    return chosen(Task::binary, fmt::format("because \"{}\" has two values", column.name), targets);
  }
  if (column.is_text) {
    return chosen(Task::multiclass,
                  fmt::format("because \"{}\" is text with {} values", column.name, values),
                  targets);
  }
  const std::string reason = not_classes(column);
  if (!reason.empty()) {
    return chosen(Task::regression, fmt::format("because \"{}\" {}", column.name, reason), targets);
  }
  return chosen(Task::multiclass,
                fmt::format("because \"{}\" has {} whole values of at least {} rows each",
                            column.name, values, kFewestRows),
                targets);
}

}  // namespace

std::string_view name(Task task) { return entry(task).name; }

Task task_from_name(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Entry& entry : kTasks) {
    if (entry.name == name) return entry.task;
    names.push_back(entry.name);
  }
  throw ValueError(unknown_name("task", name, names));
}

std::string_view default_loss(Task task) { return entry(task).loss; }

TaskChoice choose_task(const std::string& source, std::span<const Column> targets,
                       std::optional<Task> wanted) {
  for (const Column& column : targets) {
    // One label of several may be absent from a small file; a single target must vary.
    if (distinct(column) == 1 && (targets.size() == 1 || !is_zero_or_one(column))) {
      throw ValueError(fmt::format(
          "{}: column \"{}\" has the same value in all rows: there is nothing to learn; is it the "
          "target? (--target)",
          source, column.name));
    }
  }
  if (wanted) {
    check_wanted(source, targets, *wanted);
    return chosen(*wanted, "as --task says", targets);
  }
  if (targets.size() == 1) return choose_for_one(targets.front());
  if (std::all_of(targets.begin(), targets.end(), is_zero_or_one)) {
    return chosen(Task::multilabel, fmt::format("because {} hold 0 and 1 alone", names_of(targets)),
                  targets);
  }
  for (const Column& column : targets) {
    if (!column.is_text) continue;
    throw ValueError(fmt::format(
        "{}: column \"{}\" holds text: several targets must all be numbers; name one --target",
        source, column.name));
  }
  return chosen(Task::regression, fmt::format("because {} hold numbers", names_of(targets)),
                targets);
}

}  // namespace antler::cli
