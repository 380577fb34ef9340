#include "antler/data/tensor_source.h"

#include <string>
#include <utility>

#include "antler/core/error.h"

namespace antler {
namespace {

void check_length(const std::string& what, const Tensor& tensor, std::int64_t wanted) {
  if (tensor.rank() == 0) {
    throw ShapeError("Dataset: expected a batch axis in " + what +
                     ", got a scalar; put the examples along the first axis");
  }
  if (tensor.length() == wanted) return;
  throw ShapeError("Dataset: expected " + std::to_string(wanted) + " rows in " + what +
                   " as in x, got " + tensor.shape().to_string() +
                   "; does each example have its target and weight?");
}

std::string numbered(const char* name, std::size_t i, std::size_t count) {
  return count == 1 ? name : std::string(name) + "[" + std::to_string(i) + "]";
}

bool is_run(std::span<const std::int64_t> examples) {
  for (std::size_t i = 1; i < examples.size(); ++i) {
    if (examples[i] != examples[i - 1] + 1) return false;
  }
  return !examples.empty();
}

}  // namespace

TensorSource::TensorSource(std::vector<Tensor> x, std::vector<Tensor> y,
                           std::vector<Tensor> sample_weight)
    : x_(std::move(x)), y_(std::move(y)), sample_weight_(std::move(sample_weight)) {
  if (x_.empty() || (x_[0].rank() > 0 && x_[0].length() == 0)) {
    throw ShapeError("Dataset: expected at least one example, got none");
  }
  const std::int64_t wanted = x_[0].rank() == 0 ? 0 : x_[0].length();
  for (std::size_t i = 0; i < x_.size(); ++i) {
    check_length(numbered("x", i, x_.size()), x_[i], wanted);
  }
  for (std::size_t i = 0; i < y_.size(); ++i) {
    check_length(numbered("y", i, y_.size()), y_[i], wanted);
  }
  for (std::size_t i = 0; i < sample_weight_.size(); ++i) {
    if (!sample_weight_[i]) continue;
    check_length(numbered("sample_weight", i, sample_weight_.size()), sample_weight_[i], wanted);
  }
}

void TensorSource::gather(const Wanted& wanted, Batch& batch) {
  const bool in_order = is_run(wanted.examples);
  const auto fill = [&](const Tensor& from, Tensor& into) {
    make_room(from.dtype(), from.shape().dims().subspan(1), wanted.capacity, into);
    if (in_order) {
      copy_rows(from, wanted.examples[0], static_cast<std::int64_t>(wanted.examples.size()), into,
                wanted.copying);
    } else {
      gather_rows(from, wanted.examples, into, wanted.copying);
    }
  };
  batch.x.resize(x_.size());
  batch.y.resize(y_.size());
  for (std::size_t i = 0; i < x_.size(); ++i) fill(x_[i], batch.x[i]);
  for (std::size_t i = 0; i < y_.size(); ++i) fill(y_[i], batch.y[i]);
  batch.sample_weight.resize(sample_weight_.size());
  for (std::size_t i = 0; i < sample_weight_.size(); ++i) {
    if (sample_weight_[i]) fill(sample_weight_[i], batch.sample_weight[i]);
  }
}

}  // namespace antler
