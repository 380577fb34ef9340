#include "apps/cli/training_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "antler/core/error.h"
#include "antler/data/datasets.h"
#include "antler/data/rows.h"
#include "apps/cli/data_source.h"
#include "apps/cli/features.h"
#include "apps/cli/labels.h"
#include "apps/cli/targets.h"

namespace antler::cli {
namespace {

// Keras' rule, on an order of the rows.
struct Order {
  std::vector<std::int64_t> rows;
  std::int64_t training = 0;
  std::span<const std::int64_t> training_rows() const {
    return {rows.data(), static_cast<std::size_t>(training)};
  }
};

Order choose_order(const Data& data, const TrainArguments& arguments) {
  const std::int64_t count = data.row_count();
  Order order;
  order.training = count;
  order.rows.resize(static_cast<std::size_t>(count));
  std::iota(order.rows.begin(), order.rows.end(), std::int64_t{0});
  if (arguments.validation_split == 0) return order;
  order.rows = shuffled_order(count, arguments.seed, 0);
  order.training = static_cast<std::int64_t>(
      std::floor(static_cast<double>(count) * (1.0 - arguments.validation_split)));
  if (order.training == 0 || order.training == count) {
    throw ValueError(fmt::format("{}: --validation-split {} leaves no row to {} among {}",
                                 data.source, arguments.validation_split,
                                 order.training == 0 ? "train on" : "validate on", count));
  }
  return order;
}

Tensor in_order(const Tensor& tensor, const Order& order) {
  if (order.training == tensor.length()) return tensor;
  Tensor out = Tensor::uninitialized(tensor.dtype(), tensor.shape());
  gather_rows(tensor, order.rows, out);
  return out;
}

std::vector<std::int64_t> columns_without(const Table& table,
                                          const std::vector<std::int64_t>& targets) {
  std::vector<std::int64_t> columns;
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(table.columns.size()); ++i) {
    if (std::find(targets.begin(), targets.end(), i) == targets.end()) columns.push_back(i);
  }
  return columns;
}

std::string table_note(const Table& table, const Coding& coding, std::int64_t inputs) {
  std::string targets;
  for (const std::string& target : coding.targets) {
    targets += (targets.empty() ? "" : ", ") + target;
  }
  return fmt::format("data: {}, {} rows, {} columns as {} inputs; target: {}", table.source,
                     table.row_count(), coding.features.size(), inputs, targets);
}

void add_feature_notes(const Coding& coding, std::vector<std::string>& notes) {
  for (const Feature& feature : coding.features) {
    if (feature.kind == Feature::Kind::ignored) {
      notes.push_back(
          fmt::format("note: \"{}\" is left out: its texts differ in more than half of the rows",
                      feature.name));
    } else if (feature.kind == Feature::Kind::category) {
      notes.push_back(fmt::format("note: \"{}\" is text with {} categories: one input each",
                                  feature.name, feature.categories.size()));
    }
  }
}

// Codes the features of a table; returns which inputs are categories.
std::vector<bool> code_table(const Table& table, const Order& order, TrainingData& out) {
  const std::vector<std::int64_t> columns = columns_without(table, out.coding.target_positions);
  out.coding.features = learn_features(table, columns, order.training_rows());
  CodedFeatures coded = code_features(table, columns, out.coding.features);
  out.x = std::move(coded.x);
  out.notes.push_back(table_note(table, out.coding, out.x.shape()[1]));
  add_feature_notes(out.coding, out.notes);
  for (const std::string& note : coded.notes) out.notes.push_back("note: " + note);
  std::vector<bool> is_category;
  for (const Feature& feature : out.coding.features) {
    is_category.insert(is_category.end(), static_cast<std::size_t>(input_count(feature)),
                       feature.kind == Feature::Kind::category);
  }
  return is_category;
}

std::vector<Column> find_target_columns(const TrainArguments& arguments, const Data& data,
                                        Coding& coding) {
  std::vector<Column> targets;
  if (data.table) {
    coding.target_positions = find_targets(data, arguments.target.value_or(""));
    coding.column_count = static_cast<std::int64_t>(data.table->columns.size());
    coding.has_header = data.table->has_header;
    targets = target_columns(*data.table, coding.target_positions);
  } else {
    if (arguments.target) {
      throw ValueError(
          fmt::format("{}: --target names a column of a table, and these are arrays", data.source));
    }
    if (!data.y) {
      throw ValueError(
          fmt::format("{}: expected targets too: X.npy Y.npy, IMAGES LABELS, or x and "
                      "y in one .npz",
                      data.source));
    }
    targets = target_columns(data.y, arguments.data.back());
  }
  for (const Column& column : targets) coding.targets.push_back(column.name);
  return targets;
}

}  // namespace

TrainingData prepare_training(const TrainArguments& arguments) {
  const Data data = read_data(arguments.data, Part::train);
  TrainingData out;
  Coding& coding = out.coding;
  const std::vector<Column> targets = find_target_columns(arguments, data, coding);
  const TaskChoice choice = choose_task(data.source, targets, arguments.task);
  coding.task = choice.task;
  coding.seed = arguments.seed;
  coding.classes = learn_classes(choice.task, targets);
  out.outputs = static_cast<std::int64_t>(choice.task == Task::multiclass ? coding.classes.size()
                                                                          : targets.size());

  const Order order = choose_order(data, arguments);
  out.training_rows = order.training;
  std::vector<bool> is_category;
  if (data.table) {
    is_category = code_table(*data.table, order, out);
  } else {
    check_finite_array(data.x, data.source);
    out.x = data.x;
    out.notes.push_back(fmt::format("data: {}, {} examples of shape {}", data.source,
                                    data.x.length(), data.x.shape().without_batch().to_string()));
  }
  out.x = in_order(out.x, order);
  const bool one_hot = !takes_class_numbers(arguments, choice.task);
  out.y = in_order(code_targets(choice.task, targets, coding.classes, one_hot, data.source), order);
  out.inputs = input_statistics(out.x.slice(0, order.training), is_category);
  out.notes.push_back("task: " + choice.text);
  return out;
}

}  // namespace antler::cli
