// Add and its like, Concatenate, Dot.
#include "antler/layers/merging.h"

#include "antler/core/error.h"
#include "antler/layers/concatenate.h"
#include "antler/layers/dot.h"
#include "antler/layers/input.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::distinct;
using testing::is_near;
using testing::message_of;

Tensor flags(const Tensor& numbers) { return numbers.astype(DType::boolean); }

TEST(Add, Values) {
  check_layer(Add({.name = "a"}), {Tensor{{1, 2}}, Tensor{{3, 4}}, Tensor{{5, 6}}},
              {.expected = Tensor{{9, 12}}, .supports_masking = true});
  check_layer(Add({.name = "a"}), {distinct({2, 3, 4}, 1), distinct({2, 3, 1}, 2)},
              {.supports_masking = true});
  // Missing axes come after the batch.
  EXPECT_TRUE(is_near(Tensor(Add()({Tensor{{{1, 2}, {3, 4}}}, Tensor{{10, 20}}})),
                      Tensor{{{11, 22}, {13, 24}}}));
}

TEST(Add, MaskHoldsWhereAnyDoes) {
  const Value a = Tensor::zeros({1, 3, 1}), b = Tensor::ones({1, 3, 1});
  CallContext context;
  context.set_mask(a, flags(Tensor{{1, 0, 0}}));
  EXPECT_FALSE(context.mask(Add()({a, b}, context)));
  context.set_mask(b, flags(Tensor{{0, 0, 1}}));
  EXPECT_TRUE(is_near(Tensor(context.mask(Add()({a, b}, context))), flags(Tensor{{1, 0, 1}})));
}

TEST(Add, Errors) {
  EXPECT_EQ(message_of<ShapeError>([] {
              Add({.name = "a"})({Value(Input({3})), Value(Input({4}))});
            }),
            "a (Add): expected inputs of one shape, or with sizes of 1, got (None, 3), (None, 4)");
  const Add built;
  built({Tensor{{1, 2}}, Tensor{{1, 2}}});
  EXPECT_EQ(message_of<ShapeError>([&] {
              built({Tensor{{1, 2}}, Tensor{{1, 2}, {3, 4}}});
            }),
            "add (Add): expected inputs of one shape, or with sizes of 1, got (1, 2), (2, 2)");
}

TEST(Merging, Values) {
  const std::vector<Tensor> two = {Tensor{{1, 5}, {3, 2}}, Tensor{{4, 2}, {3.5, -1}}};
  check_layer(Subtract({.name = "m"}), two,
              {.expected = Tensor{{-3, 3}, {-0.5, 3}}, .supports_masking = true});
  check_layer(Multiply({.name = "m"}), two,
              {.expected = Tensor{{4, 10}, {10.5, -2}}, .supports_masking = true});
  check_layer(Average({.name = "m"}), two,
              {.expected = Tensor{{2.5, 3.5}, {3.25, 0.5}}, .supports_masking = true});
  check_layer(Maximum({.name = "m"}), two,
              {.expected = Tensor{{4, 5}, {3.5, 2}}, .supports_masking = true});
  check_layer(Minimum({.name = "m"}), two,
              {.expected = Tensor{{1, 2}, {3, -1}}, .supports_masking = true});
}

// Two inputs (1, 3, 2) with masks, either of which may be missing; the numbers are Keras'.
struct Masked {
  Tensor output, mask;
};
Masked merge_masked(const Layer& layer, const Tensor& a_mask, const Tensor& b_mask) {
  const Value a = Tensor{{{1, 2}, {3, 4}, {5, 6}}};
  const Value b = Tensor{{{7, 1}, {2, 9}, {4, 4}}};
  CallContext context;
  if (a_mask) context.set_mask(a, flags(a_mask));
  if (b_mask) context.set_mask(b, flags(b_mask));
  const Value output = layer({a, b}, context);
  const Value mask = context.mask(output);
  return {output, mask ? Tensor(mask) : Tensor()};
}

TEST(Merging, MaskedInputsAsKeras) {
  const Tensor first{{1, 0, 0}}, last{{0, 0, 1}};
  Masked got = merge_masked(Maximum(), first, last);
  EXPECT_TRUE(is_near(got.output, Tensor{{{1, 2}, {3, 4}, {4, 4}}}));
  EXPECT_TRUE(is_near(got.mask, flags(Tensor{{1, 0, 1}})));
  got = merge_masked(Minimum(), first, last);
  EXPECT_TRUE(is_near(got.output, Tensor{{{1, 2}, {3, 4}, {4, 4}}}));
  got = merge_masked(Maximum(), first, Tensor());
  EXPECT_TRUE(is_near(got.output, Tensor{{{7, 2}, {2, 9}, {4, 4}}}));
  EXPECT_FALSE(got.mask);
  got = merge_masked(Minimum(), Tensor(), last);
  EXPECT_TRUE(is_near(got.output, Tensor{{{1, 2}, {3, 4}, {4, 4}}}));
  EXPECT_FALSE(got.mask);
  got = merge_masked(Multiply(), first, last);
  EXPECT_TRUE(is_near(got.output, Tensor{{{1, 2}, {0, 0}, {4, 4}}}));
  EXPECT_TRUE(is_near(got.mask, flags(Tensor{{1, 0, 1}})));
  got = merge_masked(Multiply(), Tensor(), last);
  EXPECT_TRUE(is_near(got.output, Tensor{{{1, 2}, {3, 4}, {20, 24}}}));
  EXPECT_FALSE(got.mask);
  for (const Layer& layer : {Layer(Add()), Layer(Subtract()), Layer(Average())}) {
    got = merge_masked(layer, first, last);
    EXPECT_TRUE(is_near(got.mask, flags(Tensor{{1, 0, 1}}))) << layer.class_name();
    EXPECT_TRUE(is_near(got.output, merge_masked(layer, Tensor(), Tensor()).output));
  }
}

