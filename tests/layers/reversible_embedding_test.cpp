#include "antler/layers/reversible_embedding.h"

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/graph/rewrite.h"
#include "antler/layers/dense.h"
#include "antler/layers/input.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/models/model.h"
#include "antler/optimizers/adam.h"
#include "tests/layers/layer_check.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::is_near;
using testing::message_of;

const Tensor kTable{{1, 2}, {3, 4}, {5, 6}};
const Tensor kTokens = Tensor{{2, 0}}.astype(DType::int32);

ReversibleEmbedding with_table(const ReversibleEmbeddingOptions& options = {}) {
  ReversibleEmbedding layer(3, 2, options);
  layer.base().ensure_built({{1, 2}});
  std::vector<Tensor> weights = {kTable};
  if (!options.tie_weights) weights.push_back(Tensor{{1, 0, -1}, {0, 2, 1}});
  layer.set_weights(weights);
  return layer;
}

TEST(ReversibleEmbedding, IsAnEmbedding) {
  check_layer(with_table({.name = "e"}), {kTokens}, {.expected = Tensor{{{5, 6}, {1, 2}}}});
  check_layer(with_table({.tie_weights = false, .logit_soft_cap = 2.0, .name = "e"}), {kTokens},
              {.expected = Tensor{{{5, 6}, {1, 2}}}});
  check_layer(with_table({.mask_zero = true, .name = "e"}), {kTokens}, {.supports_masking = true});
}

TEST(ReversibleEmbedding, GoesBackByItsTableOrByOneOfItsOwn) {
  const Tensor x{{{1, 10}, {-1, 0}}};
  const auto back = [&](const ReversibleEmbeddingOptions& options, const Tensor& vectors) {
    return Tensor(with_table(options)(vectors, {.reverse = true}));
  };
  EXPECT_TRUE(is_near(back({}, x), Tensor{{{21, 43, 65}, {-1, -3, -5}}}));
  EXPECT_TRUE(is_near(back({.tie_weights = false}, x), Tensor{{{1, 20, 9}, {-1, 0, 1}}}));
  EXPECT_TRUE(is_near(back({}, Tensor{1, 10}), Tensor{21, 43, 65})) << "one vector";
  EXPECT_TRUE(is_near(back({}, Tensor{{1, 10}}.astype(DType::int32)), Tensor{{21, 43, 65}}));
  EXPECT_TRUE(is_near(back({.logit_soft_cap = 4.0}, Tensor{{-1, 0}}),
                      Tensor{{-0.97967466, -2.5405958, -3.3931346}}));
}

TEST(ReversibleEmbedding, ReverseDtypeIsThatOfTheLogits) {
  const auto dtype = [](const ReversibleEmbeddingOptions& options) {
    return with_table(options)(Tensor{{1, 10}}, {.reverse = true}).dtype();
  };
  EXPECT_EQ(dtype({}), DType::float32);
  EXPECT_EQ(dtype({.reverse_dtype = "float64"}), DType::float64);
  EXPECT_EQ(dtype({.tie_weights = false, .reverse_dtype = "float64"}), DType::float64);
  EXPECT_EQ(dtype({.dtype = "float64"}), DType::float64);
  EXPECT_EQ(dtype({.reverse_dtype = "float32", .dtype = "float64"}), DType::float32);
  EXPECT_EQ(with_table({.reverse_dtype = "float64"})(kTokens).dtype(), DType::float32);
}

TEST(ReversibleEmbedding, OnlyTokensHaveAMask) {
  const ReversibleEmbedding layer = with_table({.mask_zero = true});
  CallContext context;
  const Value y = layer(kTokens, context);
  EXPECT_TRUE(is_near(Tensor(context.mask(y)), Tensor{{1, 0}}.astype(DType::boolean)));
  const Value logits = layer.call_all({y}, context, {.reverse = true}).front();
  EXPECT_FALSE(context.mask(logits));
}

