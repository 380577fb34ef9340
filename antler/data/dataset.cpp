#include "antler/data/dataset.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "antler/core/error.h"
#include "antler/data/dataset_source.h"
#include "antler/data/map_stage.h"

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

std::vector<Tensor> list_of(Tensor tensor) {
  std::vector<Tensor> list;
  if (tensor.rank() == 0 || tensor) list.push_back(std::move(tensor));
  return list;
}

std::vector<Tensor> slices(const std::vector<Tensor>& tensors, std::int64_t first,
                           std::int64_t count) {
  std::vector<Tensor> out;
  for (const Tensor& tensor : tensors) out.push_back(tensor.slice(first, first + count));
  return out;
}

}  // namespace

Dataset::Dataset(Tensor x, Tensor y, Tensor sample_weight)
    : Dataset(std::vector<Tensor>{std::move(x)}, list_of(std::move(y)), std::move(sample_weight)) {}

Dataset::Dataset(std::vector<Tensor> x, std::vector<Tensor> y, Tensor sample_weight) {
  if (x.empty() || (x[0].rank() > 0 && x[0].length() == 0)) {
    throw ShapeError("Dataset: expected at least one example, got none");
  }
  const std::int64_t wanted = x[0].rank() == 0 ? 0 : x[0].length();
  for (std::size_t i = 0; i < x.size(); ++i) check_length(numbered("x", i, x.size()), x[i], wanted);
  for (std::size_t i = 0; i < y.size(); ++i) check_length(numbered("y", i, y.size()), y[i], wanted);
  if (sample_weight) check_length("sample_weight", sample_weight, wanted);
  count_ = wanted;
  source_ = std::make_shared<const Source>(
      Source{std::move(x), std::move(y), std::move(sample_weight), {}, {}});
}

Dataset Dataset::from_generator(Generator generator, std::optional<std::int64_t> batches) {
  if (!generator) throw ValueError("Dataset: expected a generator, got an empty function");
  if (batches && *batches < 1) {
    throw ValueError("Dataset: expected at least 1 batch an epoch, got " +
                     std::to_string(*batches));
  }
  Dataset dataset;
  dataset.source_ =
      std::make_shared<const Source>(Source{{}, {}, {}, std::move(generator), batches});
  return dataset;
}

bool Dataset::is_generator() const { return source_->generator != nullptr; }

void Dataset::require_tensors(const char* what) const {
  if (!is_generator()) return;
  throw StateError(std::string("Dataset: ") + what +
                   " needs tensors in memory, and this dataset is a generator; let the generator "
                   "do it");
}

void Dataset::require_choosable(const char* method) const {
  require_tensors(method);
  if (!is_shuffled()) return;
  throw StateError(std::string("Dataset: ") + method +
                   " chooses examples by position, and this dataset is shuffled; call it before "
                   "shuffle()");
}

Dataset Dataset::batch(std::int64_t size, bool drop_remainder) const {
  require_tensors("batch");
  if (size < 1) {
    throw ValueError("Dataset: expected a batch size of at least 1, got " + std::to_string(size));
  }
  Dataset out = *this;
  out.batch_size_ = size;
  out.drop_remainder_ = drop_remainder;
  return out;
}

Dataset Dataset::shuffle(std::uint64_t seed) const {
  require_tensors("shuffle");
  Dataset out = *this;
  out.shuffle_seed_ = seed;
  return out;
}

Dataset Dataset::prefetch() const {
  Dataset out = *this;
  out.prefetched_ = true;
  return out;
}

Dataset Dataset::map(Change change) const {
  if (!change) throw ValueError("Dataset: expected a function to map, got an empty one");
  Dataset out = *this;
  out.changes_.push_back(std::move(change));
  return out;
}

Dataset Dataset::map(std::function<Tensor(const Tensor&)> function) const {
  if (!function) throw ValueError("Dataset: expected a function to map, got an empty one");
  return map([function = std::move(function)](Batch& batch) {
    if (batch.x.size() != 1) {
      throw ShapeError("Dataset: expected one x to map, got " + std::to_string(batch.x.size()) +
                       "; give map a function of the Batch");
    }
    batch.x[0] = function(batch.x[0]);
  });
}

Dataset Dataset::take(std::int64_t count) const {
  require_choosable("take");
  if (count < 1) {
    throw ValueError("Dataset: expected to take at least 1 example, got " + std::to_string(count));
  }
  Dataset out = *this;
  out.count_ = std::min(count_, count);
  return out;
}

Dataset Dataset::skip(std::int64_t count) const {
  require_choosable("skip");
  if (count < 0 || count >= count_) {
    throw ValueError("Dataset: expected to skip 0 to " + std::to_string(count_ - 1) + " of " +
                     std::to_string(count_) + " examples, got " + std::to_string(count));
  }
  Dataset out = *this;
  out.first_ += count;
  out.count_ -= count;
  return out;
}

std::pair<Dataset, Dataset> Dataset::split(double fraction) const {
  require_choosable("split");
  const double wanted = std::floor(fraction * static_cast<double>(count_));
  if (!(wanted >= 1 && wanted < static_cast<double>(count_))) {
    throw ValueError("Dataset: expected a fraction that leaves examples in both parts of " +
                     std::to_string(count_) + ", got " + std::to_string(fraction));
  }
  const auto count = static_cast<std::int64_t>(wanted);
  return {take(count), skip(count)};
}

std::optional<std::int64_t> Dataset::example_count() const {
  if (is_generator()) return std::nullopt;
  return count_;
}

std::optional<std::int64_t> Dataset::batch_count() const {
  if (is_generator()) return source_->generator_batches;
  const std::int64_t full = count_ / batch_size_;
  return drop_remainder_ || count_ % batch_size_ == 0 ? full : full + 1;
}

std::vector<Tensor> Dataset::x() const {
  require_tensors("x()");
  return slices(source_->x, first_, count_);
}

std::vector<Tensor> Dataset::y() const {
  require_tensors("y()");
  return slices(source_->y, first_, count_);
}

Tensor Dataset::sample_weight() const {
  require_tensors("sample_weight()");
  if (!source_->sample_weight) return {};
  return source_->sample_weight.slice(first_, first_ + count_);
}

Batch Dataset::view(std::int64_t index) const {
  require_choosable("view");
  const std::int64_t batches = *batch_count();
  if (index < 0 || index >= batches) {
    throw ValueError("Dataset: expected a batch in [0, " + std::to_string(batches) + "), got " +
                     std::to_string(index));
  }
  const std::int64_t begin = index * batch_size_;
  Batch batch;
  batch.size = std::min(batch_size_, count_ - begin);
  batch.x = slices(source_->x, first_ + begin, batch.size);
  batch.y = slices(source_->y, first_ + begin, batch.size);
  if (source_->sample_weight) {
    batch.sample_weight = source_->sample_weight.slice(first_ + begin, first_ + begin + batch.size);
  }
  for (const Change& change : changes_) apply_change(change, batch);
  return batch;
}

}  // namespace antler
