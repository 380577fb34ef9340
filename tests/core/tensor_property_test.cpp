#include "antler/core/error.h"
#include "antler/core/tensor.h"
#include "tests/support/arbitrary.h"

namespace antler::testing {
namespace {

DType any_element() {
  return any_type({DType::float32, DType::float64, DType::int32, DType::int64, DType::uint8});
}

// Two positions in ascending order.
std::pair<std::int64_t, std::int64_t> any_range(std::int64_t length) {
  const std::int64_t begin = any_number(0, length);
  return {begin, any_number(begin, length)};
}

RC_GTEST_PROP(TensorProperty, ASliceHoldsTheRowsOfItsRange, ()) {
  const Tensor x = any_whole(any_shape(1, 3), any_element(), 0, 100);
  const auto [begin, end] = any_range(x.length());
  const Tensor rows = x.slice(begin, end);
  RC_ASSERT(rows.length() == end - begin);
  const std::int64_t row_size = x.shape().without_batch().size();
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    RC_ASSERT(rows.item(i) == x.item(begin * row_size + i));
  }
  for (std::int64_t i = begin; i < end; ++i) RC_ASSERT(identical(rows[i - begin], x[i]));
}

RC_GTEST_PROP(TensorProperty, ASliceOfASliceCountsFromTheFirst, ()) {
  const Tensor x = any_whole(any_shape(1, 3), any_element(), 0, 100);
  const auto [begin, end] = any_range(x.length());
  const auto [inner_begin, inner_end] = any_range(end - begin);
  RC_ASSERT(identical(x.slice(begin, end).slice(inner_begin, inner_end),
                      x.slice(begin + inner_begin, begin + inner_end)));
}

RC_GTEST_PROP(TensorProperty, WritingAViewLeavesTheRestAlone, ()) {
  const Tensor x = any_whole(any_shape(1, 3, 1), DType::int32);
  const Tensor before = x.clone();
  Tensor row = x[any_number(0, x.length() - 1)];
  Tensor flat = x.reshape({None});
  for (std::int32_t& element : row.mutable_data<std::int32_t>()) element = 1000;
  flat.mutable_data<std::int32_t>()[0] = 1000;
  RC_ASSERT(identical(x, before));
  RC_ASSERT(row.item() == 1000);
  RC_ASSERT(flat.item() == 1000);
}

RC_GTEST_PROP(TensorProperty, ReshapeFindsTheUnknownSize, ()) {
  const Tensor x = any_whole(any_shape(1, 4, 1), any_element(), 0, 100);
  Shape asked = x.shape();
  asked.set(any_axis(x.rank()), None);
  RC_ASSERT(identical(x.reshape({None}).reshape(asked), x));
  RC_ASSERT_THROWS_AS(x.reshape({x.size() + 1}), ShapeError);
}

RC_GTEST_PROP(TensorProperty, SmallWholeNumbersSurviveEveryType, ()) {
  const Tensor x = any_whole(any_shape(0, 3), any_element(), 0, 100);
  RC_ASSERT(identical(x.astype(any_element()).astype(x.dtype()), x));
}

}  // namespace
}  // namespace antler::testing
