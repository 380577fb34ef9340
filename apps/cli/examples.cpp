#include "apps/cli/examples.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string_view>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/models/trainer.h"
#include "apps/cli/features.h"
#include "apps/cli/labels.h"
#include "apps/cli/targets.h"

namespace antler::cli {
namespace {

// The coding of a table for a model that knows none: numbers as they are.
std::vector<Feature> plain_features(const Table& table) {
  std::vector<Feature> features;
  for (const Column& column : table.columns) features.push_back({.name = column.name});
  return features;
}

void check_width(const LoadedModel& model, const Tensor& x, const std::string& source) {
  const std::vector<Value> inputs = model.model.inputs();
  if (inputs.empty()) return;
  const Shape wanted = inputs.front().shape().without_batch();
  const Shape given = x.shape().without_batch();
  if (wanted.is_compatible(given)) return;
  throw ValueError(
      fmt::format("{}: expected examples of shape {}, as the model was trained on, got "
                  "{}",
                  source, wanted.to_string(), given.to_string()));
}

// The target columns of a table: by name, else where they stood in training.
std::vector<std::int64_t> find_coded_targets(const Table& table, const Coding& coding) {
  std::vector<std::int64_t> found;
  std::vector<std::string_view> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  for (std::size_t i = 0; i < coding.targets.size(); ++i) {
    std::int64_t index = -1;
    if (coding.has_header && table.has_header) {
      index = table.index_of(coding.targets[i]);
    } else if (static_cast<std::int64_t>(names.size()) == coding.column_count) {
      index = coding.target_positions[i];
    }
    if (index < 0) {
      const std::string near = nearest_name(coding.targets[i], names);
      throw ValueError(fmt::format("{}: expected the target column \"{}\", got none{}",
                                   table.source, coding.targets[i],
                                   near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
    found.push_back(index);
  }
  return found;
}

bool loss_takes_class_numbers(const Model& model) {
  const ModelBase& base = model.model_base();
  if (!base.trainer().is_compiled()) return true;
  const std::vector<LossesArg::Named>& losses = base.trainer().options().loss.losses();
  if (losses.empty()) return true;
  const LossArg& loss = losses.front().loss;
  const std::string name = loss.given_name().empty() ? loss.object().name() : loss.given_name();
  return name.starts_with("sparse") || name.starts_with("Sparse") || name == "crossentropy" ||
         name == "ce";
}

}  // namespace

CodedExamples code_examples(const LoadedModel& model, const Data& data) {
  CodedExamples out;
  if (!data.table) {
    check_finite_array(data.x, data.source);
    check_width(model, data.x, data.source);
    out.x = data.x;
    return out;
  }
  const bool coded = model.coding && !model.coding->features.empty();
  std::vector<std::int64_t> columns(data.table->columns.size());
  std::iota(columns.begin(), columns.end(), std::int64_t{0});
  if (coded) columns = find_features(*data.table, *model.coding);
  CodedFeatures features = code_features(
      *data.table, columns, coded ? model.coding->features : plain_features(*data.table));
  check_width(model, features.x, data.source);
  out.x = std::move(features.x);
  out.notes = std::move(features.notes);
  return out;
}

Tensor code_example_targets(const LoadedModel& model, const Data& data) {
  std::vector<Column> targets;
  if (data.table) {
    targets = target_columns(*data.table, model.coding && model.coding->column_count > 0
                                              ? find_coded_targets(*data.table, *model.coding)
                                              : find_targets(data, ""));
  } else {
    if (!data.y) {
      throw ValueError(
          fmt::format("{}: expected targets too: X.npy Y.npy, IMAGES LABELS, or x and "
                      "y in one .npz",
                      data.source));
    }
    if (!model.coding) return data.y;
    targets = target_columns(data.y, data.source);
  }
  const bool one_hot = !loss_takes_class_numbers(model.model);
  if (model.coding) {
    return code_targets(model.coding->task, targets, model.coding->classes, one_hot, data.source);
  }
  return code_targets(Task::regression, targets, {}, false, data.source);
}

Data without_last_column(const Data& data) {
  Data out = data;
  if (out.table && !out.table->columns.empty()) out.table->columns.pop_back();
  return out;
}

}  // namespace antler::cli
