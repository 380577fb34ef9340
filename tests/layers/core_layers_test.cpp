// Identity, Permute, RepeatVector, Masking, Embedding, EinsumDense, Lambda, Pipeline, Wrapper.
#include "antler/core/error.h"
#include "antler/layers/activation.h"
#include "antler/layers/dense.h"
#include "antler/layers/einsum_dense.h"
#include "antler/layers/embedding.h"
#include "antler/layers/identity.h"
#include "antler/layers/input.h"
#include "antler/layers/lambda.h"
#include "antler/layers/layer_registry.h"
#include "antler/layers/masking.h"
#include "antler/layers/permute.h"
#include "antler/layers/pipeline.h"
#include "antler/layers/repeat_vector.h"
#include "antler/layers/rescaling.h"
#include "antler/layers/wrapper.h"
#include "antler/ops/arithmetic.h"
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

TEST(Identity, Values) {
  check_layer(Identity({.name = "i"}), {Tensor{{1, -2}}},
              {.expected = Tensor{{1, -2}}, .supports_masking = true});
}

TEST(Permute, Values) {
  check_layer(Permute({2, 1}, {.name = "p"}), {Tensor{{{1, 2, 3}, {4, 5, 6}}}},
              {.expected = Tensor{{{1, 4}, {2, 5}, {3, 6}}}});
  check_layer(Permute({3, 1, 2}, {.name = "p"}), {distinct({2, 3, 4, 2})});
}

TEST(Permute, Errors) {
  EXPECT_EQ(message_of<ValueError>([] {
              Permute({0, 1}, {.name = "p"});
            }),
            "p (Permute): expected dims to be the axes 1, 2, ... in some order, got [0, 1]");
  EXPECT_EQ(message_of<ShapeError>([] {
              Permute({2, 1})(Tensor{{1, 2}});
            }),
            "permute (Permute): expected 3 dimensions for dims [2, 1], got (1, 2)");
}

TEST(RepeatVector, Values) {
  check_layer(RepeatVector(2, {.name = "r"}), {Tensor{{1, 2}, {3, 4}}},
              {.expected = Tensor{{{1, 2}, {1, 2}}, {{3, 4}, {3, 4}}}});
  EXPECT_EQ(message_of<ValueError>([] { RepeatVector(0); }),
            "RepeatVector: expected n of at least 1, got 0");
  EXPECT_EQ(message_of<ShapeError>([] {
              RepeatVector(2)(Tensor::zeros({1, 2, 3}));
            }),
            "repeat_vector (RepeatVector): expected 2 dimensions (batch and features), got (1, 2, "
            "3)");
}

TEST(Masking, LeavesOutStepsOfOneValue) {
  const Tensor x{{{3, 2}, {1, 4}, {5, 6}}};  // off the mask's value: there it is not smooth
  check_layer(Masking({.name = "m"}), {x}, {.expected = x, .supports_masking = true});
  const Value y = Tensor{{{5, 5}, {1, 5}}};
  CallContext context;
  const Value output = Masking({.mask_value = 5})(y, context);
  EXPECT_TRUE(is_near(Tensor(output), Tensor{{{0, 0}, {1, 5}}}));
  EXPECT_TRUE(is_near(Tensor(context.mask(output)), flags(Tensor{{0, 1}})));
  EXPECT_EQ(message_of<ShapeError>([] {
              Masking()(Tensor{1, 2});
            }),
            "masking (Masking): expected at least 2 dimensions (batch and features), got (2,)");
}

TEST(Embedding, Values) {
  const Tensor weights{{1, 2}, {3, 4}, {5, 6}};
  const Tensor x = Tensor{{2, 0}}.astype(DType::int32);
  check_layer(Embedding(3, 2, {.weights = weights, .name = "e"}), {x},
              {.expected = Tensor{{{5, 6}, {1, 2}}}});
  check_layer(Embedding(3, 2, {.mask_zero = true, .name = "e"}), {x}, {.supports_masking = true});
  CallContext context;
  const Value y = Embedding(3, 2, {.mask_zero = true})(x, context);
  EXPECT_TRUE(is_near(Tensor(context.mask(y)), flags(Tensor{{1, 0}})));
}

