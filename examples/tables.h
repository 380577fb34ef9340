// Columns of a table as tensors.
#pragma once

#include <antler/antler.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace course {

/// Columns [first, last) as float32 (rows, last - first); numbers all.
inline antler::Tensor columns(const antler::Table& table, std::size_t first, std::size_t last) {
  std::vector<std::string> names;
  for (std::size_t c = first; c < last; ++c) names.push_back(table.columns.at(c).name);
  return table.numbers(names);
}

/// A CSV file whose last column is the target: all others as x (rows, columns - 1), it as y (rows,
/// 1).
inline antler::datasets::Examples read_examples(const std::string& path) {
  const antler::Table table = antler::read_csv(path);
  const std::size_t target = table.columns.size() - 1;
  return {columns(table, 0, target), columns(table, target, target + 1)};
}

/// Every fifth example, from the first on, for testing; the others for training.
inline antler::datasets::Split split_in_fifths(const antler::datasets::Examples& all) {
  std::vector<std::int64_t> train, test;
  for (std::int64_t i = 0; i < all.y.length(); ++i) (i % 5 == 0 ? test : train).push_back(i);
  const auto rows = [&](const antler::Tensor& of, const std::vector<std::int64_t>& chosen) {
    return antler::Tensor(antler::ops::take(of, antler::Tensor::from(chosen), 0));
  };
  return {{rows(all.x, train), rows(all.y, train)}, {rows(all.x, test), rows(all.y, test)}};
}

}  // namespace course
