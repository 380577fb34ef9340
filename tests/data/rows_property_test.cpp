#include <algorithm>

#include "antler/data/rows.h"
#include "tests/support/arbitrary.h"

namespace antler::testing {
namespace {

RC_GTEST_PROP(ShuffledOrderProperty, HoldsEachRowOnce, ()) {
  const std::int64_t n = any_number(0, 200);
  const auto seed = static_cast<std::uint64_t>(any_number(0, 1000));
  const auto step = static_cast<std::uint64_t>(any_number(0, 1000));
  std::vector<std::int64_t> order = shuffled_order(n, seed, step);
  RC_ASSERT(shuffled_order(n, seed, step) == order);
  std::sort(order.begin(), order.end());
  for (std::int64_t i = 0; i < n; ++i) RC_ASSERT(order[static_cast<std::size_t>(i)] == i);
  RC_ASSERT(static_cast<std::int64_t>(order.size()) == n);
}

RC_GTEST_PROP(GatherRowsProperty, CopiesEachRowThatIsAskedFor, ()) {
  const Tensor from =
      any_whole(any_shape(1, 3, 1), any_type({DType::float32, DType::uint8}), 0, 99);
  std::vector<std::int64_t> rows(static_cast<std::size_t>(any_number(0, 6)));
  for (std::int64_t& row : rows) row = any_number(0, from.length() - 1);
  Tensor into(from.dtype(), from.shape().without_batch().with_batch(7));
  gather_rows(from, rows, into);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    RC_ASSERT(identical(into[static_cast<std::int64_t>(i)], from[rows[i]]));
  }
  const std::int64_t first = any_number(0, from.length() - 1);
  const std::int64_t count = any_number(0, from.length() - first);
  copy_rows(from, first, count, into);
  for (std::int64_t i = 0; i < count; ++i) RC_ASSERT(identical(into[i], from[first + i]));
}

}  // namespace
}  // namespace antler::testing
