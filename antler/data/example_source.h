#pragma once

#include <cstdint>
#include <span>

#include "antler/data/batch.h"
#include "antler/data/rows.h"

namespace antler {

/// Examples that can be had in any order, by their numbers 0 .. size() - 1. `Dataset::from_source`
/// batches, shuffles, takes, skips, splits and prefetches whatever is one: tensors in memory are,
/// windows of a series, files in a folder, a user's utils::PyDataset.
///
/// Errors   what gather throws leaves the reader at the batch that it hits.
/// Threads  one object may serve several readers, each in its own thread.
class ExampleSource {
 public:
  struct Wanted {
    /// Their numbers, in the order they should have in the batch.
    std::span<const std::int64_t> examples;
    /// The most examples a batch of this reader holds: room for so many lets it be used again.
    std::int64_t capacity = 0;
    /// Whether the source may use the thread pool.
    Copying copying = Copying::with_pool;
  };

  ExampleSource() = default;
  ExampleSource(const ExampleSource&) = delete;
  ExampleSource& operator=(const ExampleSource&) = delete;
  virtual ~ExampleSource() = default;

  /// At least 1, and always the same.
  virtual std::int64_t size() const = 0;
  /// Fills the first rows of the batch's tensors; what the batch held before may be reused
  /// (make_room) or replaced. batch.size is the number of examples wanted.
  virtual void gather(const Wanted& wanted, Batch& batch) = 0;

  /// Whether each number stands for a whole batch: one is wanted at a time, gather sets batch.size.
  virtual bool is_batched() const { return false; }
  /// Called when a reader asked for more after the last batch of an epoch.
  virtual void on_epoch_end() {}
};

}  // namespace antler
