#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/core/tensor.h"
#include "antler/data/table.h"

namespace antler::cli {

/// What DATA holds: a table whose columns are features and targets, or arrays.
struct Data {
  /// For messages.
  std::string source;
  std::optional<Table> table = {};
  /// The label columns that a Mulan .xml names; empty for other tables.
  std::vector<std::int64_t> label_columns = {};
  Tensor x = {};
  /// Empty when DATA is x alone.
  Tensor y = {};

  std::int64_t row_count() const { return table ? table->row_count() : x.length(); }
};

/// Which part of a named data set is meant.
enum class Part { train, test };

/// DATA in any of its forms: F.csv (or .tsv), F.arff with Mulan's .xml beside it, F.txt (numbers,
/// no header), F.npz (x, y), X.npy [Y.npy], IMAGES [LABELS] (IDX), all also .gz, or the name of a
/// data set.
///
/// Errors  FileError of the readers; ValueError for a name that is neither a file nor a data set,
///         for arrays whose lengths differ, and for two files in a form that is one.
Data read_data(const std::vector<std::string>& arguments, Part part);

}  // namespace antler::cli
