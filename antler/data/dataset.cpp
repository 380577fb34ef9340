#include "antler/data/dataset.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "antler/core/callable.h"
#include "antler/core/error.h"
#include "antler/data/dataset_source.h"
#include "antler/data/map_stage.h"

namespace antler {
namespace {

std::vector<Tensor> list_of(Tensor tensor) {
  std::vector<Tensor> list;
  if (tensor.rank() == 0 || tensor) list.push_back(std::move(tensor));
  return list;
}

std::vector<Tensor> slices(const std::vector<Tensor>& tensors, std::int64_t first,
                           std::int64_t count) {
  std::vector<Tensor> out;
  for (const Tensor& tensor : tensors) {
    // Of weights, some may be the empty Tensor.
    out.push_back(tensor.length() == 0 ? tensor : tensor.slice(first, first + count));
  }
  return out;
}

}  // namespace

Dataset::Dataset() = default;

Dataset::Dataset(Tensor x, Tensor y, Tensor sample_weight)
    : Dataset(std::vector<Tensor>{std::move(x)}, list_of(std::move(y)),
              sample_weight ? list_of(std::move(sample_weight)) : std::vector<Tensor>()) {}

Dataset::Dataset(std::vector<Tensor> x, std::vector<Tensor> y)
    : Dataset(std::move(x), std::move(y), {}) {}

Dataset::Dataset(std::vector<Tensor> x, std::vector<Tensor> y, std::vector<Tensor> sample_weight) {
  auto tensors =
      std::make_shared<TensorSource>(std::move(x), std::move(y), std::move(sample_weight));
  count_ = tensors->size();
  source_ = std::make_shared<const Source>(Source{tensors, tensors.get(), {}, {}});
}

Dataset Dataset::from_source(std::shared_ptr<ExampleSource> source) {
  if (source == nullptr) throw ValueError("Dataset: expected a source, got an empty pointer");
  Dataset dataset;
  dataset.count_ = source->size();
  if (dataset.count_ < 1) {
    throw ValueError(std::string("Dataset: expected a source of at least 1 ") +
                     (source->is_batched() ? "batch" : "example") + ", got " +
                     std::to_string(dataset.count_));
  }
  const auto* tensors = dynamic_cast<const TensorSource*>(source.get());
  dataset.source_ = std::make_shared<const Source>(Source{std::move(source), tensors, {}, {}});
  return dataset;
}

Dataset Dataset::from_generator(Generator generator, std::optional<std::int64_t> batches) {
  if (!generator) throw ValueError("Dataset: expected a generator, got an empty function");
  if (batches && *batches < 1) {
    throw ValueError("Dataset: expected at least 1 batch an epoch, got " +
                     std::to_string(*batches));
  }
  Dataset dataset;
  dataset.source_ =
      std::make_shared<const Source>(Source{nullptr, nullptr, std::move(generator), batches});
  return dataset;
}

bool Dataset::is_generator() const { return static_cast<bool>(source_->generator); }

bool Dataset::is_tensors() const { return source_->tensors != nullptr && selected_ == nullptr; }

void Dataset::require_examples(const char* method) const {
  if (!is_generator()) return;
  throw StateError(std::string("Dataset: ") + method +
                   " needs examples to choose from, and this dataset is a generator; let the "
                   "generator do it");
}

void Dataset::require_choosable(const char* method) const {
  require_examples(method);
  if (!is_shuffled()) return;
  throw StateError(std::string("Dataset: ") + method +
                   " chooses examples by position, and this dataset is shuffled; call it before "
                   "shuffle()");
}

const TensorSource& Dataset::tensors(const char* what) const {
  if (is_tensors()) return *source_->tensors;
  throw StateError(
      std::string("Dataset: ") + what +
      " needs rows of tensors in memory, and this dataset gathers its examples when they "
      "are wanted; read them with a BatchReader");
}

Dataset Dataset::batch(std::int64_t size, bool drop_remainder) const {
  require_examples("batch");
  if (source_->examples->is_batched()) {
    throw StateError(
        "Dataset: batch cannot cut anew what makes its own batches; change their size "
        "there");
  }
  if (size < 1) {
    throw ValueError("Dataset: expected a batch size of at least 1, got " + std::to_string(size));
  }
  Dataset out = *this;
  out.batch_size_ = size;
  out.drop_remainder_ = drop_remainder;
  return out;
}

Dataset Dataset::shuffle(std::uint64_t seed) const {
  require_examples("shuffle");
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

Dataset Dataset::map(Callable<Tensor(const Tensor&)> function) const {
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

Dataset Dataset::select(std::vector<std::int64_t> examples) const {
  require_choosable("select");
  if (examples.empty())
    throw ValueError("Dataset: expected to select at least 1 example, got none");
  for (std::int64_t& example : examples) {
    if (example < 0 || example >= count_) {
      throw ValueError("Dataset: expected to select examples in [0, " + std::to_string(count_) +
                       "), got " + std::to_string(example));
    }
    example += first_;
    if (selected_ != nullptr) example = (*selected_)[static_cast<std::size_t>(example)];
  }
  Dataset out = *this;
  out.first_ = 0;
  out.count_ = static_cast<std::int64_t>(examples.size());
  out.selected_ = std::make_shared<const std::vector<std::int64_t>>(std::move(examples));
  return out;
}

std::optional<std::int64_t> Dataset::example_count() const {
  if (is_generator() || source_->examples->is_batched()) return std::nullopt;
  return count_;
}

std::optional<std::int64_t> Dataset::batch_count() const {
  if (is_generator()) return source_->generator_batches;
  if (source_->examples->is_batched()) return count_;
  const std::int64_t full = count_ / batch_size_;
  return drop_remainder_ || count_ % batch_size_ == 0 ? full : full + 1;
}

std::vector<Tensor> Dataset::x() const { return slices(tensors("x()").x(), first_, count_); }

std::vector<Tensor> Dataset::y() const { return slices(tensors("y()").y(), first_, count_); }

std::vector<Tensor> Dataset::sample_weight() const {
  return slices(tensors("sample_weight()").sample_weight(), first_, count_);
}

Batch Dataset::view(std::int64_t index) const {
  const TensorSource& source = tensors("view");
  require_choosable("view");
  const std::int64_t batches = *batch_count();
  if (index < 0 || index >= batches) {
    throw ValueError("Dataset: expected a batch in [0, " + std::to_string(batches) + "), got " +
                     std::to_string(index));
  }
  const std::int64_t begin = first_ + index * batch_size_;
  Batch batch;
  batch.size = std::min(batch_size_, first_ + count_ - begin);
  batch.x = slices(source.x(), begin, batch.size);
  batch.y = slices(source.y(), begin, batch.size);
  batch.sample_weight = slices(source.sample_weight(), begin, batch.size);
  for (const Change& change : changes_) apply_change(change, batch);
  return batch;
}

}  // namespace antler
