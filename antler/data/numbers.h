#pragma once

#include <string>

#include "antler/core/tensor.h"

namespace antler {

/// The matrix in a text file of numbers, plain or gzip: one row a line, numbers separated by blanks
/// or commas (numpy.savetxt, the UCR archive). Empty lines and lines that start with # are passed
/// over.
///
/// Shapes  (lines, numbers a line).  Types  float64; nan and inf are kept.
/// Errors  FileError naming the path, the line and the number: a word that is no number, a line
///         with more or fewer numbers than the first, no numbers at all.
/// Source  numpy.loadtxt.
Tensor read_numbers(const std::string& path);

/// The same from memory; `name` opens the errors.
Tensor parse_numbers(const std::string& text, const std::string& name);

}  // namespace antler