// The table is read by both calls; token 2 is never looked up, and has a gradient all the same.
TEST(ReversibleEmbedding, BothUsesHaveAShareInTheGradient) {
  for (const bool tied : {true, false}) {
    const ReversibleEmbedding layer(4, 3, {.tie_weights = tied, .dtype = "float64"});
    const Tensor tokens = Tensor{{3, 0, 1}, {1, 1, 0}}.astype(DType::int32);
    layer(tokens);
    std::vector<Tensor> weights = {testing::normal({4, 3}, 1)};
    if (!tied) weights.push_back(testing::normal({3, 4}, 2));
    const std::vector<Variable> variables = layer.weights();
    ASSERT_EQ(variables.size(), weights.size());
    const auto body = [&](const std::vector<Value>& arguments) {
      CallContext context;
      const Value x = layer(tokens, context);
      const std::vector<Value> logits = layer.call_all({x}, context, {.reverse = true});
      ValueMap replacements;
      for (std::size_t i = 0; i < variables.size(); ++i) {
        replacements.emplace(key_of(variables[i].value()), arguments[i]);
      }
      return rewrite(logits, replacements, reapply);
    };
    for (const int order : {1, 2}) {
      const testing::GradientReport report =
          testing::check_gradient(body, weights, {.order = order});
      EXPECT_TRUE(report.passed) << report.text;
      EXPECT_GT(report.compared, 0);
    }
  }
}

Model language_model(const ReversibleEmbedding& words) {
  const Value tokens = Input({None}, {.dtype = DType::int32});
  const Value hidden = Dense(4, {.activation = "tanh"})(words(tokens));
  return Model({.inputs = {tokens}, .outputs = {words(hidden, {.reverse = true})}});
}

TEST(ReversibleEmbedding, IsBothEndsOfALanguageModel) {
  set_random_seed(1);
  const ReversibleEmbedding words(5, 4, {.mask_zero = true, .logit_soft_cap = 10.0});
  const Model model = language_model(words);
  EXPECT_EQ(model.outputs().front().shape(), (Shape{None, None, 5}));
  EXPECT_EQ(model.count_params(), 5 * 4 + 4 * 4 + 4);
  model.compile({.optimizer = Adam({.learning_rate = 0.05}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  const Tensor x = Tensor{{1, 2, 3, 4}, {4, 3, 2, 1}, {2, 3, 4, 1}}.astype(DType::int32);
  const Tensor next = Tensor{{2, 3, 4, 1}, {1, 4, 3, 2}, {3, 4, 1, 2}}.astype(DType::int32);
  const Tensor before = words.get_weights().front();
  const History history = model.fit(x, next, {.epochs = 60, .verbose = 0});
  EXPECT_LT(history["loss"].back(), 0.1);
  EXPECT_FALSE(identical(words.get_weights().front(), before));
}

TEST(ReversibleEmbedding, TheDirectionIsInTheConfigOfAModel) {
  const Model model = language_model(ReversibleEmbedding(5, 4, {.name = "words"}));
  const Config config = model.get_config();
  const Config& calls = config.at("layers")[1].at("inbound_nodes");
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0].at("kwargs").to_string(), "{}");
  EXPECT_EQ(calls[1].at("kwargs").to_string(), R"({"reverse": true})");
  const Model twin = Model::from_config(config);
  EXPECT_EQ(twin.get_config(), config);
  twin.set_weights(model.get_weights());
  EXPECT_TRUE(identical(twin.predict(kTokens), model.predict(kTokens)));
}

TEST(ReversibleEmbedding, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { ReversibleEmbedding(0, 2); }),
            "ReversibleEmbedding: expected input_dim of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] { ReversibleEmbedding(3, 0, {.name = "words"}); }),
            "words (ReversibleEmbedding): expected output_dim of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>(
                [] { ReversibleEmbedding(3, 2, {.logit_soft_cap = 0.0, .name = "words"}); }),
            "words (ReversibleEmbedding): expected a logit_soft_cap above 0, got 0.0");
  EXPECT_EQ(message_of<TypeError>([] { ReversibleEmbedding(3, 2, {.reverse_dtype = "int32"}); }),
            "ReversibleEmbedding: expected a floating reverse_dtype, got int32");
  const ReversibleEmbedding layer(3, 2, {.name = "words"});
  const auto back = [&](const Tensor& x) {
    return message_of<ShapeError>([&] { layer(x, {.reverse = true}); });
  };
  EXPECT_EQ(back(Tensor{{1, 2, 3}}),
            "words (ReversibleEmbedding): expected vectors of 2 numbers to reverse, got (1, 3)");
  EXPECT_EQ(back(Tensor(1.0F)),
            "words (ReversibleEmbedding): expected vectors of 2 numbers to reverse, got ()");
  EXPECT_EQ(message_of<ValueError>([&] { Tensor y = layer(Tensor{{3}}.astype(DType::int32)); }),
            "words (ReversibleEmbedding): expected a token in [0, 3), got 3 at row 0");
  EXPECT_EQ(message_of<ValueError>([] {
              Dense(2, {.name = "d"})(Tensor{{1, 2}}, {.reverse = true});
            }),
            "d (Dense): expected no argument \"reverse\" of its call; the layer does not take it");
}

}  // namespace
}  // namespace antler
