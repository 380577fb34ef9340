#include "antler/data/map_stage.h"

#include <string>
#include <utility>

#include "antler/core/error.h"

namespace antler {
namespace {

void check_rows(const char* name, const Tensor& tensor, std::int64_t rows) {
  if (tensor.rank() > 0 && tensor.length() == rows) return;
  throw ShapeError("Dataset: expected " + std::to_string(rows) + " rows in " + name +
                   " after map(), got " + tensor.shape().to_string() +
                   "; x, y and sample_weight keep one length, and `size` tells it");
}

class MapStage : public BatchReader::Stage {
 public:
  MapStage(std::unique_ptr<Stage> stage, std::vector<Dataset::Change> changes)
      : stage_(std::move(stage)), changes_(std::move(changes)) {}

  void start(std::uint64_t step) override { stage_->start(step); }

  // The batch of the stage below keeps its tensors, to be filled again; the views of the last time
  // go first, or it would have to copy what they see.
  bool next(Batch& batch) override {
    batch.x.clear();
    batch.y.clear();
    batch.sample_weight.clear();
    if (!stage_->next(read_)) return false;
    const auto rows = [&](const Tensor& tensor) { return tensor.slice(0, read_.size); };
    batch.size = read_.size;
    for (const Tensor& x : read_.x) batch.x.push_back(rows(x));
    for (const Tensor& y : read_.y) batch.y.push_back(rows(y));
    for (const Tensor& weight : read_.sample_weight) {
      batch.sample_weight.push_back(weight ? rows(weight) : Tensor());
    }
    for (const Dataset::Change& change : changes_) apply_change(change, batch);
    return true;
  }

 private:
  std::unique_ptr<Stage> stage_;
  std::vector<Dataset::Change> changes_;
  Batch read_;
};

}  // namespace

void apply_change(const Dataset::Change& change, Batch& batch) {
  change(batch);
  if (batch.x.empty()) throw ShapeError("Dataset: expected x after map(), got none");
  for (const Tensor& x : batch.x) check_rows("x", x, batch.size);
  for (const Tensor& y : batch.y) check_rows("y", y, batch.size);
  for (const Tensor& weight : batch.sample_weight) {
    if (weight) check_rows("sample_weight", weight, batch.size);
  }
}

std::unique_ptr<BatchReader::Stage> mapped(std::unique_ptr<BatchReader::Stage> stage,
                                           std::vector<Dataset::Change> changes) {
  return std::make_unique<MapStage>(std::move(stage), std::move(changes));
}

}  // namespace antler
