#include "antler/backends/cpu/strided_copy.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/kernels/transpose.h"

namespace antler::cpu {
namespace {

constexpr std::int64_t kMatrixRows = 64;        // of a block of kMatrix
constexpr std::int64_t kBlockBytes = 1 << 18;   // for one call of a thread, about
constexpr std::int64_t kFloat = sizeof(float);  // what the transposition moves: any four bytes

// Fewer and longer axes for the same copy, those with the smallest steps of `to` last: writing in
// order is worth more than reading in order.
std::vector<CopyAxis> simplified(std::vector<CopyAxis> axes) {
  std::erase_if(axes, [](const CopyAxis& axis) { return axis.size == 1; });
  std::stable_sort(axes.begin(), axes.end(),
                   [](const CopyAxis& a, const CopyAxis& b) { return a.to > b.to; });
  std::vector<CopyAxis> out;
  for (const CopyAxis& axis : axes) {
    const bool goes_on = !out.empty() && out.back().from == axis.size * axis.from &&
                         out.back().to == axis.size * axis.to;
    if (goes_on) {
      out.back() = {out.back().size * axis.size, axis.from, axis.to};
    } else {
      out.push_back(axis);
    }
  }
  return out;
}

template <class Word>
void fill(const std::byte* from, std::byte* to, std::int64_t size) {
  Word word;
  std::memcpy(&word, from, sizeof word);
  for (std::int64_t i = 0; i < size; ++i) {
    std::memcpy(to + i * static_cast<std::int64_t>(sizeof word), &word, sizeof word);
  }
}

template <class Word>
void step(const std::byte* from, std::byte* to, const CopyAxis& axis) {
  for (std::int64_t i = 0; i < axis.size; ++i) {
    Word word;
    std::memcpy(&word, from + i * axis.from, sizeof word);
    std::memcpy(to + i * axis.to, &word, sizeof word);
  }
}

// f(Word()) with an unsigned type of that many bytes.
template <class F>
void visit_word(std::int64_t bytes, F&& f) {
  switch (bytes) {
    case 1:
      return f(std::uint8_t{});
    case 2:
      return f(std::uint16_t{});
    case 4:
      return f(std::uint32_t{});
    default:
      return f(std::uint64_t{});
  }
}

}  // namespace

StridedCopy::StridedCopy(std::vector<CopyAxis> axes, std::int64_t item_bytes)
    : item_bytes_(item_bytes), outer_(simplified(std::move(axes))) {
  if (outer_.empty()) outer_.push_back({1, item_bytes, item_bytes});
  last_ = outer_.back();
  outer_.pop_back();
  if (last_.to != item_bytes) return;
  if (last_.from == item_bytes) {
    inner_ = Inner::kRun;
  } else if (last_.from == 0) {
    inner_ = Inner::kFill;
  } else if (item_bytes == kFloat) {
    const auto crossed = std::find_if(outer_.begin(), outer_.end(),
                                      [](const CopyAxis& axis) { return axis.from == kFloat; });
    if (crossed == outer_.end()) return;
    inner_ = Inner::kMatrix;
    crossed_ = *crossed;
    outer_.erase(crossed);
    blocks_ = (last_.size + kMatrixRows - 1) / kMatrixRows;
  }
}

void StridedCopy::run(const std::byte* from, std::byte* to) const noexcept {
  std::int64_t runs = blocks_;
  for (const CopyAxis& axis : outer_) runs *= axis.size;
  if (runs * last_.size == 0) return;
  const std::int64_t bytes = last_.size * crossed_.size * item_bytes_ / blocks_;
  const std::int64_t block =
      std::max<std::int64_t>(1, kBlockBytes / std::max<std::int64_t>(1, bytes));
  for_blocks(runs, block, bytes / kFloat + 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t run = begin; run < end; ++run) {
      std::int64_t rest = run / blocks_;
      std::int64_t from_start = 0;
      std::int64_t to_start = 0;
      for (std::size_t axis = outer_.size(); axis-- > 0;) {
        const std::int64_t i = rest % outer_[axis].size;
        rest /= outer_[axis].size;
        from_start += i * outer_[axis].from;
        to_start += i * outer_[axis].to;
      }
      run_inner(from + from_start, to + to_start, run % blocks_);
    }
  });
}

void StridedCopy::run_inner(const std::byte* from, std::byte* to,
                            std::int64_t block) const noexcept {
  switch (inner_) {
    case Inner::kRun:
      std::memcpy(to, from, static_cast<std::size_t>(last_.size * item_bytes_));
      break;
    case Inner::kFill:
      visit_word(item_bytes_, [&](auto word) { fill<decltype(word)>(from, to, last_.size); });
      break;
    case Inner::kMatrix:
      transpose(reinterpret_cast<const float*>(from), crossed_.size, last_.from / kFloat,
                reinterpret_cast<float*>(to), crossed_.to / kFloat, block * kMatrixRows,
                std::min(last_.size, (block + 1) * kMatrixRows));
      break;
    case Inner::kSteps:
      visit_word(item_bytes_, [&](auto word) { step<decltype(word)>(from, to, last_); });
      break;
  }
}

}  // namespace antler::cpu
