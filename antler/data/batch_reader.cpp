#include <algorithm>
#include <numeric>
#include <span>
#include <string>

#include "antler/core/error.h"
#include "antler/data/dataset.h"
#include "antler/data/dataset_source.h"
#include "antler/data/map_stage.h"
#include "antler/data/prefetch.h"

namespace antler {
namespace {

// Checks a batch that a user's code made, and counts its rows where that did not. `index`: which of
// a source's it is.
void complete(Batch& batch, std::optional<std::int64_t> index = {}) {
  const auto check = [&](const char* name, const Tensor& tensor) {
    if (tensor.rank() > 0 && tensor.length() >= batch.size) return;
    throw ShapeError("Dataset: expected at least " + std::to_string(batch.size) + " rows in " +
                     (index ? std::string(name) + " of batch " + std::to_string(*index)
                            : std::string("the generator's ") + name) +
                     ", got " + tensor.shape().to_string());
  };
  if (batch.x.empty()) {
    throw ShapeError(index ? "Dataset: expected x in batch " + std::to_string(*index) + ", got none"
                           : "Dataset: the generator made a batch without x");
  }
  if (batch.size == 0) batch.size = batch.x[0].length();
  for (const Tensor& x : batch.x) check("x", x);
  for (const Tensor& y : batch.y) check("y", y);
  for (const Tensor& weight : batch.sample_weight) {
    if (weight) check("sample_weight", weight);
  }
}

class SourceStage : public BatchReader::Stage {
 public:
  struct Plan {
    std::int64_t first, count, batch_size, batches;
    std::optional<std::uint64_t> shuffle_seed;
    Copying copying;
    std::shared_ptr<const std::vector<std::int64_t>> selected;
  };
  SourceStage(std::shared_ptr<ExampleSource> source, const Plan& plan)
      : source_(std::move(source)), plan_(plan) {
    order_.resize(static_cast<std::size_t>(plan_.shuffle_seed ? plan_.count : capacity()));
  }

  void start(std::uint64_t step) override {
    next_batch_ = 0;
    if (!plan_.shuffle_seed) return;
    shuffle_order(order_, *plan_.shuffle_seed, step);
    to_examples(order_);
  }

  bool next(Batch& batch) override {
    if (next_batch_ >= plan_.batches) {
      if (next_batch_ == plan_.batches) source_->on_epoch_end();
      next_batch_ = kEnded;
      return false;
    }
    const std::int64_t begin = next_batch_++ * plan_.batch_size;
    batch.size = std::min(plan_.batch_size, plan_.count - begin);
    const std::span<const std::int64_t> wanted = numbers(begin, batch.size);
    source_->gather({wanted, capacity(), plan_.copying}, batch);
    if (source_->is_batched()) complete(batch, wanted[0]);
    return true;
  }

 private:
  static constexpr std::int64_t kEnded = INT64_MAX;

  std::int64_t capacity() const { return std::min(plan_.batch_size, plan_.count); }

  std::span<const std::int64_t> numbers(std::int64_t begin, std::int64_t size) {
    const auto length = static_cast<std::size_t>(size);
    const std::span<std::int64_t> all(order_);
    if (plan_.shuffle_seed) return all.subspan(static_cast<std::size_t>(begin), length);
    std::iota(all.begin(), all.begin() + size, begin);
    to_examples(all.first(length));
    return all.first(length);
  }

  // From places in this dataset to the source's numbers.
  void to_examples(std::span<std::int64_t> places) const {
    for (std::int64_t& place : places) {
      place += plan_.first;
      if (plan_.selected) place = (*plan_.selected)[static_cast<std::size_t>(place)];
    }
  }

  std::shared_ptr<ExampleSource> source_;
  Plan plan_;
  std::vector<std::int64_t> order_;  // the epoch's when it is shuffled, else the batch's
  std::int64_t next_batch_ = kEnded;
};

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
    complete(batch);
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
    const bool batched = source.examples->is_batched();
    stage = std::make_unique<SourceStage>(
        source.examples,
        SourceStage::Plan{dataset.first_, dataset.count_, batched ? 1 : dataset.batch_size_,
                          *dataset.batch_count(), dataset.shuffle_seed_,
                          dataset.is_prefetched() ? Copying::alone : Copying::with_pool,
                          dataset.selected_});
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
