#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/core/tensor.h"

namespace antler::utils {

struct PadSequencesOptions {
  NamedOnly named_only = NamedOnly();
  /// The length of all; that of the longest when left out.
  std::optional<std::int64_t> maxlen = {};
  DType dtype = DType::int32;
  /// Where values are put before or behind a short sequence: "pre", "post".
  std::string padding = "pre";
  /// Which end of a long sequence is cut off: "pre", "post".
  std::string truncating = "pre";
  double value = 0.0;
};

/// Sequences of different lengths as one array: `pad_sequences({{1}, {2, 3}})` is {{0, 1}, {2, 3}}.
///
/// Shapes  sequences of (steps, ...), equal but for the steps -> (sequences, maxlen, ...).
/// Types   `dtype`; a fraction is cut off where that is an integer.
/// Errors  ValueError for another word than "pre" and "post", a maxlen below 1, and for no
///         sequences without maxlen; ShapeError for a sequence whose steps have another shape.
/// Source  keras.utils.pad_sequences.
Tensor pad_sequences(const std::vector<std::vector<std::int64_t>>& sequences,
                     const PadSequencesOptions& options = {});

namespace detail {
Tensor pad_tensors(const std::vector<Tensor>& sequences, const PadSequencesOptions& options);
}  // namespace detail

// Templates, so that braces are always numbers.
template <std::same_as<Tensor> Sequence>
Tensor pad_sequences(const std::vector<Sequence>& sequences,
                     const PadSequencesOptions& options = {}) {
  return detail::pad_tensors(sequences, options);
}
template <Element T>
Tensor pad_sequences(const std::vector<std::vector<T>>& sequences,
                     const PadSequencesOptions& options = {});  // of every Element

}  // namespace antler::utils