TEST(Embedding, Errors) {
  const Embedding layer(3, 2, {.name = "tokens"});
  const auto call = [&](const Tensor& x) {
    return message_of<ValueError>([&] { Tensor y = layer(x.astype(DType::int32)); });
  };
  EXPECT_EQ(call(Tensor{{0, 1}, {2, 3}}),
            "tokens (Embedding): expected a token in [0, 3), got 3 at row 1");
  EXPECT_EQ(call(Tensor{{0, 1}, {1, 2}, {-1, 0}}),
            "tokens (Embedding): expected a token in [0, 3), got -1 at row 2");
  EXPECT_EQ(message_of<ValueError>([] { Embedding(0, 2); }),
            "Embedding: expected input_dim of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] { Embedding(1, -2); }),
            "Embedding: expected output_dim of at least 1, got -2");
  EXPECT_EQ(message_of<ShapeError>([] {
              Embedding(3, 2, {.weights = Tensor{{1, 2}}});
            }),
            "Embedding: expected weights (3, 2), got (1, 2)");
}

TEST(EinsumDense, IsDenseOnEachStep) {
  check_layer(EinsumDense("abc,cd->abd", {None, 5}, {.bias_axes = "d", .name = "e"}),
              {distinct({2, 3, 4})});
  check_layer(EinsumDense("...x,xy->...y", 3, {.activation = "tanh", .name = "e"}),
              {distinct({2, 3, 4})});
  const EinsumDense einsum("abc,cd->abd", {None, 5}, {.bias_axes = "d"});
  const Dense dense(5);
  const Tensor x = distinct({2, 3, 4}).astype(DType::float32);
  einsum(x);
  dense(x);
  einsum.set_weights(dense.get_weights());
  EXPECT_TRUE(is_near(Tensor(einsum(x)), Tensor(dense(x))));
}

TEST(EinsumDense, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { EinsumDense("ab,bc", 3, {.name = "e"}); }),
            "e (EinsumDense): expected an equation such as \"ab,bc->ac\", \"...b,bc->...c\" or "
            "\"ab...,bc->ac...\", got \"ab,bc\"");
  EXPECT_EQ(message_of<ValueError>([] { EinsumDense("ab,bc->az", 3); }),
            "EinsumDense: expected the output's letters in the input or the kernel, got \"z\" in "
            "\"ab,bc->az\"");
  EXPECT_EQ(message_of<ValueError>([] { EinsumDense("ab,bz->ab", 3); }),
            "EinsumDense: expected the kernel's letters in the input or the output, got \"z\" in "
            "\"ab,bz->ab\"");
  EXPECT_EQ(message_of<ValueError>([] { EinsumDense("ab,bc->ac", 3, {.bias_axes = "b"}); }),
            "EinsumDense: expected bias_axes to be letters of the output, got \"b\" for "
            "\"ab,bc->ac\"");
  EXPECT_EQ(message_of<ValueError>([] { EinsumDense("abc,cd->abd", 3); }),
            "EinsumDense: expected output_shape to have 2 sizes for \"abc,cd->abd\", got (3,)");
  EXPECT_EQ(message_of<ShapeError>([] {
              EinsumDense("ab,bc->ac", 3)(Tensor::zeros({1, 2, 3}));
            }),
            "einsum_dense (EinsumDense): expected 2 dimensions for \"ab,bc->ac\", got (1, 2, 3)");
  EXPECT_EQ(message_of<ShapeError>([] {
              EinsumDense("abc,bcd->abd", {5, 2})(Tensor::zeros({1, 3, 4}));
            }),
            "einsum_dense (EinsumDense): expected the size 3 of \"b\" in output_shape, as the "
            "input (1, 3, 4) has it, got (5, 2)");
}

TEST(Lambda, Values) {
  const Lambda square([](const Value& x) { return x * x; }, {.name = "square"});
  EXPECT_TRUE(is_near(Tensor(square(Tensor{{2, -3}})), Tensor{{4, 9}}));
  const Lambda difference([](const std::vector<Value>& in) { return in[0] - in[1]; });
  EXPECT_TRUE(is_near(Tensor(difference({Tensor{{2, 3}}, Tensor{{1, 5}}})), Tensor{{1, -2}}));
  EXPECT_FALSE(square.base().supports_masking());
  EXPECT_EQ(square(Input({3})).shape(), (Shape{None, 3}));
  const Lambda masked([](const Value& x) { return x * 2; },
                      {.mask = [](const Value&, const Value& mask) { return mask; }});
  CallContext context;
  const Value x = Tensor{{1, 2}};
  context.set_mask(x, flags(Tensor{1}));
  EXPECT_TRUE(context.mask(masked(x, context)));
}

