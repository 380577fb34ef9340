// Each loss by its constructor and from its config; what both refuse.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "antler/autodiff/gradients.h"
#include "antler/core/error.h"
#include "antler/losses/binary_crossentropy.h"
#include "antler/losses/catalog.h"
#include "antler/losses/categorical_crossentropy.h"
#include "antler/losses/circle.h"
#include "antler/losses/cosine_similarity.h"
#include "antler/losses/ctc.h"
#include "antler/losses/divergence.h"
#include "antler/losses/focal_crossentropy.h"
#include "antler/losses/generalized_crossentropy.h"
#include "antler/losses/hinge.h"
#include "antler/losses/huber.h"
#include "antler/losses/mean_absolute_error.h"
#include "antler/losses/mean_squared_error.h"
#include "antler/losses/overlap.h"
#include "antler/losses/regression.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/ops/softmax.h"
#include "antler/ops/sum.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::is_near;

template <class E, class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const E& e) {
    return e.what();
  }
  return "no error";
}

struct Row {
  Loss loss;
  Config config;
};

// `own` before the two arguments that all losses take, as none has them by default.
Config config_of(Config::Map own) {
  own.insert(own.end(), {{"reduction", "sum"}, {"name", "mine"}});
  return Config::map(std::move(own));
}

// Every argument of every loss, none at its default.
std::vector<Row> rows() {
  const Config plain = config_of({});
  return {
      {BinaryCrossentropy({.from_logits = true,
                           .label_smoothing = 0.1,
                           .axis = 1,
                           .reduction = "sum",
                           .name = "mine"}),
       config_of({{"from_logits", true}, {"label_smoothing", 0.1}, {"axis", 1}})},
      {BinaryFocalCrossentropy({.apply_class_balancing = true,
                                .alpha = 0.3,
                                .gamma = 1.5,
                                .from_logits = true,
                                .label_smoothing = 0.1,
                                .axis = 1,
                                .reduction = "sum",
                                .name = "mine"}),
       config_of({{"apply_class_balancing", true},
                  {"alpha", 0.3},
                  {"gamma", 1.5},
                  {"from_logits", true},
                  {"label_smoothing", 0.1},
                  {"axis", 1}})},
      {CategoricalCrossentropy({.from_logits = true,
                                .label_smoothing = 0.1,
                                .axis = 1,
                                .reduction = "sum",
                                .name = "mine"}),
       config_of({{"from_logits", true}, {"label_smoothing", 0.1}, {"axis", 1}})},
      {CategoricalFocalCrossentropy({.alpha = {0.25, 0.5},
                                     .gamma = 1.5,
                                     .from_logits = true,
                                     .label_smoothing = 0.1,
                                     .axis = 1,
                                     .reduction = "sum",
                                     .name = "mine"}),
       config_of({{"alpha", Config(std::vector<double>{0.25, 0.5})},
                  {"gamma", 1.5},
                  {"from_logits", true},
                  {"label_smoothing", 0.1},
                  {"axis", 1}})},
      {CategoricalFocalCrossentropy({.alpha = 0.5, .reduction = "sum", .name = "mine"}),
       config_of({{"alpha", 0.5},
                  {"gamma", 2.0},
                  {"from_logits", false},
                  {"label_smoothing", 0.0},
                  {"axis", -1}})},
      {CategoricalGeneralizedCrossEntropy({.q = 0.25, .reduction = "sum", .name = "mine"}),
       config_of({{"q", 0.25}})},
      {CategoricalHinge({.reduction = "sum", .name = "mine"}), plain},
      {Circle({.gamma = 8,
               .margin = 0.25,
               .remove_diagonal = false,
               .reduction = "sum",
               .name = "mine"}),
       config_of({{"gamma", 8.0}, {"margin", 0.25}, {"remove_diagonal", false}})},
      {CosineSimilarity({.axis = 1, .reduction = "sum", .name = "mine"}), config_of({{"axis", 1}})},
      {CTC({.reduction = "sum", .name = "mine"}), plain},
      {Dice({.reduction = "sum", .name = "mine", .axis = {1, 2}}),
       Config::map(
           {{"reduction", "sum"}, {"name", "mine"}, {"axis", Config(std::vector<int>{1, 2})}})},
      {Dice({.reduction = "sum", .name = "mine", .axis = 1}),
       Config::map({{"reduction", "sum"}, {"name", "mine"}, {"axis", 1}})},
      {Dice({.reduction = "sum", .name = "mine"}),
       Config::map({{"reduction", "sum"}, {"name", "mine"}, {"axis", nullptr}})},
      {Hinge({.reduction = "sum", .name = "mine"}), plain},
      {Huber({.delta = 2.5, .reduction = "sum", .name = "mine"}), config_of({{"delta", 2.5}})},
      {KLDivergence({.reduction = "sum", .name = "mine"}), plain},
      {LogCosh({.reduction = "sum", .name = "mine"}), plain},
      {MeanAbsoluteError({.reduction = "sum", .name = "mine"}), plain},
      {MeanAbsolutePercentageError({.reduction = "sum", .name = "mine"}), plain},
      {MeanSquaredError({.reduction = "sum", .name = "mine"}), plain},
      {MeanSquaredLogarithmicError({.reduction = "sum", .name = "mine"}), plain},
      {Poisson({.reduction = "sum", .name = "mine"}), plain},
      {SparseCategoricalCrossentropy(
           {.from_logits = true, .ignore_class = 3, .reduction = "sum", .axis = 1, .name = "mine"}),
       Config::map({{"from_logits", true},
                    {"ignore_class", 3},
                    {"reduction", "sum"},
                    {"axis", 1},
                    {"name", "mine"}})},
      {SquaredHinge({.reduction = "sum", .name = "mine"}), plain},
      {Tversky({.alpha = 0.3, .beta = 0.7, .reduction = "sum", .name = "mine", .axis = {1, 2}}),
       Config::map({{"alpha", 0.3},
                    {"beta", 0.7},
                    {"reduction", "sum"},
                    {"name", "mine"},
                    {"axis", Config(std::vector<int>{1, 2})}})},
  };
}

