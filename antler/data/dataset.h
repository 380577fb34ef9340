#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "antler/core/callable.h"
#include "antler/data/batch.h"

namespace antler {

class ExampleSource;
class TensorSource;

/// Examples in batches: tensors in memory, any other ExampleSource, or a generator. Copies share
/// the data; each method returns a changed copy: `Dataset(x, y).shuffle(1).batch(32).prefetch()`.
///
/// take, skip, split and select choose examples, and so come before shuffle and batch. Where the
/// source makes whole batches, it is these that they choose and shuffle.
///
/// Shapes   all tensors agree in the length of the first axis.  Types  any, strings too.
/// Errors   ShapeError for lengths that differ, ValueError for sizes out of range, StateError for
///          what a generator, a source of batches or a shuffled dataset cannot do.
/// Threads  reading one Dataset through several BatchReaders at once is safe for tensors; a
///          generator is called by one thread at a time, but not always by the same.
/// Source   tf.data.Dataset, whose words it uses.
class Dataset {
 public:
  /// Fills a batch (its tensors may be reused) and returns true, or returns false at the end of the
  /// epoch; the next call then starts the next epoch. A `size` left at 0 means all rows of x[0].
  using Generator = Callable<bool(Batch&)>;
  /// Changes a batch, whose tensors hold exactly `size` rows; it may replace them.
  using Change = Callable<void(Batch&)>;

  /// `y` and `sample_weight` may be empty; of several weights each is an output's, as in Batch.
  explicit Dataset(Tensor x, Tensor y = {}, Tensor sample_weight = {});
  Dataset(std::vector<Tensor> x, std::vector<Tensor> y);
  Dataset(std::vector<Tensor> x, std::vector<Tensor> y, std::vector<Tensor> sample_weight);
  /// Examples, or whole batches, that are made when they are wanted.
  static Dataset from_source(std::shared_ptr<ExampleSource> source);
  /// Batches come as the generator makes them. With `batches` an epoch ends after so many; without,
  /// it ends where the generator says.
  static Dataset from_generator(Generator generator, std::optional<std::int64_t> batches = {});

  /// Examples a batch (32 at first). The last, smaller batch is kept unless `drop_remainder`.
  Dataset batch(std::int64_t size, bool drop_remainder = false) const;
  /// A new order each epoch, that of shuffled_order(seed, step at the start of the epoch).
  Dataset shuffle(std::uint64_t seed) const;
  /// A background thread gathers the next batch while the current one is used; the batches are the
  /// same. Without effect where there are no threads. A generator is then one batch ahead when an
  /// epoch is left before its end.
  Dataset prefetch() const;
  /// `change` is made to every batch, each time it is read; several in the order of the calls.
  Dataset map(Change change) const;
  /// The same for x alone, the only one: `data.map(TextVectorization(...))`. Errors: ShapeError for
  /// several x.
  Dataset map(Callable<Tensor(const Tensor&)> function) const;
  /// The first `count` examples, or all when there are fewer.
  Dataset take(std::int64_t count) const;
  /// All but the first `count` examples.
  Dataset skip(std::int64_t count) const;
  /// The first floor(fraction * n) examples, and the rest; neither may be empty.
  std::pair<Dataset, Dataset> split(double fraction) const;

  /// The examples with these numbers, in this order; one may come several times.
  Dataset select(std::vector<std::int64_t> examples) const;

  /// The number of examples; nothing for a generator and for a source of batches.
  std::optional<std::int64_t> example_count() const;
  /// The number of batches an epoch, when it is known.
  std::optional<std::int64_t> batch_count() const;
  std::int64_t batch_size() const { return batch_size_; }
  bool is_generator() const;
  /// Whether the examples are rows of tensors in memory, one after the other.
  bool is_tensors() const;
  bool is_shuffled() const { return shuffle_seed_.has_value(); }
  bool is_prefetched() const { return prefetched_; }

  /// The examples as tensors, as views and before map(); y and the weights may be empty. Errors:
  /// StateError for what is not tensors.
  std::vector<Tensor> x() const;
  std::vector<Tensor> y() const;
  std::vector<Tensor> sample_weight() const;
  /// Batch `index` as views of exactly its rows, without copying but for map(). Errors: StateError
  /// for what is not tensors, and for a shuffled dataset.
  Batch view(std::int64_t index) const;

 private:
  friend class BatchReader;
  struct Source;
  Dataset();
  void require_examples(const char* method) const;
  void require_choosable(const char* method) const;
  const TensorSource& tensors(const char* what) const;

  std::shared_ptr<const Source> source_;
  std::shared_ptr<const std::vector<std::int64_t>> selected_;
  std::int64_t first_ = 0;
  std::int64_t count_ = 0;
  std::int64_t batch_size_ = 32;
  bool drop_remainder_ = false;
  bool prefetched_ = false;
  std::optional<std::uint64_t> shuffle_seed_;
  std::vector<Change> changes_;
};

/// Reads a Dataset epoch by epoch:
///
///     BatchReader reader(dataset);
///     Batch batch;
///     for (reader.start(step); reader.next(batch);) use(batch);
///
/// After the first batch of the first epoch nothing is allocated, as long as the same Batch is
/// passed and its tensors are not shared; what a generator does is its own affair.
///
/// Errors   those of the generator, thrown by the next() whose batch they hit.
/// Threads  one at a time.
class BatchReader {
 public:
  explicit BatchReader(const Dataset& dataset);
  BatchReader(BatchReader&&) noexcept;
  BatchReader& operator=(BatchReader&&) noexcept;
  ~BatchReader();

  /// Begins an epoch; `step` keys the shuffle. An epoch under way is dropped.
  void start(std::uint64_t step);
  /// Fills `batch`; false at the end of the epoch. Before start() there is nothing to read.
  bool next(Batch& batch);

  /// What reads: from a source, from a generator, or ahead of either.
  class Stage {
   public:
    Stage() = default;
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    virtual ~Stage() = default;
    virtual void start(std::uint64_t step) = 0;
    virtual bool next(Batch& batch) = 0;
  };

 private:
  std::shared_ptr<Stage> stage_;  // of this reader alone
};

}  // namespace antler
