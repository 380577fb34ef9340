#pragma once

#include <string>

#include "antler/data/table.h"

namespace antler {

/// The table in a CSV file (RFC 4180), plain or gzip, in UTF-8.
///
/// The separator is a comma; a first line without one may show a semicolon or a tab instead. A
/// first line without any number is the header. Cells may be quoted, quotes doubled inside; blanks
/// around unquoted cells do not count. A column is numeric when each of its cells is a number or
/// blank and not all are blank; else it holds text. Empty lines are passed over; lines may end in
/// CR LF, the last one in nothing.
///
/// Types   numeric columns are of float64, all others of text.
/// Errors  FileError naming the path and the line: no rows, a row with more or fewer cells than the
///         first, a quote that never closes, text after a closing quote, a NUL byte, a name that
///         two columns share.
/// Source  RFC 4180.
Table read_csv(const std::string& path);

/// The same from memory; `name` is the table's source and opens the errors.
Table parse_csv(std::string text, const std::string& name);

}  // namespace antler
