#include "antler/ops/ctc_loss.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "antler/core/error.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

// What a path of classes reads as: equal neighbors count once, then blanks are dropped.
std::vector<int> read_off(const std::vector<int>& path, int blank) {
  std::vector<int> labels;
  for (std::size_t t = 0; t < path.size(); ++t) {
    if (path[t] != blank && (t == 0 || path[t] != path[t - 1])) labels.push_back(path[t]);
  }
  return labels;
}

// -log of the sum over all paths, by going through them.
double by_enumeration(const std::vector<std::vector<double>>& logits,
                      const std::vector<int>& labels, int blank) {
  const std::size_t classes = logits.front().size();
  std::vector<int> path(logits.size(), 0);
  double total = 0;
  while (true) {
    if (read_off(path, blank) == labels) {
      double log_probability = 0;
      for (std::size_t t = 0; t < path.size(); ++t) {
        double sum = 0;
        for (const double z : logits[t]) sum += std::exp(z);
        log_probability += logits[t][static_cast<std::size_t>(path[t])] - std::log(sum);
      }
      total += std::exp(log_probability);
    }
    std::size_t t = 0;
    while (t < path.size() && ++path[t] == static_cast<int>(classes)) path[t++] = 0;
    if (t == path.size()) return -std::log(total);
  }
}

std::vector<std::vector<double>> rows_of(const Tensor& logits) {
  std::vector<std::vector<double>> rows;
  for (std::int64_t t = 0; t < logits.shape()[0]; ++t) {
    rows.emplace_back();
    for (std::int64_t k = 0; k < logits.shape()[1]; ++k) rows.back().push_back(logits[t].item(k));
  }
  return rows;
}

Tensor int32s(std::initializer_list<double> elements, const Shape& shape) {
  return values(elements, shape, DType::int32);
}

TEST(CtcLoss, SumsOverAllAlignments) {
  const Tensor logits = normal({4, 5, 3}, 7);
  const Tensor target = int32s({1, 2, 1, 1, 2, 0, 0, 0}, {4, 2});
  const Tensor lengths = int32s({2, 2, 1, 0}, {4});
  const std::vector<std::vector<int>> labels = {{1, 2}, {1, 1}, {2}, {}};
  const Tensor loss = ops::ctc_loss(target, logits, lengths, int32s({5, 5, 5, 5}, {4}));
  for (std::int64_t i = 0; i < 4; ++i) {
    const double expected =
        by_enumeration(rows_of(logits[i]), labels[static_cast<std::size_t>(i)], 0);
    EXPECT_NEAR(loss.item(i), expected, 1e-9) << i;
  }
}

TEST(CtcLoss, OtherBlankAndShorterOutputs) {
  const Tensor logits = normal({2, 5, 3}, 8);
  const Tensor loss = ops::ctc_loss(int32s({0, 1, 1, 1}, {2, 2}), logits, int32s({2, 2}, {2}),
                                    int32s({5, 4}, {2}), 2);
  EXPECT_NEAR(loss.item(0), by_enumeration(rows_of(logits[0]), {0, 1}, 2), 1e-9);
  EXPECT_NEAR(loss.item(1), by_enumeration(rows_of(logits[1].slice(0, 4)), {1, 1}, 2), 1e-9);
}

TEST(CtcLoss, TooLittleTimeIsUnlikely) {
  const Tensor loss =
      ops::ctc_loss(int32s({1, 1}, {1, 2}), normal({1, 2, 3}), int32s({2}, {1}), int32s({2}, {1}));
  EXPECT_NEAR(loss.item(), 1e5, 20);
}

TEST(CtcLoss, GradientsOfTwoOrders) {
  const Tensor target = int32s({1, 2, 1, 1, 2, 0, 0, 0}, {4, 2});
  const Tensor lengths = int32s({2, 2, 1, 0}, {4});
  const Tensor steps = int32s({4, 3, 4, 2}, {4});
  const Body body = [&](const std::vector<Value>& in) {
    return std::vector<Value>{ops::ctc_loss(target, in[0], lengths, steps)};
  };
  for (const int order : {1, 2}) {
    const GradientReport report = check_gradient(body, {normal({4, 4, 3}, 9)}, {.order = order});
    EXPECT_TRUE(report.passed) << report.text;
    EXPECT_GE(report.compared, 48);
  }
}

TEST(CtcLoss, ABatchOfUnknownSize) {
  const Value loss = ops::ctc_loss(
      make_input({{None, 2}, DType::int32}), make_input({{None, 5, 3}, DType::float32}),
      make_input({{None}, DType::int32}), make_input({{None}, DType::int32}));
  EXPECT_EQ(loss.shape(), Shape({None}));
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

TEST(CtcLoss, ErrorTexts) {
  const Tensor one = int32s({1}, {1});
  EXPECT_EQ(message_of<ShapeError>([&] {
              ops::ctc_loss(one, normal({1, 2, 3}), one, one);
            }),
            "ctc_loss: expected target (batch, labels) and output (batch, time, classes), got (1,) "
            "and (1, 2, 3)");
  EXPECT_EQ(
      message_of<ShapeError>([&] {
        ops::ctc_loss(int32s({1}, {1, 1}), make_input({{1, None, 3}, DType::float32}), one, one);
      }),
      "ctc_loss: expected known numbers of labels, steps and classes, and a step at least, "
      "got target (1, 1) and output (1, None, 3); give Input() its sizes");
  const std::string text = message_of<ValueError>([&] {
    evaluate(ops::ctc_loss(int32s({3}, {1, 1}), normal({1, 2, 3}), one, int32s({2}, {1})));
  });
  EXPECT_EQ(text, "ctc_loss: expected a class in [0, 3), got 3 at row 0");
}

}  // namespace
}  // namespace antler::testing