TEST(Merging, Errors) {
  EXPECT_EQ(message_of<ShapeError>([] {
              Subtract()({Tensor{{1, 2}}, Tensor{{1, 2}}, Tensor{{1, 2}}});
            }),
            "subtract (Subtract): expected two inputs, got 3");
  EXPECT_EQ(message_of<ShapeError>([] {
              Maximum({.name = "m"})({Tensor{{1, 2}}, Tensor{{1, 2, 3}}});
            }),
            "m (Maximum): expected inputs of one shape, or with sizes of 1, got (1, 2), (1, 3)");
}

TEST(Dot, Values) {
  check_layer(Dot(1, {.name = "d"}), {Tensor{{1, 2}, {3, 4}}, Tensor{{5, 6}, {7, 8}}},
              {.expected = Tensor{{17}, {53}}, .supports_masking = true, .has_mask = false});
  check_layer(Dot({2, 1}, {.normalize = true, .name = "d"}),
              {distinct({2, 3, 4}, 1), distinct({2, 4, 5}, 2)},
              {.supports_masking = true, .has_mask = false});
}

TEST(Dot, Errors) {
  EXPECT_EQ(message_of<ValueError>([] {
              Dot({1, 2, 3}, {.name = "d"});
            }),
            "d (Dot): expected axes to be an integer or two of them, got [1, 2, 3]");
  EXPECT_EQ(message_of<ShapeError>([] {
              Dot(1)({Tensor{{1, 2}}, Tensor{{1, 2, 3}}});
            }),
            "dot (Dot): expected axes of one size, got (1, 2), (1, 3) for axes 1");
  EXPECT_EQ(message_of<ShapeError>([] {
              Dot(0)({Tensor{{1, 2}}, Tensor{{1, 2}}});
            }),
            "dot (Dot): expected inputs that have the axes, behind the batch axis, got (1, 2), "
            "(1, 2) for axes 0");
  EXPECT_EQ(message_of<ShapeError>([] {
              Dot(1)(std::vector<Value>{Tensor{{1, 2}}});
            }),
            "dot (Dot): expected two inputs, got 1");
}

TEST(Concatenate, Values) {
  check_layer(Concatenate({.name = "c"}), {Tensor{{1, 2}, {3, 4}}, Tensor{{5}, {6}}},
              {.expected = Tensor{{1, 2, 5}, {3, 4, 6}}, .supports_masking = true});
  check_layer(Concatenate({.axis = 1, .name = "c"}),
              {distinct({2, 3, 4}, 1), distinct({2, 1, 4}, 2)}, {.supports_masking = true});
  EXPECT_EQ(Concatenate({.axis = -2})({Tensor::zeros({2, 3, 4}), Tensor::zeros({2, 2, 4})}).shape(),
            (Shape{2, 5, 4}));
}

TEST(Concatenate, MasksJoinAlongTheAxis) {
  const Value a = Tensor::zeros({1, 2, 3}), b = Tensor::zeros({1, 1, 3});
  CallContext context;
  context.set_mask(a, flags(Tensor{{1, 0}}));
  const Value joined = Concatenate({.axis = 1})({a, b}, context);
  EXPECT_TRUE(is_near(Tensor(context.mask(joined)), flags(Tensor{{1, 0, 1}})));
  const Value c = Tensor::zeros({1, 2, 4});
  context.set_mask(c, flags(Tensor{{0, 0}}));
  const Value wide = Concatenate()({a, c}, context);
  EXPECT_TRUE(is_near(Tensor(context.mask(wide)), flags(Tensor{{1, 0}})));
}

TEST(Concatenate, Errors) {
  EXPECT_EQ(message_of<ShapeError>([] {
              Concatenate({.name = "c"})({Value(Input({2, 3})), Value(Input({4, 3}))});
            }),
            "c (Concatenate): expected inputs of one shape but for axis -1, got (None, 2, 3), "
            "(None, 4, 3)");
  EXPECT_EQ(message_of<ShapeError>([] {
              Concatenate({.axis = 3})({Tensor{{1, 2}}, Tensor{{1, 2}}});
            }),
            "concatenate (Concatenate): expected inputs with an axis 3, got (1, 2), (1, 2)");
  EXPECT_EQ(message_of<ShapeError>([] { Concatenate()(std::vector<Value>{}); }),
            "concatenate (Concatenate): expected at least one input, got none");
}

}  // namespace
}  // namespace antler
