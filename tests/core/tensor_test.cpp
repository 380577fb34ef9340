#include "antler/core/tensor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "antler/core/error.h"

namespace antler {
namespace {

TEST(Tensor, TakesNestedLists) {
  const Tensor vector{1, 2.5, 3};
  EXPECT_EQ(vector.shape(), (Shape{3}));
  EXPECT_EQ(vector.dtype(), DType::float32);
  const Tensor matrix{{1, 2}, {3, 4}, {5, 6}};
  EXPECT_EQ(matrix.shape(), (Shape{3, 2}));
  EXPECT_EQ(matrix.item(3), 4.0);
  EXPECT_EQ((Tensor{{1}, {2}}).shape(), (Shape{2, 1}));
  EXPECT_THROW((Tensor{{1, 2}, {3}}), ShapeError);
}

TEST(Tensor, ScalarsHaveKerasTypes) {
  EXPECT_EQ(Tensor(1).dtype(), DType::int32);
  EXPECT_EQ(Tensor(std::int64_t{1}).dtype(), DType::int64);
  EXPECT_EQ(Tensor(1.5).dtype(), DType::float32);
  EXPECT_EQ(Tensor(true).dtype(), DType::boolean);
  EXPECT_EQ(Tensor(1.5).rank(), 0);
}

TEST(Tensor, CopiesShareUntilWritten) {
  Tensor a{1, 2, 3};
  const Tensor b = a;
  EXPECT_EQ(a.raw(), b.raw());
  a.mutable_data<float>()[0] = 9;
  EXPECT_EQ(b.item(0), 1.0);
  EXPECT_EQ(a.item(0), 9.0);
}

TEST(Tensor, WritingASliceLeavesTheWhole) {
  const Tensor whole{{1, 2}, {3, 4}};
  Tensor row = whole[1];
  EXPECT_EQ(row.raw(), whole.raw() + 8);
  row.mutable_data<float>()[0] = 7;
  EXPECT_EQ(whole.item(2), 3.0);
  EXPECT_EQ(row.item(0), 7.0);
  EXPECT_EQ(row.size(), 2);
}

TEST(Tensor, SlicesAndIndicesAreChecked) {
  const Tensor t{{1, 2}, {3, 4}};
  EXPECT_EQ(t.slice(1, 2).shape(), (Shape{1, 2}));
  EXPECT_EQ(t.slice(1, 1).size(), 0);
  EXPECT_THROW(t.slice(1, 3), ShapeError);
  EXPECT_THROW(t.slice(-1, 1), ShapeError);
  EXPECT_THROW(t[2], ShapeError);
  EXPECT_THROW(Tensor(1.0)[0], ShapeError);
  EXPECT_THROW(t.item(4), ShapeError);
}

TEST(Tensor, ReshapesOneUnknownAxis) {
  const Tensor t = Tensor::zeros({4, 6});
  EXPECT_EQ(t.reshape({None, 8}).shape(), (Shape{3, 8}));
  EXPECT_EQ(t.reshape({24}).raw(), t.raw());
  EXPECT_THROW(t.reshape({5, 5}), ShapeError);
  EXPECT_THROW(t.reshape({None, None}), ShapeError);
  EXPECT_THROW(t.reshape({None, 7}), ShapeError);
}

TEST(Tensor, NewStorageIsAligned) {
  for (int n = 1; n < 40; ++n) {
    const Tensor t = Tensor::zeros({n}, DType::uint8);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(t.raw()) % 64, 0U);
  }
}

TEST(Tensor, ReadingUnderAnotherTypeIsAnError) {
  const Tensor t{1, 2};
  try {
    t.data<double>();
    FAIL();
  } catch (const TypeError& e) {
    EXPECT_STREQ(
        e.what(),
        "Tensor: expected elements of type float64, got float32; convert with astype()");
  }
}

TEST(Tensor, ConversionsSaturate) {
  const float inf = std::numeric_limits<float>::infinity();
  const Tensor t = Tensor::from<float>({-1.9F, 300.7F, inf, -inf, NAN, 2.9F});
  const Tensor bytes = t.astype(DType::uint8);
  const auto b = bytes.data<std::uint8_t>();
  EXPECT_EQ(std::vector<int>(b.begin(), b.end()), (std::vector<int>{0, 255, 255, 0, 0, 2}));
  const Tensor longs = t.astype(DType::int64);
  EXPECT_EQ(longs.item<std::int64_t>(0), -1);
  EXPECT_EQ(longs.item<std::int64_t>(2), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(longs.item<std::int64_t>(3), std::numeric_limits<std::int64_t>::min());
  EXPECT_TRUE(Tensor(0.5).astype(DType::boolean).item<bool>());
}

TEST(Tensor, EmptyMeansNone) {
  EXPECT_FALSE(Tensor());
  EXPECT_EQ(Tensor().shape(), (Shape{0}));
  EXPECT_TRUE(Tensor(0.0));
}

TEST(Tensor, PrintsLikeNumPy) {
  EXPECT_EQ((Tensor{{1, 2.5}, {3, -4}}).to_string(), "[[1, 2.5],\n [3, -4]]");
  EXPECT_EQ(Tensor(true).to_string(), "true");
  EXPECT_EQ(Tensor::zeros({20}, DType::int32).to_string(), "[0, 0, 0, ..., 0, 0, 0]");
}

}  // namespace
}  // namespace antler
