#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <utility>

#include "antler/core/named_only.h"
#include "antler/data/dataset.h"

namespace antler::utils {

/// A part of a Dataset: a whole number of examples, or a fraction between 0 and 1.
class SplitSize {
 public:
  SplitSize() = default;
  SplitSize(std::integral auto count) : value_(static_cast<double>(count)), is_count_(true) {}
  SplitSize(double fraction) : value_(fraction) {}

  double value() const { return value_; }
  bool is_count() const { return is_count_; }

 private:
  double value_ = 0;
  bool is_count_ = false;
};

struct SplitDatasetOptions {
  NamedOnly named_only = NamedOnly();
  /// The complement of the other when left out.
  std::optional<SplitSize> left_size = {};
  std::optional<SplitSize> right_size = {};
  /// Whether the examples are mixed before they are split.
  bool shuffle = false;
  /// What decides the mixing; the default seed when left out.
  std::optional<std::uint64_t> seed = {};
};

/// The first examples of a Dataset and the last ones, as two; where the sizes do not add up to all,
/// those in the middle are in neither. Nothing is copied; the parts have the Dataset's batches.
///
/// Errors  ValueError for sizes that are both left out, out of range, more than all together, or
///         leave a part empty; StateError for a generator and a shuffled Dataset.
/// Source  keras.utils.split_dataset.
std::pair<Dataset, Dataset> split_dataset(const Dataset& dataset,
                                          const SplitDatasetOptions& options);

}  // namespace antler::utils
