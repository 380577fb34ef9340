#pragma once

#include <cstdint>
#include <optional>

#include "antler/core/named_only.h"
#include "antler/data/dataset.h"

namespace antler::utils {

struct TimeseriesDatasetOptions {
  NamedOnly named_only = NamedOnly();
  /// Rows from the start of one window to that of the next.
  std::int64_t sequence_stride = 1;
  /// Rows from one step within a window to the next.
  std::int64_t sampling_rate = 1;
  std::int64_t batch_size = 128;
  bool shuffle = false;
  /// The order of a shuffled Dataset; the default seed when left out.
  std::optional<std::uint64_t> seed = {};
  /// Rows before it are not used.
  std::optional<std::int64_t> start_index = {};
  /// It and the rows behind it are not used.
  std::optional<std::int64_t> end_index = {};
};

/// The windows of a series: example i is rows s, s + rate, ..., `sequence_length` of them, where
/// s = start_index + i * sequence_stride. Its target is targets[s]: for a forecast of the next
/// step, pass as targets the data from row sequence_length on. The windows are gathered batch by
/// batch; in memory lies the series only.
///
/// Options  targets: the empty Tensor when there are none.
/// Shapes   data (steps, ...), targets (at least the windows, ...) -> x (batch, sequence_length,
///          ...), y (batch, ...).  Types  as data and targets.
/// Errors   ValueError for a stride, rate or index out of range, as in Keras; where not one window
///          fits, and where targets end before the windows' starts.
/// Source   keras.utils.timeseries_dataset_from_array; there a batch_size of None gives single
///          windows.
Dataset timeseries_dataset_from_array(const Tensor& data, const Tensor& targets,
                                      std::int64_t sequence_length,
                                      const TimeseriesDatasetOptions& options = {});

}  // namespace antler::utils
