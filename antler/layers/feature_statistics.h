#pragma once

#include <cstdint>
#include <vector>

#include "antler/core/tensor.h"

namespace antler {

/// Mean and (biased) variance for each position along some axes, over all others, gathered batch by
/// batch in double precision.
///
/// Errors  ValueError for a batch without elements, or a NaN or infinity, with its position.
class FeatureStatistics {
 public:
  /// `axes` are sorted, each in [0, rank).
  explicit FeatureStatistics(std::vector<int> axes) : axes_(std::move(axes)) {}

  /// All batches have the same sizes along the axes.
  void add(const Tensor& batch);
  /// float64, of the sizes along the axes.
  Tensor mean() const;
  Tensor variance() const;

 private:
  std::vector<int> axes_;
  Shape shape_;
  std::vector<double> means_, squares_;  // squares: sums of squared distances from the mean
  double count_ = 0;
};

}  // namespace antler
