#include "antler/ops/convolution.h"

#include <gtest/gtest.h>

#include <string>

#include "antler/core/error.h"
#include "tests/ops/replayed.h"
#include "tests/support/inputs.h"

namespace antler::testing {
namespace {

Value transposed(const Value& x, const ops::ConvTransposeOptions& options) {
  return ops::conv_transpose(x, normal({3, 3, 2, 1}, 2), options);
}

template <class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const ValueError& e) {
    return e.what();
  }
  return "no error";
}

std::string error_of(const ops::ConvTransposeOptions& options) {
  return message_of([&] { transposed(normal({1, 4, 4, 1}), options); });
}

// Also before the sizes are known: the padding is the caller's.
TEST(Convolution, RefusesAnotherPadding) {
  const auto text = [](const Shape& x, const Shape& kernel, const std::string& padding) {
    return message_of([&] {
      ops::conv(make_input({x, DType::float64}), normal(kernel), {.padding = padding});
    });
  };
  EXPECT_EQ(text({None, None, 1}, {3, 1, 1}, "casual"),
            "conv: unknown padding \"casual\"; did you mean \"causal\"?");
  EXPECT_EQ(text({None, None, 1}, {3, 1, 1}, "causal"), "no error");
  EXPECT_EQ(text({None, None, None, 1}, {3, 3, 1, 1}, "causal"),
            "conv: unknown padding \"causal\"; known are valid, same");
}

TEST(ConvTranspose, SizesFollowPaddingAndOutputPadding) {
  const auto shape = [](const std::string& padding, std::vector<std::int64_t> more) {
    const Value y =
        transposed(normal({1, 4, 4, 1}),
                   {.strides = {2, 2}, .padding = padding, .output_padding = std::move(more)});
    return y.shape();
  };
  EXPECT_EQ(shape("valid", {}), (Shape{1, 9, 9, 2}));
  EXPECT_EQ(shape("valid", {0, 1}), (Shape{1, 9, 10, 2}));
  EXPECT_EQ(shape("same", {}), (Shape{1, 8, 8, 2}));
  EXPECT_EQ(shape("same", {0, 1}), (Shape{1, 7, 8, 2}));
}

TEST(ConvTranspose, RefusesAnotherPadding) {
  EXPECT_EQ(error_of({.padding = "smae"}),
            "conv_transpose: unknown padding \"smae\"; did you mean \"same\"?");
  EXPECT_EQ(error_of({.padding = "causal"}),
            "conv_transpose: unknown padding \"causal\"; known are valid, same");
}

TEST(ConvTranspose, RefusesOutputPaddingThatDoesNotFit) {
  const auto text = [](std::vector<std::int64_t> more) {
    return error_of({.strides = {2, 3}, .output_padding = std::move(more)});
  };
  const std::string expected =
      "conv_transpose: expected 2 numbers of output_padding, each at least 0 and below its stride "
      "in [2, 3], got ";
  EXPECT_EQ(text({1}), expected + "[1]");
  EXPECT_EQ(text({1, 1, 1}), expected + "[1, 1, 1]");
  EXPECT_EQ(text({2, 2}), expected + "[2, 2]");
  EXPECT_EQ(text({0, -1}), expected + "[0, -1]");
  EXPECT_EQ(text({1, 2}), "no error");
}

}  // namespace
}  // namespace antler::testing