TEST(BuiltInLosses, ConstructorAndConfigMakeTheSame) {
  std::set<std::string> tried;
  for (const Row& row : rows()) {
    const std::string class_name(row.loss.base().class_name());
    tried.insert(class_name);
    EXPECT_EQ(row.loss.base().get_config().to_string(), row.config.to_string()) << class_name;
    const Loss read = losses::from_config(class_name, row.config);
    EXPECT_EQ(read.base().class_name(), class_name);
    EXPECT_EQ(read.base().get_config().to_string(), row.config.to_string()) << class_name;
    EXPECT_EQ(read.name(), "mine");
    EXPECT_EQ(read.base().reduction(), Reduction::sum);
  }
  for (const std::string& name : losses::names()) {
    if (name == "ce" || name == "crossentropy") continue;
    const std::string class_name(losses::get(name).base().class_name());
    EXPECT_TRUE(tried.count(class_name) > 0) << class_name;
  }
}

TEST(BuiltInLosses, NamesAndAliases) {
  const auto class_of = [](const char* name) {
    const Loss loss = losses::get(name);
    EXPECT_EQ(loss.name(), name);
    return loss.base().class_name();
  };
  for (const char* name : {"mape", "MAPE", "mean_absolute_percentage_error"}) {
    EXPECT_EQ(class_of(name), "MeanAbsolutePercentageError");
  }
  for (const char* name : {"msle", "MSLE", "mean_squared_logarithmic_error"}) {
    EXPECT_EQ(class_of(name), "MeanSquaredLogarithmicError");
  }
  for (const char* name : {"kld", "KLD", "kl_divergence"}) {
    EXPECT_EQ(class_of(name), "KLDivergence");
  }
  EXPECT_EQ(class_of("log_cosh"), "LogCosh");
  EXPECT_EQ(class_of("ctc"), "CTC");
  EXPECT_EQ(class_of("binary_focal_crossentropy"), "BinaryFocalCrossentropy");
  EXPECT_EQ(losses::get("KLDivergence").name(), "kl_divergence");
}

