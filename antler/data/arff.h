#pragma once

#include <string>

#include "antler/data/table.h"

namespace antler {

/// The table in an ARFF file (Weka), plain or gzip: attributes that are numeric (numeric, real,
/// integer), nominal ({a, b}), string or date, then rows of comma-separated cells; "?" is missing,
/// "%" starts a comment line.
///
/// A nominal attribute whose declared values are all numbers is a numeric column, so that labels
/// {0, 1} are numbers; any other is a text column. Both keep the declared values as categories.
///
/// Types   numeric columns are of float64, all others of text.
/// Errors  FileError naming the path and the line: no @data, an unknown attribute type, sparse rows
///         ({1 x, 3 y}), a row with more or fewer cells than attributes, a cell that is no number
///         or not among the declared values, a quote that never closes.
/// Source  Weka, "Attribute-Relation File Format".
Table read_arff(const std::string& path);

/// The same from memory; `name` is the table's source and opens the errors.
Table parse_arff(const std::string& text, const std::string& name);

}  // namespace antler
