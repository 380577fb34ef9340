#include "antler/data/pad_sequences.h"

#include <algorithm>
#include <cstring>

#include "antler/core/error.h"

namespace antler::utils {
namespace {

bool is_post(const char* option, const std::string& word) {
  if (word == "pre" || word == "post") return word == "post";
  throw ValueError(std::string("pad_sequences: expected ") + option +
                   R"( to be "pre" or "post", got ")" + word + "\"");
}

std::int64_t common_length(const std::vector<Tensor>& sequences,
                           std::optional<std::int64_t> maxlen) {
  if (maxlen && *maxlen < 1) {
    throw ValueError("pad_sequences: expected maxlen of at least 1, got " +
                     std::to_string(*maxlen));
  }
  if (maxlen) return *maxlen;
  if (sequences.empty()) {
    throw ValueError("pad_sequences: expected at least one sequence, or maxlen; got neither");
  }
  std::int64_t longest = 0;
  for (const Tensor& sequence : sequences) longest = std::max(longest, sequence.length());
  return longest;
}

// One step of the first sequence that has any.
Shape step_of(const std::vector<Tensor>& sequences) {
  for (const Tensor& sequence : sequences) {
    if (sequence.length() > 0) return sequence.shape().without_batch();
  }
  return {};
}

}  // namespace

template <Element T>
Tensor pad_sequences(const std::vector<std::vector<T>>& sequences,
                     const PadSequencesOptions& options) {
  std::vector<Tensor> tensors;
  tensors.reserve(sequences.size());
  for (const std::vector<T>& sequence : sequences) tensors.push_back(Tensor::from(sequence));
  return detail::pad_tensors(tensors, options);
}

Tensor detail::pad_tensors(const std::vector<Tensor>& sequences,
                           const PadSequencesOptions& options) {
  const bool pad_end = is_post("padding", options.padding);
  const bool cut_end = is_post("truncating", options.truncating);
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    if (sequences[i].rank() > 0) continue;
    throw ShapeError(
        "pad_sequences: expected steps along the first axis, got a scalar as sequence " +
        std::to_string(i));
  }
  const std::int64_t length = common_length(sequences, options.maxlen);
  const Shape step = step_of(sequences);
  const auto count = static_cast<std::int64_t>(sequences.size());
  Tensor out =
      Tensor::full(step.with_batch(length).with_batch(count), options.value, options.dtype);
  const std::int64_t step_bytes = step.size() * item_size(options.dtype);
  std::byte* target = out.mutable_raw();
  for (std::size_t i = 0; i < sequences.size(); ++i, target += length * step_bytes) {
    const Tensor& sequence = sequences[i];
    if (sequence.length() == 0) continue;
    if (sequence.shape().without_batch() != step) {
      throw ShapeError("pad_sequences: expected steps of shape " + step.to_string() +
                       " in every sequence, got " + sequence.shape().without_batch().to_string() +
                       " in sequence " + std::to_string(i));
    }
    const std::int64_t kept = std::min(length, sequence.length());
    const std::int64_t first = cut_end ? 0 : sequence.length() - kept;
    const Tensor steps = sequence.slice(first, first + kept).astype(options.dtype);
    std::memcpy(target + (pad_end ? 0 : length - kept) * step_bytes, steps.raw(),
                static_cast<std::size_t>(kept * step_bytes));
  }
  return out;
}

Tensor pad_sequences(const std::vector<std::vector<std::int64_t>>& sequences,
                     const PadSequencesOptions& options) {
  return pad_sequences<std::int64_t>(sequences, options);
}

template Tensor pad_sequences(const std::vector<std::vector<float>>& sequences,
                              const PadSequencesOptions& options);
template Tensor pad_sequences(const std::vector<std::vector<double>>& sequences,
                              const PadSequencesOptions& options);
template Tensor pad_sequences(const std::vector<std::vector<std::int32_t>>& sequences,
                              const PadSequencesOptions& options);
template Tensor pad_sequences(const std::vector<std::vector<std::uint8_t>>& sequences,
                              const PadSequencesOptions& options);
template Tensor pad_sequences(const std::vector<std::vector<bool>>& sequences,
                              const PadSequencesOptions& options);

}  // namespace antler::utils
