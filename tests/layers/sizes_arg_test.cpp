#include "antler/layers/sizes_arg.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/core/tensor.h"
#include "antler/layers/data_format.h"

namespace antler {
namespace {

using Sizes = std::vector<std::int64_t>;

template <class F>
std::string error_of(F&& f) {
  try {
    f();
  } catch (const ValueError& e) {
    return e.what();
  }
  return "no error";
}

TEST(SizesArg, OneSizeServesAllAxes) {
  EXPECT_EQ(SizesArg(3).resolve("strides", 1), (Sizes{3}));
  EXPECT_EQ(SizesArg(3).resolve("strides", 3), (Sizes{3, 3, 3}));
  EXPECT_EQ(SizesArg({3, 2}).resolve("strides", 2), (Sizes{3, 2}));
  EXPECT_EQ(SizesArg(0).resolve("cropping", 2, 0), (Sizes{0, 0}));
}

TEST(SizesArg, RejectsWrongSizes) {
  EXPECT_EQ(error_of([] {
              SizesArg({3, 2, 1}).resolve("kernel_size", 2);
            }),
            "expected kernel_size to be an integer of at least 1 or 2 of them, got [3, 2, 1]");
  EXPECT_EQ(error_of([] { SizesArg(0).resolve("kernel_size", 1); }),
            "expected kernel_size to be an integer of at least 1, got 0");
  EXPECT_EQ(error_of([] {
              SizesArg({3, -1}).resolve("strides", 2);
            }),
            "expected strides to be an integer of at least 1 or 2 of them, got [3, -1]");
  EXPECT_EQ(error_of([] { SizesArg().resolve("pool_size", 1); }),
            "expected pool_size to be an integer of at least 1, got null");
}

TEST(SizesArg, GoesThroughConfig) {
  for (const SizesArg& sizes : {SizesArg(), SizesArg(4), SizesArg({4}), SizesArg({4, 5, 6})}) {
    SizesArg read(7);
    from_config(to_config(sizes), read);
    EXPECT_EQ(read, sizes) << to_config(sizes).to_string();
  }
}

TEST(DataFormat, IsAClosedSet) {
  EXPECT_EQ(checked_data_format({}), "channels_last");
  EXPECT_EQ(checked_data_format("Channels_First"), "channels_first");
  EXPECT_EQ(error_of([] { checked_data_format("channel_first"); }),
            "unknown data_format \"channel_first\"; did you mean \"channels_first\"?");
  EXPECT_EQ(error_of([] {
              checked_choice("padding", "full", {"valid", "same"});
            }),
            "unknown padding \"full\"; known are valid, same");
}

TEST(DataFormat, MovesChannelsAndBack) {
  const Value x = Tensor::zeros({2, 3, 4, 5}, DType::float32);
  const Value moved = to_channels_last(x, "channels_first");
  EXPECT_EQ(moved.shape(), (Shape{2, 4, 5, 3}));
  EXPECT_EQ(to_channels_last(x.shape(), "channels_first"), moved.shape());
  EXPECT_EQ(from_channels_last(moved, "channels_first").shape(), x.shape());
  EXPECT_EQ(to_channels_last(x, "channels_last").shape(), x.shape());
}

}  // namespace
}  // namespace antler
