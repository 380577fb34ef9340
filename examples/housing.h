// California housing as numbers.
#pragma once

#include <antler/antler.h>

#include <string>

#include "numbers.h"

namespace course {

/// Every tenth block of houses, those without a blank: eight numbers, and the median value in
/// 100,000 dollars less its mean over these blocks, so that it is positive for some and negative
/// for others.
inline antler::datasets::Examples read_housing(const std::string& path) {
  const antler::Table table = antler::read_csv(path);
  Numbers x, y;
  for (std::size_t row = 0; row < table.lines.size(); row += 10) {
    if (table.columns[4].missing[row] != 0) continue;  // total_bedrooms, the only one with blanks
    for (std::size_t c = 0; c < 8; ++c) x.push_back(table.columns[c].numbers[row]);
    y.push_back(table.columns[8].numbers[row] / 100000);
  }
  double sum = 0;
  for (const double value : y) sum += value;
  for (double& value : y) value -= sum / static_cast<double>(y.size());
  return {matrix(x, 8), matrix(y, 1)};
}

}  // namespace course
