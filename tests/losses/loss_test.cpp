#include "antler/losses/loss.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/autodiff/gradients.h"
#include "antler/core/error.h"
#include "antler/losses/binary_crossentropy.h"
#include "antler/losses/categorical_crossentropy.h"
#include "antler/losses/huber.h"
#include "antler/losses/mean_absolute_error.h"
#include "antler/losses/mean_squared_error.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/power.h"
#include "antler/ops/sum.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::is_near;

constexpr LossContext kKerasNumbers = {.stable_rewrites = false};

double value(const Loss& loss, const Tensor& y_true, const Tensor& y_pred) {
  return Tensor(loss(y_true, y_pred, Value(), kKerasNumbers)).item();
}

Tensor gradient(const Loss& loss, const Tensor& y_true, const Tensor& y_pred) {
  const Value input(y_pred);
  const Value sum = ops::sum(loss(y_true, input, Value(), kKerasNumbers));
  return gradients(sum, std::vector<Value>{input})[0];
}

template <class E, class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const E& e) {
    return e.what();
  }
  return "no error";
}

TEST(Losses, RegressionClosedForms) {
  const Tensor y = {{0, 1}, {2, 5}}, p = {{1, 1}, {0, 2}};
  EXPECT_NEAR(value(MeanSquaredError(), y, p), (1 + 0 + 4 + 9) / 4.0, 1e-6);
  EXPECT_NEAR(value(MeanAbsoluteError(), y, p), (1 + 0 + 2 + 3) / 4.0, 1e-6);
  EXPECT_NEAR(value(Huber(), y, p), (0.5 + 0 + 1.5 + 2.5) / 4, 1e-6);
  EXPECT_NEAR(value(Huber({.delta = 2}), y, p), (0.5 + 0 + 2 + 4) / 4, 1e-6);
}

// What Keras computes in float32, where 1 - 1e-7 is 0.99999988.
TEST(Losses, KerasNumbersAtTheEnds) {
  const auto bce = [](double y, double p) {
    return value(BinaryCrossentropy(), Tensor{y}, Tensor{p});
  };
  EXPECT_NEAR(bce(1, 0), 16.118095, 2e-6);
  EXPECT_NEAR(bce(0, 1), 15.942385, 2e-6);
  EXPECT_NEAR(bce(1, 1), 1.1920929e-7, 1e-12);
  EXPECT_NEAR(value(CategoricalCrossentropy(), Tensor{{0, 1}}, Tensor{{0.2, 0.2}}), 0.6931472,
              1e-6);
  EXPECT_NEAR(value(SparseCategoricalCrossentropy(), Tensor{1}, Tensor{{0.2, 0.2}}), 0.6931472,
              1e-6);
}

TEST(Losses, CrossentropyClosedForms) {
  const Tensor z = {{1, 2, 4}, {0, -1, 3}};
  const auto row = [](double a, double b, double c, double own) {
    return std::log(std::exp(a) + std::exp(b) + std::exp(c)) - own;
  };
  const double expected = (row(1, 2, 4, 2) + row(0, -1, 3, 0)) / 2;
  EXPECT_NEAR(value(SparseCategoricalCrossentropy({.from_logits = true}), Tensor{1, 0}, z),
              expected, 1e-6);
  EXPECT_NEAR(
      value(CategoricalCrossentropy({.from_logits = true}), Tensor{{0, 1, 0}, {1, 0, 0}}, z),
      expected, 1e-6);
  const Tensor smooth = {{0.1, 0.8, 0.1}};
  EXPECT_NEAR(value(CategoricalCrossentropy({.from_logits = true, .label_smoothing = 0.3}),
                    Tensor{{0, 1, 0}}, Tensor{{1, 2, 4}}),
              value(CategoricalCrossentropy({.from_logits = true}), smooth, Tensor{{1, 2, 4}}),
              1e-6);
  EXPECT_NEAR(value(BinaryCrossentropy({.from_logits = true}), Tensor{{1}, {0}}, Tensor{{2}, {3}}),
              (std::log1p(std::exp(-2)) + std::log1p(std::exp(3))) / 2, 1e-6);
  EXPECT_NEAR(value(BinaryCrossentropy({.label_smoothing = 0.2}), Tensor{1}, Tensor{0.7}),
              -(0.9 * std::log(0.7) + 0.1 * std::log(0.3)), 1e-6);
}

