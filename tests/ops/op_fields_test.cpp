// Every op of the list: what fields() shows, and that equal ops are those that show the same.
#include "antler/graph/op_fields.h"

#include <gtest/gtest.h>

#include <limits>

#include "antler/backends/fused_ops.h"
#include "antler/core/error.h"
#include "antler/ops/all_ops.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/composite.h"
#include "tests/ops/sample.h"

namespace antler::testing {
namespace {

template <class T>
std::vector<std::string> names_of() {
  if constexpr (requires { T::fields; }) {
    return {std::begin(T::fields), std::end(T::fields)};
  } else {
    return {};
  }
}

std::vector<std::string> keys(const Config& map) {
  std::vector<std::string> names;
  for (const auto& [name, value] : map.as_map()) names.push_back(name);
  return names;
}

TEST(OpFields, EachOpShowsAllOfThem) {
  int with_fields = 0;
  ops::for_each_op(ops::AllOps{}, [&]<class T>() {
    SCOPED_TRACE(T::name);
    std::vector<std::string> expected = names_of<T>();
    with_fields += expected.empty() ? 0 : 1;
    // A function has nothing to show, nor a body that is not there yet.
    std::erase(expected, "build");
    std::erase(expected, "body");
    EXPECT_EQ(keys(Op(T{}).fields()), expected);
  });
  EXPECT_GT(with_fields, 30);
}

TEST(OpFields, EqualOpsAreThoseThatShowTheSame) {
  int different = 0;
  ops::for_each_op(ops::AllOps{}, [&]<class T>() {
    SCOPED_TRACE(T::name);
    if constexpr (std::is_same_v<T, ops::Scan>) return;  // shows only how large its body is
    const std::vector<Sample> rows = samples<T>();
    for (const Sample& a : rows) {
      for (const Sample& b : rows) {
        const bool same = a.op.fields().to_string() == b.op.fields().to_string();
        different += same ? 0 : 1;
        EXPECT_EQ(a.op == b.op, same) << a.op.fields().to_string() << b.op.fields().to_string();
      }
    }
  });
  EXPECT_GT(different, 100);
}

TEST(OpFields, TellsOpsOfOneFieldApart) {
  const ops::Slice slice{.starts = {0, 1}, .stops = {4, 5}, .steps = {1, 1}};
  ops::Slice other = slice;
  EXPECT_TRUE(Op(slice) == Op(other));
  other.steps = {1, 2};
  EXPECT_FALSE(Op(slice) == Op(other));

  EXPECT_FALSE(Op(ops::Exp{}) == Op(ops::Log{}));
  EXPECT_TRUE(Op(ops::Exp{}) == Op(ops::Exp{}));
}

TEST(OpFields, ComparesNumbersBitByBit) {
  const Op zero(ops::Pad{.value = 0.0});
  const Op negative_zero(ops::Pad{.value = -0.0});
  EXPECT_FALSE(zero == negative_zero);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(Op(ops::Pad{.value = nan}) == Op(ops::Pad{.value = nan}));
}

TEST(OpFields, ComparesTextsByTheirLetters) {
  const char text[] = "a word";
  const char copy[] = "a word";
  EXPECT_TRUE(Op(ops::CheckIndex{.expected = text}) == Op(ops::CheckIndex{.expected = copy}));
  EXPECT_FALSE(Op(ops::CheckIndex{.expected = text}) == Op(ops::CheckIndex{.expected = "other"}));
}

TEST(OpFields, ComparesWindowsWithinOps) {
  const ops::Window narrow{.size = {2}, .strides = {2}};
  const ops::Window wide{.size = {3}, .strides = {2}};
  EXPECT_TRUE(Op(ops::MaxPool{narrow}) == Op(ops::MaxPool{narrow}));
  EXPECT_FALSE(Op(ops::MaxPool{narrow}) == Op(ops::MaxPool{wide}));
}

TEST(OpFields, ShowsNumbersListsShapesTypesAndEnums) {
  EXPECT_EQ(Op(ops::Sum{.axes = {0, 2}, .keepdims = true}).fields().to_string(),
            R"({"axes": [0, 2], "keepdims": true})");
  EXPECT_EQ(Op(ops::Reshape{.shape = {None, 3}}).fields().to_string(), R"({"shape": [null, 3]})");
  EXPECT_EQ(Op(ops::Cast{DType::int64}).fields().to_string(), R"({"dtype": "int64"})");
  EXPECT_EQ(Op(ops::Random{.kind = ops::Random::Kind::normal, .shape = {2}}).fields().to_string(),
            R"({"kind": "normal", "shape": [2], "dtype": "float32", "a": 0.0, "b": 1.0, )"
            R"("stream": 0})");
  EXPECT_EQ(Op(ops::MaxPool{{.size = {2}, .strides = {1}}}).fields().to_string(),
            R"({"window": {"size": [2], "strides": [1], "dilation": [], "before": [], )"
            R"("after": []}})");
  EXPECT_EQ(
      Op(FusedMatmul{.has_bias = true, .activation = cpu::Activation::kTanh}).fields().to_string(),
      R"({"transpose_a": false, "transpose_b": false, "has_bias": true, )"
      R"("activation": "tanh"})");
}

TEST(OpFields, ShowsHowManyOpsABodyHas) {
  const ops::Composite op{.kernel = "twice", .build = [](std::span<const Value> in) {
                            return std::vector<Value>{in[0] + in[0]};
                          }};
  const TensorSpec spec{{2}, DType::float32};
  EXPECT_EQ(Op(op.specialized(std::span(&spec, 1))).fields().to_string(),
            R"({"kernel": "twice", "attributes": {}, "body": "1 op"})");
}

}  // namespace
}  // namespace antler::testing
