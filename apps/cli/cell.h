#pragma once

#include <cstddef>
#include <string>

#include "antler/data/table.h"

namespace antler::cli {

/// `F.csv:7: row 6, column "age"`: the line of the file, and the row of data counted from 1.
std::string cell_name(const Table& table, std::size_t row, const Column& column);

/// Errors: ValueError naming row and column when the numeric cell holds NaN or infinity.
void check_finite(const Table& table, std::size_t row, const Column& column);

}  // namespace antler::cli
