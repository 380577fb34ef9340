// Electricity one hour ahead: windows of hours, and what two simple forecasts are worth.
#pragma once

#include <antler/antler.h>

#include <cmath>
#include <vector>

namespace course {

constexpr std::int64_t kColumns = 7;  // of ETTh1, without the date

struct Windows {
  antler::Tensor x, y;  // windows, and the hour after each; both less the last hour of the window
};

inline Windows windows(const std::vector<std::vector<float>>& rows, std::size_t first,
                       std::size_t last, std::size_t width) {
  std::vector<float> x, y;
  for (std::size_t t = first; t < last; ++t) {
    for (std::size_t s = t - width; s <= t; ++s) {
      for (std::size_t c = 0; c < kColumns; ++c) {
        (s == t ? y : x).push_back(rows[s][c] - rows[t - 1][c]);
      }
    }
  }
  const auto count = static_cast<std::int64_t>(last - first);
  return {antler::Tensor::from(x, {count, antler::None, kColumns}),
          antler::Tensor::from(y, {count, kColumns})};
}

inline double mean_squared(const antler::Value& predicted, const antler::Tensor& wanted) {
  return antler::Tensor(antler::ops::mean(antler::ops::square(predicted - wanted))).item<float>();
}

// Ridge regression: w = (X'X + I)^-1 X'Y by Gauss' elimination, then the error of X w.
inline double ridge(const Windows& train, const Windows& test) {
  const std::int64_t n = train.x.shape()[1] * kColumns, columns = n + kColumns;
  const antler::Value x = train.x.reshape({antler::None, n});
  const antler::Tensor product =
      antler::ops::matmul(antler::ops::transpose(x), antler::ops::concatenate({x, train.y}, 1));
  std::vector<double> a(product.data<float>().begin(), product.data<float>().end());
  const auto at = [&](std::int64_t r, std::int64_t c) -> double& { return a.at(r * columns + c); };
  for (std::int64_t i = 0; i < n; ++i) at(i, i) += 1;
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t c = columns; c-- > i;) at(i, c) /= at(i, i);
    for (std::int64_t r = 0; r < n; ++r) {
      for (std::int64_t c = columns; r != i && c-- > i;) at(r, c) -= at(r, i) * at(i, c);
    }
  }
  std::vector<float> w;
  for (std::int64_t i = 0; i < n * kColumns; ++i) w.push_back(at(i / kColumns, n + i % kColumns));
  return mean_squared(antler::ops::matmul(test.x.reshape({antler::None, n}),
                                          antler::Tensor::from(w, {n, kColumns})),
                      test.y);
}

// The columns after the date, in units of the training rows' deviation.
inline std::vector<std::vector<float>> standardized(const antler::Table& table,
                                                    std::size_t train_rows) {
  std::vector<std::vector<float>> rows(static_cast<std::size_t>(table.row_count()));
  for (std::size_t c = 1; c <= kColumns; ++c) {
    const std::vector<double>& column = table.columns.at(c).numbers;
    double sum = 0, squares = 0;
    for (std::size_t t = 0; t < train_rows; ++t) sum += column[t], squares += column[t] * column[t];
    const double mean = sum / train_rows, deviation = std::sqrt(squares / train_rows - mean * mean);
    for (std::size_t t = 0; t < rows.size(); ++t) rows[t].push_back((column[t] - mean) / deviation);
  }
  return rows;
}

}  // namespace course
