#include "apps/cli/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "apps/cli/coding.h"

namespace antler::cli {
namespace {

// Integers stay integers, so that the classes read 1, 2, 3.
Config number_class(double number) {
  const bool whole = number == std::floor(number) && std::abs(number) < 9e15;
  return whole ? Config(static_cast<std::int64_t>(number)) : Config(number);
}

std::string value_text(const Column& column, std::size_t row) {
  return column.is_text ? column.texts[row] : fmt::format("{}", column.numbers[row]);
}

std::size_t row_count(const Column& column) {
  return column.is_text ? column.texts.size() : column.numbers.size();
}

// The number of the class in each row.
std::vector<std::int64_t> class_numbers(const Column& column, const std::vector<Config>& classes,
                                        const std::string& source) {
  std::vector<std::string> names;
  for (const Config& value : classes) names.push_back(class_text(value));
  std::vector<std::int64_t> numbers;
  for (std::size_t row = 0; row < row_count(column); ++row) {
    const std::string text = value_text(column, row);
    const auto at = std::find(names.begin(), names.end(), text);
    if (at == names.end()) {
      throw ValueError(fmt::format("{}: row {}, column \"{}\": {}", source, row + 1, column.name,
                                   unknown_name("class", text, {names.begin(), names.end()})));
    }
    numbers.push_back(at - names.begin());
  }
  return numbers;
}

Tensor number_matrix(const std::vector<Column>& targets, bool zero_or_one,
                     const std::string& source) {
  const std::size_t rows = row_count(targets.front());
  Tensor y =
      Tensor::zeros({static_cast<std::int64_t>(rows), static_cast<std::int64_t>(targets.size())});
  const std::span<float> values = y.mutable_data<float>();
  for (std::size_t j = 0; j < targets.size(); ++j) {
    for (std::size_t i = 0; i < rows; ++i) {
      const Column& column = targets[j];
      if (column.is_text || (zero_or_one && column.numbers[i] != 0 && column.numbers[i] != 1)) {
        throw ValueError(fmt::format("{}: row {}, column \"{}\": expected {}, got {}", source,
                                     i + 1, column.name, zero_or_one ? "0 or 1" : "a number",
                                     value_text(column, i)));
      }
      values[i * targets.size() + j] = static_cast<float>(column.numbers[i]);
    }
  }
  return y;
}

Tensor one_hot_matrix(const std::vector<std::int64_t>& numbers, std::size_t classes) {
  Tensor y = Tensor::zeros(
      {static_cast<std::int64_t>(numbers.size()), static_cast<std::int64_t>(classes)});
  const std::span<float> values = y.mutable_data<float>();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    values[i * classes + static_cast<std::size_t>(numbers[i])] = 1.0F;
  }
  return y;
}

}  // namespace

std::vector<Config> learn_classes(Task task, const std::vector<Column>& targets) {
  std::vector<Config> classes;
  if (task == Task::regression) return classes;
  const Column& column = targets.front();
  if (task == Task::multilabel) {
    for (const Column& label : targets) classes.emplace_back(label.name);
  } else if (column.is_text) {
    const std::set<std::string> values(column.texts.begin(), column.texts.end());
    for (const std::string& value : values) classes.emplace_back(value);
  } else {
    const std::set<double> values(column.numbers.begin(), column.numbers.end());
    for (const double value : values) classes.push_back(number_class(value));
  }
  return classes;
}

Tensor code_targets(Task task, const std::vector<Column>& targets,
                    const std::vector<Config>& classes, bool one_hot, const std::string& source) {
  if (task == Task::regression || task == Task::multilabel) {
    return number_matrix(targets, task == Task::multilabel, source);
  }
  const std::vector<std::int64_t> numbers = class_numbers(targets.front(), classes, source);
  if (task == Task::multiclass && !one_hot) return Tensor::from(numbers);
  if (task == Task::multiclass) return one_hot_matrix(numbers, classes.size());
  const Tensor column = Tensor::from(numbers).astype(DType::float32);
  return column.reshape({column.length(), 1});
}

}  // namespace antler::cli
