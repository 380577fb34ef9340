// Add and Concatenate.
#include "antler/core/error.h"
#include "antler/layers/add.h"
#include "antler/layers/concatenate.h"
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
