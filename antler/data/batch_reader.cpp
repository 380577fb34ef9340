#include <algorithm>
#include <numeric>
#include <span>
#include <string>

#include "antler/core/error.h"
#include "antler/data/dataset.h"
#include "antler/data/dataset_source.h"
#include "antler/data/map_stage.h"
#include "antler/data/prefetch.h"
#include "antler/data/rows.h"

namespace antler {
namespace {

// A tensor that has room for `rows` rows like those of `from`, and that no one else holds, is kept.
void make_room(const Tensor& from, std::int64_t rows, Tensor& into) {
  const bool fits = into.dtype() == from.dtype() && into.rank() == from.rank() &&
                    into.length() >= rows &&
                    std::equal(from.shape().begin() + 1, from.shape().end(),
                               into.shape().begin() + 1, into.shape().end());
  if (fits) return;
  Shape shape = from.shape();
  shape.set(0, rows);
  into = Tensor::uninitialized(from.dtype(), shape);
}

class TensorStage : public BatchReader::Stage {
 public:
  struct Plan {
    std::int64_t first, count, batch_size, batches;
    std::optional<std::uint64_t> shuffle_seed;
    Copying copying;
  };
  TensorStage(const std::vector<Tensor>& x, const std::vector<Tensor>& y,
              const Tensor& sample_weight, const Plan& plan)
      : x_(x), y_(y), sample_weight_(sample_weight), plan_(plan) {
    if (plan_.shuffle_seed) order_.resize(static_cast<std::size_t>(plan_.count));
  }

  void start(std::uint64_t step) override {
    next_batch_ = 0;
    if (!plan_.shuffle_seed) return;
    shuffle_order(order_, *plan_.shuffle_seed, step);
    for (std::int64_t& row : order_) row += plan_.first;
  }

  bool next(Batch& batch) override {
    if (next_batch_ >= plan_.batches) return false;
    const std::int64_t begin = next_batch_++ * plan_.batch_size;
    batch.size = std::min(plan_.batch_size, plan_.count - begin);
    batch.x.resize(x_.size());
    batch.y.resize(y_.size());
    for (std::size_t i = 0; i < x_.size(); ++i) fill(x_[i], begin, batch.size, batch.x[i]);
    for (std::size_t i = 0; i < y_.size(); ++i) fill(y_[i], begin, batch.size, batch.y[i]);
    if (sample_weight_) {
      fill(sample_weight_, begin, batch.size, batch.sample_weight);
    } else if (batch.sample_weight) {
      batch.sample_weight = Tensor();
    }
    return true;
  }

 private:
  void fill(const Tensor& from, std::int64_t begin, std::int64_t size, Tensor& into) const {
    make_room(from, std::min(plan_.batch_size, plan_.count), into);
    if (plan_.shuffle_seed) {
      gather_rows(from,
                  std::span(order_).subspan(static_cast<std::size_t>(begin),
                                            static_cast<std::size_t>(size)),
                  into, plan_.copying);
    } else {
      copy_rows(from, plan_.first + begin, size, into, plan_.copying);
    }
  }

  std::vector<Tensor> x_, y_;
  Tensor sample_weight_;
  Plan plan_;
  std::vector<std::int64_t> order_;
  std::int64_t next_batch_ = INT64_MAX;
};

void check_generated(const std::string& what, const Tensor& tensor, std::int64_t size) {
  if (tensor.rank() > 0 && tensor.length() >= size) return;
  throw ShapeError("Dataset: expected at least " + std::to_string(size) +
                   " rows in the generator's " + what + ", got " + tensor.shape().to_string());
}

class GeneratorStage : public BatchReader::Stage {
 public:
  GeneratorStage(Dataset::Generator generator, std::optional<std::int64_t> batches)
      : generator_(std::move(generator)), batches_(batches) {}

  void start(std::uint64_t) override {
    made_ = 0;
    ended_ = false;
  }

  bool next(Batch& batch) override {
    if (ended_ || (batches_ && made_ >= *batches_)) return false;
    batch.size = 0;
    ended_ = !generator_(batch);
    if (ended_) {
      if (!batches_) return false;
      throw StateError("Dataset: expected " + std::to_string(*batches_) +
                       " batches from the generator, got " + std::to_string(made_) +
                       "; let it go on, or leave the number out");
    }
    if (batch.x.empty()) throw ShapeError("Dataset: the generator made a batch without x");
    if (batch.size == 0) batch.size = batch.x[0].length();
    for (const Tensor& x : batch.x) check_generated("x", x, batch.size);
    for (const Tensor& y : batch.y) check_generated("y", y, batch.size);
    if (batch.sample_weight) check_generated("sample_weight", batch.sample_weight, batch.size);
    ++made_;
    return true;
  }

 private:
  Dataset::Generator generator_;
  std::optional<std::int64_t> batches_;
  std::int64_t made_ = 0;
  bool ended_ = true;
};

}  // namespace

BatchReader::BatchReader(const Dataset& dataset) {
  const Dataset::Source& source = *dataset.source_;
  std::unique_ptr<Stage> stage;
  if (source.generator) {
    stage = std::make_unique<GeneratorStage>(source.generator, source.generator_batches);
  } else {
    stage = std::make_unique<TensorStage>(
        source.x, source.y, source.sample_weight,
        TensorStage::Plan{dataset.first_, dataset.count_, dataset.batch_size_,
                          *dataset.batch_count(), dataset.shuffle_seed_,
                          dataset.is_prefetched() ? Copying::alone : Copying::with_pool});
  }
  if (!dataset.changes_.empty()) stage = mapped(std::move(stage), dataset.changes_);
  if (dataset.is_prefetched()) stage = prefetched(std::move(stage));
  stage_ = std::move(stage);
}

BatchReader::BatchReader(BatchReader&&) noexcept = default;
BatchReader& BatchReader::operator=(BatchReader&&) noexcept = default;
BatchReader::~BatchReader() = default;

void BatchReader::start(std::uint64_t step) { stage_->start(step); }

bool BatchReader::next(Batch& batch) { return stage_->next(batch); }

}  // namespace antler
