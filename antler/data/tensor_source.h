#pragma once

#include <vector>

#include "antler/data/example_source.h"

namespace antler {

/// Tensors in memory: example i is row i of each.
class TensorSource : public ExampleSource {
 public:
  /// Errors: ShapeError for lengths that differ, and for no examples.
  TensorSource(std::vector<Tensor> x, std::vector<Tensor> y, std::vector<Tensor> sample_weight);

  std::int64_t size() const override { return x_[0].length(); }
  void gather(const Wanted& wanted, Batch& batch) override;

  const std::vector<Tensor>& x() const { return x_; }
  const std::vector<Tensor>& y() const { return y_; }
  const std::vector<Tensor>& sample_weight() const { return sample_weight_; }

 private:
  std::vector<Tensor> x_, y_, sample_weight_;
};

}  // namespace antler
