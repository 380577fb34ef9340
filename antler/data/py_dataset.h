#pragma once

#include <memory>
#include <utility>

#include "antler/data/dataset.h"
#include "antler/data/example_source.h"

namespace antler {
namespace utils {

/// The base of a class of yours that makes batches, each by its number and in any order:
///
///     struct Squares : utils::PyDataset {
///       std::int64_t batch_count() const override { return 10; }
///       Batch batch(std::int64_t index) override {
///         const Tensor x = ops::random::normal({32, 1}, {.seed = index});
///         return {.x = {x}, .y = {x * x}};
///       }
///     };
///     model.fit(make_dataset<Squares>(), {.epochs = 5});
///
/// shuffle() of the Dataset gives the batches another order each epoch, take, skip and split choose
/// among them, prefetch() makes the next one in another thread. For data without an end there is
/// Dataset::from_generator.
///
/// Errors   ShapeError naming the batch: without x, or fewer rows in y than in x.
/// Threads  batch() is called by one thread at a time for each reader; one object in two fits at
///          once is your affair.
/// Source   keras.utils.PyDataset; workers have no counterpart.
class PyDataset : public ExampleSource {
 public:
  /// The number of batches an epoch, at least 1.
  virtual std::int64_t batch_count() const = 0;
  /// Batch `index` of batch_count(). A `size` left at 0 means all rows of x[0].
  virtual Batch batch(std::int64_t index) = 0;
  /// Called after the last batch of an epoch: the place to mix the examples anew.
  void on_epoch_end() override {}

  std::int64_t size() const final { return batch_count(); }
  void gather(const Wanted& wanted, Batch& out) final { out = batch(wanted.examples[0]); }
  bool is_batched() const final { return true; }
};

}  // namespace utils

/// A Dataset of a PyDataset or another ExampleSource, made from the arguments of its constructor.
template <class Source, class... Args>
Dataset make_dataset(Args&&... args) {
  return Dataset::from_source(std::make_shared<Source>(std::forward<Args>(args)...));
}

}  // namespace antler
