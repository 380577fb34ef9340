#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/core/tensor.h"
#include "antler/graph/variable.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/reshape.h"

namespace antler {
namespace {

TEST(StringTensor, HoldsTexts) {
  const Tensor words = Tensor::strings({"antler", "", "a text that no short string holds inside"});
  EXPECT_EQ(words.dtype(), DType::string);
  EXPECT_EQ(words.shape(), (Shape{3}));
  EXPECT_EQ(words.item<std::string>(0), "antler");
  EXPECT_EQ(words.data<std::string>()[2], "a text that no short string holds inside");
  EXPECT_EQ(words.to_string(), R"(["antler", "", "a text that no short string holds inside"])");
  EXPECT_EQ(Tensor(DType::string, {2}).item<std::string>(1), "");
}

TEST(StringTensor, CopiesOnWrite) {
  const std::string text = "a text that no short string holds inside";
  const Tensor words = Tensor::strings({text, text});
  Tensor copy = words;
  copy.mutable_data<std::string>()[0] = "changed";
  EXPECT_EQ(words.item<std::string>(0), text);
  EXPECT_EQ(copy.item<std::string>(0), "changed");
  EXPECT_TRUE(identical(words, words.clone()));
  EXPECT_FALSE(identical(words, copy));
}

TEST(StringTensor, SlicesAndReshapes) {
  const Tensor words = Tensor::strings({"a", "b", "c", "d"}).reshape({2, 2});
  EXPECT_TRUE(identical(words[1], Tensor::strings({"c", "d"})));
  Tensor row = words.slice(1, 2);
  row.mutable_data<std::string>()[0] = "e";
  EXPECT_EQ(words.item<std::string>(2), "c");
}

TEST(StringTensor, IsNoNumber) {
  const Tensor words = Tensor::strings({"a"});
  EXPECT_THROW(words.astype(DType::float32), TypeError);
  EXPECT_THROW(Tensor{1}.astype(DType::string), TypeError);
  EXPECT_THROW(words.item<float>(), TypeError);
  EXPECT_THROW(Variable{words}, TypeError);
  EXPECT_THROW(Tensor::full({2}, 1, DType::string), TypeError);
}

TEST(StringTensor, EntersNoComputation) {
  try {
    ops::reshape(Tensor::strings({"a", "b"}), {2, 1});
    FAIL() << "expected a TypeError";
  } catch (const TypeError& error) {
    EXPECT_STREQ(error.what(),
                 "reshape: expected numbers, got strings, which stay outside of computations; put "
                 "a StringLookup, TextVectorization or Hashing in front");
  }
  EXPECT_THROW(Value(Tensor::strings({"a"})) + 1, TypeError);
  EXPECT_THROW(evaluate(std::vector<Value>{Tensor::strings({"a"})}), TypeError);
}

}  // namespace
}  // namespace antler