TEST(Losses, AxisOfTheClasses) {
  const Tensor rows = {{0.2, 0.5, 0.3}, {0.6, 0.3, 0.1}};
  const Tensor columns = {{0.2, 0.6}, {0.5, 0.3}, {0.3, 0.1}};
  const double expected = -(std::log(0.5) + std::log(0.6)) / 2;
  EXPECT_NEAR(value(SparseCategoricalCrossentropy(), Tensor{1, 0}, rows), expected, 1e-6);
  EXPECT_NEAR(value(SparseCategoricalCrossentropy({.axis = 0}), Tensor{1, 0}, columns), expected,
              1e-6);
  EXPECT_NEAR(value(CategoricalCrossentropy({.axis = 0}), Tensor{{0, 1}, {1, 0}, {0, 0}}, columns),
              expected, 1e-6);
}

TEST(Losses, RankFix) {
  EXPECT_NEAR(value(MeanSquaredError(), Tensor{1, 2, 3}, Tensor{{1}, {1}, {1}}), 5.0 / 3, 1e-6);
  EXPECT_NEAR(value(MeanSquaredError(), Tensor{{1}, {2}, {3}}, Tensor{1, 1, 1}), 5.0 / 3, 1e-6);
  const SparseCategoricalCrossentropy sparse({.from_logits = true});
  const Tensor z = {{1, 2, 4}, {0, -1, 3}};
  EXPECT_EQ(value(sparse, Tensor{{1}, {0}}, z), value(sparse, Tensor{1, 0}, z));
}

TEST(Losses, LabelsOfAnyType) {
  const Tensor z = {{1, 2, 4}, {0, -1, 3}};
  const SparseCategoricalCrossentropy sparse({.from_logits = true});
  const Tensor labels = {1, 0};
  const double expected = value(sparse, labels, z);
  for (const DType type :
       {DType::int32, DType::int64, DType::uint8, DType::boolean, DType::float64}) {
    EXPECT_EQ(value(sparse, labels.astype(type), z), expected) << name(type);
    EXPECT_EQ(value(BinaryCrossentropy(), labels.astype(type), Tensor{0.2, 0.7}),
              value(BinaryCrossentropy(), labels, Tensor{0.2, 0.7}))
        << name(type);
  }
  EXPECT_EQ(value(MeanSquaredError(), labels, Tensor{3, 0}.astype(DType::int32)), 2);
}

TEST(Losses, Reductions) {
  const Tensor y = {{0, 0}, {0, 0}}, p = {{1, 3}, {2, 4}}, w = {1, 0.5};  // losses 5 and 10
  const auto reduced = [&](Reduction reduction) {
    return Tensor(MeanSquaredError({.reduction = reduction})(y, p, w));
  };
  EXPECT_TRUE(is_near(reduced(Reduction::none), Tensor{5, 5}));
  EXPECT_TRUE(is_near(reduced(Reduction::sum), Tensor(10.0)));
  EXPECT_TRUE(is_near(reduced(Reduction::sum_over_batch_size), Tensor(5.0)));
  EXPECT_TRUE(is_near(reduced(Reduction::mean_with_sample_weight), Tensor(10 / 1.5)));
  EXPECT_EQ(MeanSquaredError({.reduction = "mean"}).base().reduction(),
            Reduction::sum_over_batch_size);
}

TEST(Losses, WeightsThatSumToZeroGiveZero) {
  const MeanSquaredError loss({.reduction = "mean_with_sample_weight"});
  EXPECT_EQ(Tensor(loss(Tensor{{1}, {2}}, Tensor{{2}, {4}}, Tensor{0, 0})).item(), 0);
}

