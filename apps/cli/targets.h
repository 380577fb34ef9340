#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "antler/data/table.h"
#include "apps/cli/data_source.h"

namespace antler::cli {

/// The target columns of a table that --target means: a name, an index from 0, -1 for the last, or
/// a comma list of them. Empty: the labels of the .xml, else the last column.
///
/// Errors  ValueError naming the nearest column, or for an index out of range, a column given
///         twice, or when no column is left as a feature.
std::vector<std::int64_t> find_targets(const Data& data, const std::string& wanted);

/// Columns of a table, or of an array (n,) or (n, k), as targets.
///
/// Errors  ValueError naming row and column for a blank cell, a NaN or an infinity; for an array
///         of more than two axes.
std::vector<Column> target_columns(const Table& table, const std::vector<std::int64_t>& indices);
std::vector<Column> target_columns(const Tensor& y, const std::string& source);

}  // namespace antler::cli
