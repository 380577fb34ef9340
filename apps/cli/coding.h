#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "antler/core/config.h"
#include "antler/core/shape.h"
#include "apps/cli/task.h"

namespace antler::cli {

/// How one column of a table becomes inputs of the model.
struct Feature {
  /// number: itself, blanks become `mean`. category: one input for each of `categories`, 1 where
  /// the text is that one; a blank or unknown text is none of them. ignored: no input.
  enum class Kind { number, category, ignored };
  std::string name;
  Kind kind = Kind::number;
  double mean = 0;
  std::vector<std::string> categories = {};
};

/// How data are coded for a model and its outputs read: what the command keeps beside the weights.
struct Coding {
  Task task = Task::regression;
  /// In the order of the inputs; empty when the model was trained on arrays.
  std::vector<Feature> features = {};
  /// Whether columns have names to be found by.
  bool has_header = false;
  /// The columns of the training file, targets included.
  std::int64_t column_count = 0;
  std::vector<std::string> targets = {};
  /// Where the targets stood among all columns.
  std::vector<std::int64_t> target_positions = {};
  /// The classes in the order of the outputs, strings or numbers; the names of the labels of a
  /// multilabel task; none for regression.
  std::vector<Config> classes = {};
  std::uint64_t seed = 0;
};

Config to_config(const Coding& coding);
/// Errors: ValueError and TypeError of Config for a member that is missing or of another kind.
Coding coding_from_config(const Config& config);

/// A class as text: "setosa", "3", "-0.5".
std::string class_text(const Config& value);

}  // namespace antler::cli
