#include "antler/graph/graph.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/graph/updates.h"
#include "antler/graph/variable.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/reshape.h"
#include "antler/ops/sum.h"

namespace antler {
namespace {

TEST(Value, NumbersTakeTheOtherOperandsType) {
  const Value x = make_input({{3}, DType::float64});
  EXPECT_EQ((x * 2).dtype(), DType::float64);
  EXPECT_EQ((2.5F * x).dtype(), DType::float64);
  const Value i = make_input({{3}, DType::int32});
  EXPECT_EQ((i * 2).dtype(), DType::int32);
  EXPECT_EQ((i * 2.5).dtype(), DType::float32);
}

TEST(Value, UnknownAxesStayUnknown) {
  const Value x = make_input({{None, 3}, DType::float32});
  EXPECT_EQ((x + 1).shape(), (Shape{None, 3}));
  EXPECT_EQ(ops::reshape(x, {None}).shape(), (Shape{None}));
  EXPECT_EQ(ops::sum(x, {.axis = 0}).shape(), (Shape{3}));
  EXPECT_EQ(ops::sum(x, {.axis = 1}).shape(), (Shape{None}));
}

TEST(Value, EmptyOnesAreRefused) {
  EXPECT_FALSE(Value());
  EXPECT_THROW(Value().shape(), StateError);
  EXPECT_THROW(Value(1.0) + Value(), StateError);
}

TEST(Evaluate, RunsConstantsAndVariablesOnly) {
  const Tensor sum = Value(Tensor{1, 2}) + Tensor{10, 20};
  EXPECT_TRUE(identical(sum, Tensor{11, 22}));
  const Variable v(Tensor{3, 4});
  EXPECT_TRUE(identical(Tensor(v.value() * 2), Tensor{6, 8}));
  const Value input = make_input({{2}, DType::float32}, "pixels");
  try {
    evaluate(input + 1);
    FAIL();
  } catch (const StateError& e) {
    EXPECT_NE(std::string(e.what()).find("pixels float32 (2,)"), std::string::npos) << e.what();
  }
}

TEST(Graph, DeepChainsAreWalkedAndFreed) {
  Value x(Tensor(1.0));
  for (int i = 0; i < 200000; ++i) x = x + 1;
  EXPECT_EQ(topological_order(std::span(&x, 1)).size(), 400001U);
  x = Value();
}

TEST(Graph, EachNodeComesAfterItsInputs) {
  const Value a = make_input({{2}, DType::float32});
  const Value b = a + 1;
  const Value c = b * b - a;
  const auto order = topological_order(std::span(&c, 1));
  EXPECT_EQ(order.size(), 5U);
  EXPECT_EQ(order.back(), c.shared_node());
}

TEST(Graph, LeavesOutWhatOnlyStoppedValuesNeed) {
  const Value a = make_input({{2}, DType::float32});
  const Value b = make_input({{2}, DType::float32});
  const Value inner = a * a;
  const Value c = inner + b;
  const auto order =
      topological_order(std::span(&c, 1), [&](const Value& v) { return v.is_same(inner); });
  EXPECT_EQ(order, (std::vector{b.shared_node(), c.shared_node()}));
  EXPECT_TRUE(topological_order(std::span(&c, 1), [](const Value&) { return true; }).empty());
}

TEST(Apply, CountsTheInputs) {
  const Value x(Tensor{1, 2});
  EXPECT_THROW(apply(ops::Add{}, {x}), ValueError);
  EXPECT_THROW(apply(ops::Add{}, {x, x, x}), ValueError);
}

TEST(Variable, AssignChecksShapeAndType) {
  Variable v(Tensor{1, 2}, {.name = "kernel"});
  EXPECT_THROW(v.assign(Tensor{1, 2, 3}), ShapeError);
  EXPECT_THROW(v.assign(Tensor::zeros({2}, DType::float64)), TypeError);
  v.assign(Tensor{5, 6});
  EXPECT_TRUE(identical(v.read(), Tensor{5, 6}));
}

TEST(Variable, PlacedTogetherKeepsValuesAndAlignment) {
  const std::vector<Variable> variables{Variable(Tensor{1, 2, 3}), Variable(Tensor{{4}, {5}})};
  place_together(variables);
  EXPECT_TRUE(identical(variables[0].read(), Tensor{1, 2, 3}));
  EXPECT_TRUE(identical(variables[1].read(), (Tensor{{4}, {5}})));
  EXPECT_EQ(variables[1].storage() - variables[0].storage(), 64);
  const std::byte* before = variables[0].storage();
  place_together(variables);
  EXPECT_EQ(variables[0].storage(), before);
}

TEST(Updates, TheLatestValueCounts) {
  Updates updates;
  const Variable v(Tensor(1.0));
  EXPECT_TRUE(updates.value(v).is_same(v.value()));
  updates.assign(v, v.value() + 1);
  updates.assign(v, updates.value(v) * 3);
  ASSERT_EQ(updates.assignments().size(), 1U);
  EXPECT_EQ(Tensor(updates.value(v)).item(), 6.0);
  EXPECT_THROW(updates.assign(v, Value(Tensor{1, 2})), ShapeError);
  EXPECT_THROW(updates.assign(v, Value(Tensor::zeros({}, DType::float64))), TypeError);
}

}  // namespace
}  // namespace antler