TEST(Losses, WeightsBroadcast) {
  const Tensor y = Tensor::zeros({2, 3, 1});  // losses 1, 4, 9; 16, 25, 36
  const Tensor p = Tensor{1, 2, 3, 4, 5, 6}.reshape({2, 3, 1});
  const MeanSquaredError sum({.reduction = "sum"});
  EXPECT_NEAR(Tensor(sum(y, p, Tensor{{1}, {0.5}})).item(), 14 + 77 / 2.0, 1e-4);
  EXPECT_NEAR(Tensor(sum(y, p, Tensor{{1, 0, 0}, {0, 0, 2}})).item(), 73, 1e-4);
  EXPECT_NEAR(Tensor(sum(Tensor{{0}, {0}}, Tensor{{1}, {2}}, Tensor{{3}, {1}})).item(), 7, 1e-6);
}

TEST(Losses, MasksMakeMeansOverWhatCounts) {
  const Tensor y = {{0}, {0}, {0}}, p = {{1}, {2}, {3}};  // losses 1, 4, 9
  const Tensor mask = Tensor{1, 0, 1}.astype(DType::boolean);
  const auto masked = [&](Reduction reduction) {
    return Tensor(MeanSquaredError({.reduction = reduction})(y, p, Value(), {}, mask)).item();
  };
  EXPECT_NEAR(masked(Reduction::sum_over_batch_size), 5, 1e-6);
  EXPECT_NEAR(masked(Reduction::sum), 10, 1e-6);
  const Tensor nothing = Tensor{0, 0, 0}.astype(DType::boolean);
  EXPECT_EQ(Tensor(MeanSquaredError()(y, p, Value(), {}, nothing)).item(), 0);
}

TEST(Losses, IgnoreClass) {
  const Tensor z = {{1, 2, 4}, {NAN, 1000, 3}, {0, -1, 3}};
  const SparseCategoricalCrossentropy all({.from_logits = true});
  const SparseCategoricalCrossentropy loss({.from_logits = true, .ignore_class = -1});
  const double expected = value(all, Tensor{1, 0}, Tensor{{1, 2, 4}, {0, -1, 3}});
  EXPECT_NEAR(value(loss, Tensor{1, -1, 0}, z), expected, 1e-6);
  const Tensor slopes = gradient(loss, Tensor{1, -1, 0}, z);
  EXPECT_EQ(slopes.item(3), 0);
  EXPECT_EQ(slopes.item(4), 0);
  EXPECT_GT(slopes.item(2), 0.1);
  EXPECT_EQ(value(loss, Tensor{-1, -1, -1}, z), 0);
  // An ignored 255 of uint8 is not -1.
  const SparseCategoricalCrossentropy last({.from_logits = true, .ignore_class = 255});
  const Tensor labels = Tensor{1, 255, 0}.astype(DType::uint8);
  EXPECT_NEAR(value(last, labels, z), expected, 1e-6);
  EXPECT_THROW(value(loss, labels, z), ValueError);
}

TEST(Losses, GradientsAreFiniteAtExtremeLogits) {
  const Tensor z = {{1000, -1000, 0}, {-1000, 1000, 0}};
  const auto finite = [](const Tensor& t) {
    for (std::int64_t i = 0; i < t.size(); ++i) {
      if (!std::isfinite(t.item(i))) return false;
    }
    return t.size() > 0;
  };
  const Tensor slopes = gradient(SparseCategoricalCrossentropy({.from_logits = true}), {1, 1}, z);
  EXPECT_TRUE(is_near(slopes, Tensor{{0.5, -0.5, 0}, {0, 0, 0}}));
  const Tensor hot = {{0, 1, 0}, {0, 1, 0}};
  EXPECT_TRUE(is_near(gradient(CategoricalCrossentropy({.from_logits = true}), hot, z), slopes));
  EXPECT_TRUE(finite(gradient(BinaryCrossentropy({.from_logits = true}), hot, z)));
  const Tensor p = {{0, 1, 0}, {1, 0, 0}};
  EXPECT_TRUE(finite(gradient(SparseCategoricalCrossentropy(), {1, 1}, p)));
  EXPECT_TRUE(finite(gradient(CategoricalCrossentropy(), hot, p)));
  EXPECT_TRUE(finite(gradient(BinaryCrossentropy(), hot, p)));
}

