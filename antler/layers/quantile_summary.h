#pragma once

#include <vector>

#include "antler/core/tensor.h"

namespace antler {

/// The quantiles of many numbers, approximately, in bounded memory: some 1 / epsilon values, each
/// with the count of numbers that it stands for. All is float32, and in Keras' order, so that the
/// quantiles are those that Keras finds.
///
/// Errors  ValueError for NaN or infinity in a batch.
/// Source  keras.layers.Discretization: summarize, merge_summaries, compress_summary.
class QuantileSummary {
 public:
  explicit QuantileSummary(double epsilon) : epsilon_(epsilon) {}

  void add(const Tensor& batch);
  /// The numbers between `bins` parts of equal counts; fewer when there are fewer values.
  std::vector<float> boundaries(int bins) const;

 private:
  struct Entries {
    std::vector<float> values, weights;
  };
  static Entries compressed(Entries entries, double epsilon);

  double epsilon_;
  Entries entries_;
};

}  // namespace antler
