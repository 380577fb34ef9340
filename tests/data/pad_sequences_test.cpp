// The numbers are of Keras 3.
#include "antler/data/pad_sequences.h"

#include <gtest/gtest.h>

#include "tests/data/files.h"

namespace antler::utils {
namespace {

using antler::testing::error_text;

Tensor ints(const std::vector<std::int32_t>& values, const Shape& shape) {
  return Tensor::from(values, shape);
}

const std::vector<std::vector<std::int64_t>> kSequences = {{1}, {2, 3}, {4, 5, 6}};

TEST(PadSequences, PadsAndCutsInFront) {
  EXPECT_TRUE(identical(pad_sequences(kSequences), ints({0, 0, 1, 0, 2, 3, 4, 5, 6}, {3, 3})));
  EXPECT_TRUE(identical(pad_sequences({{1}, {2, 3}, {4, 5, 6}}, {.maxlen = 2}),
                        ints({0, 1, 2, 3, 5, 6}, {3, 2})));
}

TEST(PadSequences, PadsAndCutsBehind) {
  EXPECT_TRUE(
      identical(pad_sequences(kSequences, {.maxlen = 2, .padding = "post", .truncating = "post"}),
                ints({1, 0, 2, 3, 4, 5}, {3, 2})));
  EXPECT_TRUE(identical(
      pad_sequences(kSequences,
                    {.maxlen = 4, .dtype = DType::float32, .padding = "post", .value = -1}),
      Tensor{{1, -1, -1, -1}, {2, 3, -1, -1}, {4, 5, 6, -1}}));
}

TEST(PadSequences, TakesFractionsEmptySequencesAndSteps) {
  const std::vector<std::vector<double>> fractions = {{1.7, -1.7}};
  EXPECT_TRUE(identical(pad_sequences(fractions), ints({1, -1}, {1, 2})));
  EXPECT_TRUE(identical(pad_sequences({{}, {1}}), ints({0, 1}, {2, 1})));
  EXPECT_EQ(pad_sequences({{}, {}}).shape(), (Shape{2, 0}));
  EXPECT_EQ(pad_sequences(std::vector<Tensor>{}, {.maxlen = 3}).shape(), (Shape{0, 3}));
  const std::vector<Tensor> steps = {Tensor{{1, 2}, {3, 4}}, Tensor{{5, 6}}};
  EXPECT_TRUE(identical(pad_sequences(steps), ints({1, 2, 3, 4, 0, 0, 5, 6}, {2, 2, 2})));
}

TEST(PadSequences, NamesWhatDoesNotFit) {
  EXPECT_EQ(error_text<ValueError>([] { pad_sequences(kSequences, {.padding = "front"}); }),
            R"(pad_sequences: expected padding to be "pre" or "post", got "front")");
  EXPECT_EQ(error_text<ValueError>([] { pad_sequences(kSequences, {.truncating = ""}); }),
            R"(pad_sequences: expected truncating to be "pre" or "post", got "")");
  EXPECT_EQ(error_text<ValueError>([] { pad_sequences(kSequences, {.maxlen = 0}); }),
            "pad_sequences: expected maxlen of at least 1, got 0");
  EXPECT_EQ(error_text<ValueError>([] { pad_sequences(std::vector<Tensor>{}); }),
            "pad_sequences: expected at least one sequence, or maxlen; got neither");
  EXPECT_EQ(error_text<ShapeError>([] {
              pad_sequences(std::vector<Tensor>{Tensor{{1, 2}}, Tensor{{1}}});
            }),
            "pad_sequences: expected steps of shape (2,) in every sequence, got (1,) in sequence "
            "1");
  EXPECT_EQ(error_text<ShapeError>([] { pad_sequences(std::vector<Tensor>{Tensor(1)}); }),
            "pad_sequences: expected steps along the first axis, got a scalar as sequence 0");
}

}  // namespace
}  // namespace antler::utils