TEST(BuiltInLosses, ReadsKerasTuples) {
  const Config tuple =
      Config::map({{"class_name", "__tuple__"}, {"items", Config(std::vector<int>{1, 2})}});
  const Loss loss = losses::from_config("Dice", Config::map({{"axis", tuple}}));
  EXPECT_EQ(loss.base().get_config().at("axis"), Config(std::vector<int>{1, 2}));
}

Tensor gradient(const Loss& loss, const Tensor& y_true, const Value& input, const Value& y_pred) {
  const Value sum = ops::sum(loss(y_true, y_pred));
  return gradients(sum, std::vector<Value>{input})[0];
}

// Where Keras' gradients are NaN.
TEST(BuiltInLosses, GradientsStayFinite) {
  const Value zeros = Tensor{{0, 0}, {3, 4}};
  const Tensor slopes =
      gradient(CosineSimilarity({.reduction = "sum"}), {{1, 0}, {3, 4}}, zeros, zeros);
  EXPECT_TRUE(is_near(slopes, Tensor{{-1e7, 0}, {0, 0}}, 1e-6));
  const Value logits = Tensor{{200, 0, 0}};
  const Tensor far =
      gradient(CategoricalGeneralizedCrossEntropy(), Tensor{1}, logits, ops::softmax(logits));
  EXPECT_TRUE(is_near(far, Tensor{{0, 0, 0}}));
}

TEST(BuiltInLosses, AColumnOfClassNumbersIsOneAnExample) {
  const Tensor p = {{0.25, 0.75}, {0.5, 0.5}};
  const CategoricalGeneralizedCrossEntropy loss({.q = 0.5, .reduction = "none"});
  const Tensor expected = {2 * (1 - std::sqrt(0.75)), 2 * (1 - std::sqrt(0.5))};
  EXPECT_TRUE(is_near(loss(Tensor{1, 0}, p), expected));
  EXPECT_TRUE(is_near(loss(Tensor{{1}, {0}}, p), expected));
}

TEST(BuiltInLosses, FactorsOfTheClassesStandWhereTheClassesDo) {
  const Tensor y = {{{1, 0}, {0, 1}}}, p = {{{0.75, 0.5}, {0.25, 0.5}}};  // classes on axis 1
  const CategoricalFocalCrossentropy loss(
      {.alpha = {1, 0}, .gamma = 0, .axis = 1, .reduction = "none"});
  EXPECT_TRUE(is_near(loss(y, p), Tensor{{-std::log(0.75), 0}}));
}

TEST(BuiltInLosses, ArgumentErrors) {
  const std::string bounds = ": expected label_smoothing in [0, 1], got ";
  EXPECT_EQ(message_of<ValueError>([] { BinaryFocalCrossentropy({.label_smoothing = -0.5}); }),
            "binary_focal_crossentropy (BinaryFocalCrossentropy)" + bounds + "-0.500000");
  EXPECT_EQ(message_of<ValueError>(
                [] { CategoricalFocalCrossentropy({.label_smoothing = 2, .name = "f"}); }),
            "f (CategoricalFocalCrossentropy)" + bounds + "2.000000");
  for (const double gamma : {-1.0, -0.5, static_cast<double>(NAN)}) {
    const std::string got = ": expected gamma of at least 0, got " + std::to_string(gamma);
    EXPECT_EQ(message_of<ValueError>([&] { BinaryFocalCrossentropy({.gamma = gamma}); }),
              "binary_focal_crossentropy (BinaryFocalCrossentropy)" + got);
    EXPECT_EQ(message_of<ValueError>(
                  [&] { CategoricalFocalCrossentropy({.gamma = gamma, .name = "f"}); }),
              "f (CategoricalFocalCrossentropy)" + got);
  }
  for (const double q : {0.0, 1.0}) {
    EXPECT_EQ(message_of<ValueError>([&] { CategoricalGeneralizedCrossEntropy({.q = q}); }),
              "categorical_generalized_cross_entropy (CategoricalGeneralizedCrossEntropy): "
              "expected q in (0, 1), got " +
                  std::to_string(q));
  }
  EXPECT_EQ(message_of<ValueError>([] { Dice({.reduction = "means"}); }),
            "unknown reduction \"means\"; did you mean \"mean\"?");
  EXPECT_EQ(message_of<ValueError>([] {
              losses::from_config("Tversky", Config::map({{"alfa", 0.5}}));
            }),
            "Tversky: unknown key \"alfa\"; did you mean \"alpha\"?");
  EXPECT_EQ(message_of<TypeError>([] {
              losses::from_config("Circle", Config::map({{"gamma", "high"}}));
            }),
            "Circle: \"gamma\": expected a number, got the string \"high\"");
}

