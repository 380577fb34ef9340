// Lists of numbers, as --set gives them and as they are printed and compared.
#pragma once

#include <antler/core/tensor.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

namespace course {

using Numbers = std::vector<double>;

/// float32, row by row.
inline antler::Tensor matrix(const Numbers& numbers, std::int64_t columns) {
  return antler::Tensor::from<double>(numbers)
      .astype(antler::DType::float32)
      .reshape({antler::None, columns});
}

/// All elements, one tensor after the other.
inline Numbers numbers_of(const std::vector<antler::Tensor>& tensors) {
  Numbers out;
  for (const antler::Tensor& tensor : tensors) {
    for (std::int64_t i = 0; i < tensor.size(); ++i) out.push_back(tensor.item(i));
  }
  return out;
}

/// max |a[i] - b[i]|; of two lists of one length.
inline double largest_difference(const Numbers& a, const Numbers& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    largest = std::max(largest, std::abs(a.at(i) - b.at(i)));
  }
  return largest;
}

/// The middle one of at least one number, or the mean of the two in the middle.
inline double median(Numbers numbers) {
  std::sort(numbers.begin(), numbers.end());
  const std::size_t n = numbers.size();
  return (numbers.at(n / 2) + numbers.at((n - 1) / 2)) / 2;
}

/// "name 1.5 -2", each number in `format`.
inline void print(const std::string& name, const Numbers& numbers, const char* format = " %g") {
  std::printf("%s", name.c_str());
  for (const double number : numbers) std::printf(format, number);
  std::printf("\n");
}

}  // namespace course
