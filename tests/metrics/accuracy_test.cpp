#include "antler/metrics/accuracy.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/core/error.h"
#include "antler/metrics/top_k_accuracy.h"

namespace antler {
namespace {

double result(Metric metric, const Tensor& y_true, const Tensor& y_pred,
              const Tensor& sample_weight = {}) {
  metric.update_state(y_true, y_pred, sample_weight);
  return metric.result().item();
}

constexpr DType kLabelTypes[] = {DType::float32, DType::int32, DType::int64, DType::uint8,
                                 DType::boolean};

TEST(Accuracy, EqualElements) {
  EXPECT_NEAR(result(metrics::Accuracy(), Tensor{1, 2, 3}, Tensor{{1}, {0}, {3}}), 2.0 / 3, 1e-6);
  EXPECT_NEAR(result(metrics::Accuracy(), Tensor{1, 2, 3}, Tensor{1, 0, 3}, Tensor{1, 2, 1}), 0.5,
              1e-6);
}

TEST(BinaryAccuracy, ThresholdIsExclusive) {
  for (const DType type : kLabelTypes) {
    const Tensor y = Tensor{1, 0, 1, 1}.astype(type);
    EXPECT_NEAR(result(metrics::BinaryAccuracy(), y, Tensor{{0.5}, {0.5}, {0.51}, {0.9}}), 0.75,
                1e-6)
        << name(type);
  }
  EXPECT_NEAR(result(metrics::BinaryAccuracy({.threshold = 0.95}), Tensor{0, 1}, Tensor{0.9, 0.9}),
              0.5, 1e-6);
}

TEST(CategoricalAccuracy, LargestElements) {
  const Tensor y = {{0, 1, 0}, {1, 0, 0}}, p = {{0.1, 0.5, 0.4}, {0.2, 0.2, 0.6}};
  EXPECT_NEAR(result(metrics::CategoricalAccuracy(), y, p), 0.5, 1e-6);
  EXPECT_NEAR(result(metrics::CategoricalAccuracy(), y.astype(DType::boolean), p), 0.5, 1e-6);
}

TEST(SparseCategoricalAccuracy, ClassNumbers) {
  const Tensor p = {{0.1, 0.5}, {0.2, 0.1}, {0.1, 0.6}};
  for (const DType type : kLabelTypes) {
    const Tensor y = Tensor{1, 0, 0}.astype(type);
    EXPECT_NEAR(result(metrics::SparseCategoricalAccuracy(), y, p), 2.0 / 3, 1e-6) << name(type);
    EXPECT_NEAR(result(metrics::SparseCategoricalAccuracy(), y.reshape({3, 1}), p), 2.0 / 3, 1e-6);
  }
  EXPECT_NEAR(result(metrics::SparseCategoricalAccuracy(), Tensor{-1, 0, 7}, p), 1.0 / 3, 1e-6);
}

// 300 must not become a class of 8 bits.
TEST(SparseCategoricalAccuracy, ManyClassesBesideByteLabels) {
  Tensor p = Tensor::zeros({1, 400});
  p.mutable_data<float>()[300] = 1;
  for (const double label : {255.0, 44.0}) {
    EXPECT_EQ(result(metrics::SparseCategoricalAccuracy(), Tensor{label}.astype(DType::uint8), p),
              0);
  }
}

TEST(SparseCategoricalAccuracy, Sequences) {
  const Tensor p = {{{0.1, 0.5}, {0.9, 0.5}}, {{0.2, 0.3}, {0.4, 0.1}}};
  EXPECT_NEAR(result(metrics::SparseCategoricalAccuracy(), Tensor{{1, 0}, {0, 0}}, p), 0.75, 1e-6);
}

TEST(TopK, CountsScoresAbove) {
  const Tensor p = {{0.1, 0.5, 0.4}, {0.3, 0.2, 0.5}, {0.6, 0.3, 0.1}};
  const Tensor hot = {{1, 0, 0}, {1, 0, 0}, {1, 0, 0}};
  EXPECT_NEAR(result(metrics::TopKCategoricalAccuracy({.k = 1}), hot, p), 1.0 / 3, 1e-6);
  EXPECT_NEAR(result(metrics::TopKCategoricalAccuracy({.k = 2}), hot, p), 2.0 / 3, 1e-6);
  EXPECT_NEAR(result(metrics::TopKCategoricalAccuracy(), hot, p), 1, 1e-6);
  for (const DType type : kLabelTypes) {
    const Tensor y = Tensor{1, 1, 1}.astype(type);
    EXPECT_NEAR(result(metrics::SparseTopKCategoricalAccuracy({.k = 2}), y, p), 2.0 / 3, 1e-6)
        << name(type);
  }
}

TEST(TopK, MissesOfClassesThatDoNotExistAndOfNan) {
  const metrics::SparseTopKCategoricalAccuracy top2({.k = 2});
  EXPECT_EQ(result(top2, Tensor{-1}, Tensor{{0.1, 0.9, 0.3}}), 0);
  top2.base().reset_state();
  EXPECT_EQ(result(top2, Tensor{3}, Tensor{{0.1, 0.9, 0.3}}), 0);
  top2.base().reset_state();
  EXPECT_EQ(result(top2, Tensor{0}, Tensor{{NAN, 0.9, 0.3}}), 0);
}

TEST(TopK, SortedIds) {
  const metrics::SparseTopKCategoricalAccuracy metric({.k = 2, .from_sorted_ids = true});
  const Tensor ids = {{2, 0, 1}, {1, 2, 0}};
  EXPECT_NEAR(result(metric, Tensor{0, 0}.astype(DType::int32), ids), 0.5, 1e-6);
}

TEST(TopK, Sequences) {
  const Tensor p = {{{0.1, 0.5}, {0.9, 0.5}}, {{0.2, 0.3}, {0.4, 0.1}}};
  EXPECT_NEAR(result(metrics::SparseTopKCategoricalAccuracy({.k = 1}), Tensor{{1, 0}, {0, 0}}, p),
              0.75, 1e-6);
}

TEST(Accuracy, ErrorTexts) {
  const auto text = [](const Metric& metric, const Tensor& y_true, const Tensor& y_pred) {
    try {
      result(metric, y_true, y_pred);
    } catch (const ShapeError& e) {
      return std::string(e.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(text(metrics::CategoricalAccuracy(), Tensor{0, 1}, Tensor{{1, 2}, {3, 4}}),
            "categorical_accuracy (CategoricalAccuracy): expected y_true of the shape of y_pred "
            "(2, 2), got (2,); class numbers go with the Sparse metrics");
  EXPECT_EQ(text(metrics::SparseCategoricalAccuracy(), Tensor{{0, 1}}, Tensor{{1, 2}}),
            "sparse_categorical_accuracy (SparseCategoricalAccuracy): expected y_true (1,), a "
            "class number for each row of y_pred (1, 2), got (1, 2); one-hot labels go with the "
            "metrics without Sparse");
}

}  // namespace
}  // namespace antler
