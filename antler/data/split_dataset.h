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
  SplitSize(std::nullopt_t) : is_given_(false) {}
  SplitSize(std::integral auto count) : value_(static_cast<double>(count)), is_count_(true) {}
  SplitSize(double fraction) : value_(fraction) {}

  bool is_given() const { return is_given_; }
  double value() const { return value_; }
  bool is_count() const { return is_count_; }

 private:
  double value_ = 0;
  bool is_count_ = false;
  bool is_given_ = true;
};

struct SplitDatasetOptions {
  NamedOnly named_only = NamedOnly();
  /// The complement of the other when left out.
  SplitSize left_size = std::nullopt;
  SplitSize right_size = std::nullopt;
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