TEST(Losses, UserFunction) {
  const Loss loss = make_loss(
      [](const Value& y_true, const Value& y_pred) { return ops::square(y_true - y_pred); },
      "mine");
  EXPECT_EQ(loss.name(), "mine");
  EXPECT_NEAR(value(loss, Tensor{{1}, {2}}, Tensor{{2}, {4}}), 2.5, 1e-6);
  EXPECT_NEAR(Tensor(loss(Tensor{{1}, {2}}, Tensor{{2}, {4}}, Tensor{1, 0})).item(), 0.5, 1e-6);
}

TEST(Losses, ErrorTexts) {
  EXPECT_EQ(message_of<ShapeError>([] {
              SparseCategoricalCrossentropy()(Tensor{{0, 1}, {1, 0}}, Tensor{{1, 2}, {3, 4}});
            }),
            "sparse_categorical_crossentropy (SparseCategoricalCrossentropy): expected y_true (2,),"
            " a class number for each row of y_pred (2, 2), got (2, 2); one-hot labels go with "
            "CategoricalCrossentropy");
  EXPECT_EQ(message_of<ShapeError>([] {
              CategoricalCrossentropy({.name = "kind"})(Tensor{0, 1}, Tensor{{1, 2}, {3, 4}});
            }),
            "kind (CategoricalCrossentropy): expected y_true of the shape of y_pred (2, 2), got "
            "(2,); class numbers go with SparseCategoricalCrossentropy");
  EXPECT_EQ(message_of<ShapeError>([] {
              MeanSquaredError()(Tensor{{0, 1}, {1, 0}}, Tensor{{1}, {3}});
            }),
            "mean_squared_error (MeanSquaredError): expected y_true of the shape of y_pred (2, 1), "
            "got (2, 2); the last layer needs as many units as there are targets");
  EXPECT_EQ(message_of<ShapeError>([] {
              MeanSquaredError()(Tensor{{0}, {1}}, Tensor{{1}, {3}}, Tensor{1, 2, 3});
            }),
            "mean_squared_error (MeanSquaredError): expected sample_weight that broadcasts to the "
            "losses (2,), got (3,); one weight a sample has shape (batch,), or (batch, 1) for "
            "sequences");
  EXPECT_EQ(message_of<ValueError>([] { Huber({.delta = 0}); }),
            "huber_loss (Huber): expected delta above 0, got 0.000000");
  EXPECT_EQ(message_of<ValueError>([] { BinaryCrossentropy({.label_smoothing = 2}); }),
            "binary_crossentropy (BinaryCrossentropy): expected label_smoothing in [0, 1], got "
            "2.000000");
  EXPECT_EQ(message_of<ValueError>([] { MeanSquaredError({.reduction = "summ"}); }),
            "unknown reduction \"summ\"; did you mean \"sum\"?");
}

TEST(Losses, LabelsOutOfRangeFailTheRun) {
  for (const bool from_logits : {false, true}) {
    const SparseCategoricalCrossentropy loss({.from_logits = from_logits});
    for (const double label : {-1.0, 2.0}) {
      const std::string text = message_of<ValueError>([&] {
        value(loss, Tensor{0, label}, Tensor{{0.5, 0.5}, {0.5, 0.5}});
      });
      EXPECT_EQ(text,
                "sparse_categorical_crossentropy (SparseCategoricalCrossentropy): expected a class "
                "in [0, 2), got " +
                    std::to_string(static_cast<int>(label)) + " at row 1");
    }
  }
}

}  // namespace
}  // namespace antler
