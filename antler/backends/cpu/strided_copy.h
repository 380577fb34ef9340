#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace antler::cpu {

/// One axis of a copy: how many elements, and how many bytes apart they lie on each side.
struct CopyAxis {
  std::int64_t size, from, to;
  bool operator==(const CopyAxis&) const = default;
};

/// A copy between two layouts of the same elements: for every index i,
/// to[sum of i[k] * axes[k].to] = from[sum of i[k] * axes[k].from].
///
/// Steps of `from` may be 0, which repeats an element, or negative; those of `to` are positive, and
/// no two indices write to one place. What lies between the elements of `to` stays as it is.
class StridedCopy {
 public:
  /// Elements have `item_bytes` bytes: 1, 2, 4 or 8.
  StridedCopy(std::vector<CopyAxis> axes, std::int64_t item_bytes);

  /// Shares the work with the thread pool when there is much.
  void run(const std::byte* from, std::byte* to) const noexcept;

 private:
  // What the innermost loop does, chosen by the steps of the last axes.
  enum class Inner { kRun, kFill, kMatrix, kSteps };

  void run_inner(const std::byte* from, std::byte* to, std::int64_t block) const noexcept;

  std::int64_t item_bytes_;
  Inner inner_ = Inner::kSteps;
  CopyAxis last_ = {1, 0, 0};     // next to each other in `to`, if any are
  CopyAxis crossed_ = {1, 0, 0};  // kMatrix: the axis whose elements are neighbours in `from`
  std::int64_t blocks_ = 1;       // of one inner loop
  std::vector<CopyAxis> outer_;
};

}  // namespace antler::cpu
