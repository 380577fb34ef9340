#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace antler::testing {

/// Rows of two features around one point a class, far apart: a small network tells them apart.
/// CSV with the header `width,height,kind`; row i is of class i % labels.size().
std::string blobs_csv(int rows, const std::vector<std::string>& labels, std::uint64_t seed = 0);

/// The header and rows of a CSV without its last column.
std::string without_last_column(const std::string& csv);

/// CSV `size,color,price`: the price follows from a number and a text column, over 10,000.
std::string prices_csv(int rows, std::uint64_t seed = 0);

/// An ARFF file of two features and two labels, and Mulan's .xml that names the labels.
std::string labels_arff(int rows);
std::string labels_xml();

}  // namespace antler::testing