// Only the run sees a label.
TEST(BuiltInLosses, LabelErrors) {
  const auto text = [](const Loss& loss, const Tensor& y, const Tensor& p) {
    return message_of<ValueError>([&] { evaluate(loss(y, p)); });
  };
  const Tensor rows = {{0.5, 0.5}, {0.5, 0.5}};
  EXPECT_EQ(text(CategoricalGeneralizedCrossEntropy({.name = "g"}), Tensor{1, 2}, rows),
            "g (CategoricalGeneralizedCrossEntropy): expected a class in [0, 2), got 2 at row 1");
  EXPECT_EQ(text(CTC({.name = "c"}), Tensor{{1, 2}, {3, 1}}, Tensor::zeros({2, 4, 3})),
            "c (CTC): expected a class in [0, 3), got 3 at row 1");
}

TEST(BuiltInLosses, ShapeErrors) {
  const Tensor rows = {{1, 2, 3}, {4, 5, 6}};
  EXPECT_EQ(message_of<ShapeError>([&] {
              Hinge()(Tensor{{1, -1}, {1, 1}}, rows);
            }),
            "hinge (Hinge): expected y_true of the shape of y_pred (2, 3), got (2, 2); the last "
            "layer needs as many units as there are targets");
  EXPECT_EQ(message_of<ShapeError>([&] {
              KLDivergence()(Tensor{0, 1}, rows);
            }),
            "kl_divergence (KLDivergence): expected y_true of the shape of y_pred (2, 3), got "
            "(2,); class numbers go with SparseCategoricalCrossentropy, or become one-hot by "
            "ops::one_hot");
  EXPECT_EQ(message_of<ShapeError>([&] {
              Dice()(Tensor{{0, 1}, {1, 0}}, rows);
            }),
            "dice (Dice): expected y_true of the shape of y_pred (2, 3), got (2, 2); a 0/1 label "
            "for each output; class numbers go with SparseCategoricalCrossentropy");
  EXPECT_EQ(message_of<ShapeError>([&] { Dice({.axis = 2})(rows, rows); }),
            "dice (Dice): sum: expected axis in [-2, 2), got 2");
  EXPECT_EQ(message_of<ShapeError>([&] {
              Circle()(Tensor{0, 1, 2}, rows);
            }),
            "circle (Circle): expected y_true (batch,) beside y_pred (batch, n), got (3,) beside "
            "(2, 3); a class number goes with each embedding");
  EXPECT_EQ(message_of<ShapeError>([&] { CategoricalGeneralizedCrossEntropy()(rows, rows); }),
            "categorical_generalized_cross_entropy (CategoricalGeneralizedCrossEntropy): expected "
            "y_true (2,), a class number for each row of y_pred (2, 3), got (2, 3); one-hot labels "
            "go with CategoricalCrossentropy");
  EXPECT_EQ(message_of<ShapeError>([&] {
              CategoricalFocalCrossentropy({.alpha = {1, 2}})(rows, rows);
            }),
            "categorical_focal_crossentropy (CategoricalFocalCrossentropy): expected a factor "
            "alpha for each of the 3 classes of y_pred (2, 3), got 2");
  EXPECT_EQ(message_of<ShapeError>([&] {
              CTC()
              (rows, rows);
            }),
            "ctc (CTC): expected y_true (batch, labels) and y_pred (batch, time, classes), got "
            "(2, 3) and (2, 3)");
}

}  // namespace
}  // namespace antler