TEST(Lambda, Errors) {
  EXPECT_EQ(message_of<StateError>(
                [] { Lambda([](const Value& x) { return x; }, {.name = "f"}).get_config(); }),
            "f (Lambda): no file holds a function; give a class of your own, and read it by "
            "custom_objects");
  const Config from_python = Config::map(
      {{"class_name", "Lambda"}, {"config", Config::map({{"name", "f"}, {"function", "x"}})}});
  EXPECT_EQ(message_of<ValueError>([&] { layer_from_config(from_python); }),
            "f (Lambda): no file holds a function; give a class of your own, and read it by "
            "custom_objects = {{\"Lambda\", ...}}");
  EXPECT_EQ(message_of<ShapeError>([] {
              Lambda([](const Value& x) { return x; })({Tensor{1}, Tensor{2}});
            }),
            "lambda (Lambda): expected one input, got 2; the function takes a single Value");
}

TEST(Pipeline, Values) {
  const Pipeline layer({Rescaling(2.0), Dense(2, {.use_bias = false, .name = "d"})}, {.name = "p"});
  const Tensor x{{1, 2}, {3, 4}};
  layer(x);
  layer.set_weights({Tensor{{1, 0}, {0, -1}}});
  check_layer(layer, {x}, {.expected = Tensor{{2, -4}, {6, -8}}, .has_mask = true});
  EXPECT_EQ(message_of<ValueError>([] { Pipeline({Layer()}); }),
            "Pipeline: expected layers, got an empty handle");
}

// A user's layer around another one.
struct Doubled : WrapperBase {
  using WrapperBase::WrapperBase;
  Value call(const Value& x, CallContext& context) const override {
    return layer()(x, context) * 2;
  }
};

TEST(Wrapper, HoldsALayer) {
  const Layer doubled = make_layer<Doubled>(Layer(Activation("relu")));
  EXPECT_TRUE(is_near(Tensor(doubled(Tensor{{-1, 3}})), Tensor{{0, 6}}));
  EXPECT_EQ(doubled.class_name(), "Doubled");
  const Layer inner = Dense(2, {.name = "inner"});
  const Wrapper wrapper(inner, {.name = "w"});
  wrapper.base().ensure_built({{None, 3}});
  EXPECT_EQ(wrapper.weights().size(), 2U);
  const Layer copy = layer_from_config(layer_to_config(wrapper));
  EXPECT_EQ(layer_to_config(copy), layer_to_config(wrapper));
  EXPECT_EQ(message_of<StateError>([&] {
              wrapper(Tensor{{1, 2, 3}});
            }),
            "w (Wrapper): the class must override call() or call_list()");
}

TEST(Wrapper, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { Wrapper{Layer()}; }),
            "expected a layer to wrap, got an empty handle");
  EXPECT_EQ(message_of<ValueError>([] {
              layer_from_config(Config::map(
                  {{"class_name", "Wrapper"}, {"config", Config::map({{"name", "w"}})}}));
            }),
            "w (Wrapper): \"layer\": expected a value, got none");
}

// A layer inside another one is read with the caller's classes.
TEST(Wrapper, CustomObjectsReachTheLayerInside) {
  struct Own : LayerBase {
    Value call(const Value& x, CallContext&) const override { return x + 1; }
  };
  const Layer wrapper = Pipeline({make_layer<Own>()});
  const Layer copy = layer_from_config(layer_to_config(wrapper),
                                       {{"Own", [](const Config&) { return make_layer<Own>(); }}});
  EXPECT_TRUE(is_near(Tensor(copy(Tensor{{1, 2}})), Tensor{{2, 3}}));
  EXPECT_EQ(message_of<ValueError>([&] { layer_from_config(layer_to_config(wrapper)); }),
            "pipeline (Pipeline): \"layers\": unknown layer \"Own\"; a class of your own comes by "
            "custom_objects");
}

}  // namespace
}  // namespace antler
