#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "antler/core/tensor.h"
#include "antler/data/table.h"
#include "apps/cli/coding.h"

namespace antler::cli {

/// How the columns of a table become inputs, learned from `rows` alone. A column of text in which
/// more than half of the rows differ says nothing about other rows: it is ignored.
///
/// Errors  ValueError naming row and column: a NaN or infinity, a text among numbers; a text
///         column with over 1,000 categories; when no column is left.
std::vector<Feature> learn_features(const Table& table, const std::vector<std::int64_t>& columns,
                                    std::span<const std::int64_t> rows);

/// The columns of a table that the features of a saved model mean: by name when both have a header,
/// else by position, with or without the targets.
///
/// Errors  ValueError naming the missing column and the nearest one, or the numbers of columns.
std::vector<std::int64_t> find_features(const Table& table, const Coding& coding);

struct CodedFeatures {
  /// float32 (rows, inputs).
  Tensor x;
  /// One line each: blank cells that took the training mean, texts that training had not seen.
  std::vector<std::string> notes;
};

/// Errors  ValueError naming row and column: a NaN or infinity, text where training had numbers.
CodedFeatures code_features(const Table& table, const std::vector<std::int64_t>& columns,
                            const std::vector<Feature>& features);

/// The number of inputs that a feature becomes.
std::int64_t input_count(const Feature& feature);

/// Errors: ValueError naming row and column of the first NaN or infinity in an array of features.
void check_finite_array(const Tensor& x, const std::string& source);

}  // namespace antler::cli
