// Layers of a user's own: everything through the public headers, as README shows it.
#include "antler/compiler/function.h"
#include "antler/core/error.h"
#include "antler/layers/dense.h"
#include "antler/layers/input.h"
#include "antler/layers/layer_registry.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/sum.h"
#include "tests/layers/layer_check.h"
#include "tests/support/near.h"

namespace antler {

struct ScaleLayer : LayerBase {
  void build(const Shape& in) override {
    s_ = add_weight({.name = "s", .shape = {in.back()}, .initializer = "ones"});
  }
  Value call(const Value& x, CallContext&) const override { return x * s_; }
  Variable s_;
};

// The sum and the difference of two inputs.
struct Butterfly : LayerBase {
  std::vector<Value> call_list(const std::vector<Value>& inputs, CallContext&) const override {
    return {inputs[0] + inputs[1], inputs[0] - inputs[1]};
  }
};

struct Residual : LayerBase {
  explicit Residual(std::int64_t units = 3, LayerCommon common = {})
      : LayerBase(common), inner_(add_layer(Dense(units, {.name = "inner"}))) {}
  void build(const Shape& in) override {
    gain_ = add_weight({.name = "gain", .shape = {in.back()}, .initializer = "ones"});
  }
  Value call(const Value& x, CallContext& context) const override {
    return gain_ * x + inner_(x, context);
  }
  Config get_config() const override {
    Config config = LayerBase::get_config();
    config.set("units", 3);
    return config;
  }
  static Layer from_config(const Config& config) {
    return make_layer<Residual>(config.at("units").as_integer());
  }
  Layer inner_;
  Variable gain_;
};

struct Forgotten : LayerBase {};

struct Counter : LayerBase {
  void build(const Shape&) override {
    count_ = add_weight({.name = "count", .shape = {}, .initializer = "zeros", .trainable = false});
  }
  Value call(const Value& x, CallContext& context) const override {
    context.assign(count_, context.value(count_) + 1);
    context.add_loss(ops::sum(x));
    return x;
  }
  Variable count_;
};

namespace {

using testing::is_near;
using testing::message_of;

TEST(UserLayer, OneWeight) {
  const Layer scale = make_layer<ScaleLayer>();
  EXPECT_EQ(scale.class_name(), "ScaleLayer");
  EXPECT_TRUE(is_near(Tensor(scale(Tensor{{1, 2}})), Tensor{{1, 2}}));
  scale.set_weights({Tensor{3, 4}});
  EXPECT_TRUE(is_near(Tensor(scale(Tensor{{1, 2}})), Tensor{{3, 8}}));
  EXPECT_EQ(scale.weights()[0].path(), "scale_layer/s");
  EXPECT_EQ(scale(Value(Input({2}))).shape(), (Shape{None, 2}));
}

TEST(UserLayer, CopiesAreTheSameLayer) {
  const Layer scale = make_layer<ScaleLayer>(), copy = scale;
  copy(Tensor{{1, 2}});
  EXPECT_TRUE(scale.is_built());
  EXPECT_TRUE(scale == copy);
  EXPECT_FALSE(scale == make_layer<ScaleLayer>());
}

TEST(UserLayer, TwoInputsAndTwoOutputs) {
  const Layer butterfly = make_layer<Butterfly>();
  const std::vector<Value> eager = butterfly.call_all({Tensor{{5, 7}}, Tensor{{1, 2}}});
  ASSERT_EQ(eager.size(), 2U);
  EXPECT_TRUE(is_near(Tensor(eager[0]), Tensor{{6, 9}}));
  EXPECT_TRUE(is_near(Tensor(eager[1]), Tensor{{4, 5}}));
  const std::vector<Value> symbolic = butterfly.call_all({Value(Input({2})), Value(Input({2}))});
  ASSERT_EQ(symbolic.size(), 2U);
  EXPECT_EQ(symbolic[1].shape(), (Shape{None, 2}));
  EXPECT_EQ(layer_to_config(butterfly).at("build_config").to_string(),
            "{\"input_shape\": [[1, 2], [1, 2]]}");
}

TEST(UserLayer, InnerLayersBringTheirWeights) {
  const Layer residual = make_layer<Residual>();
  residual(Tensor{{1, 2, 3}});
  ASSERT_EQ(residual.weights().size(), 3U);
  EXPECT_EQ(residual.weights()[0].name(), "gain");
  EXPECT_EQ(residual.weights()[1].name(), "kernel");
  EXPECT_EQ(residual.base().layers().size(), 1U);
  residual.set_trainable(false);
  EXPECT_TRUE(residual.trainable_weights().empty());
  residual.set_weights({Tensor{1, 1, 1}, Tensor::zeros({3, 3}), Tensor{1, 1, 1}});
  EXPECT_TRUE(is_near(Tensor(residual(Tensor{{1, 2, 3}})), Tensor{{2, 3, 4}}));
}

TEST(UserLayer, ErrorsOfInnerLayersSayWhere) {
  const Layer residual = make_layer<Residual>();
  residual(Tensor{{1, 2, 3}});
  EXPECT_EQ(message_of<ShapeError>([&] { residual(Tensor{{1}}); }),
            "residual (Residual): inner (Dense): expected last dimension 3, got (1, 1); the layer "
            "was built for another input");
}

TEST(UserLayer, ForgettingCallIsAnError) {
  const char* text = "forgotten (Forgotten): the class must override call() or call_list()";
  const Layer forgotten = make_layer<Forgotten>();
  EXPECT_EQ(message_of<StateError>([&] { forgotten(Tensor{{1}}); }), text);
  EXPECT_EQ(message_of<StateError>([&] { forgotten(Value(Input({1}))); }), text);
  EXPECT_EQ(message_of<StateError>([] { Layer()(Tensor{{1}}); }),
            "expected a layer to call, got an empty handle");
  EXPECT_EQ(message_of<ShapeError>([] {
              make_layer<ScaleLayer>()({Tensor{{1}}, Tensor{{2}}});
            }),
            "scale_layer (ScaleLayer): expected one input, got 2");
}

TEST(UserLayer, AnUnknownSizeForAWeight) {
  EXPECT_EQ(message_of<ShapeError>([] { make_layer<ScaleLayer>()(Value(Input({None}))); }),
            "scale_layer (ScaleLayer): weight \"s\": expected known sizes, got (None,); give "
            "Input() the missing size");
}

TEST(UserLayer, StateAndLossesGoThroughTheContext) {
  const Layer counter = make_layer<Counter>();
  CallContext context;
  counter(Tensor{{1, 2}}, context);
  counter(Tensor{{1, 2}}, context);
  EXPECT_TRUE(is_near(Tensor(context.value(counter.weights()[0])), Tensor(2.0F)));
  EXPECT_TRUE(is_near(counter.get_weights()[0], Tensor(0.0F)));
  ASSERT_EQ(context.losses().size(), 2U);
  EXPECT_TRUE(is_near(Tensor(context.losses()[1]), Tensor(3.0F)));
}

TEST(UserLayer, FloatsComeInTheLayersType) {
  const Layer scale = make_layer<ScaleLayer>();
  EXPECT_EQ(scale(Tensor{{1, 2}}.astype(DType::float64)).dtype(), DType::float32);
  const Dense wide(2, {.dtype = "float64"});
  EXPECT_EQ(wide(Tensor{{1, 2}}).dtype(), DType::float64);
  EXPECT_EQ(wide.weights()[0].dtype(), DType::float64);
}

TEST(UserLayer, AMaskSurvivesTheCast) {
  const Value x = Tensor::zeros({1, 2, 3}, DType::float64);
  CallContext context;
  context.set_mask(x, Tensor{{1, 0}}.astype(DType::boolean));
  EXPECT_TRUE(context.mask(Dense(2)(x, context)));
}

TEST(UserLayer, ActivityRegularizerIsPerExample) {
  const Dense layer(1, {.kernel_initializer = "ones", .activity_regularizer = "l2"});
  CallContext context;
  layer(Tensor{{1, 2}, {3, 4}}, context);
  ASSERT_EQ(context.losses().size(), 1U);
  EXPECT_TRUE(is_near(Tensor(context.losses()[0]), Tensor(0.01F * (9 + 49) / 2)));
}

TEST(UserLayer, ComesFromConfigByCustomObjects) {
  const Layer scale = make_layer<ScaleLayer>();
  scale(Tensor{{1, 2}});
  const Config config = layer_to_config(scale);
  EXPECT_EQ(config.at("registered_name"), Config("ScaleLayer"));
  const CustomObjects custom = {{"ScaleLayer", layer_factory<ScaleLayer>()},
                                {"Residual", layer_factory<Residual>()}};
  const Layer copy = layer_from_config(config, custom);
  EXPECT_EQ(layer_to_config(copy), config);
  EXPECT_EQ(copy.weights().size(), 1U);
  const Layer residual = layer_from_config(layer_to_config(make_layer<Residual>()), custom);
  EXPECT_EQ(residual.class_name(), "Residual");
  EXPECT_EQ(message_of<ValueError>([&] { layer_from_config(config); }),
            "unknown layer \"ScaleLayer\"; a class of your own comes by custom_objects");
}

}  // namespace
}  // namespace antler
