#include "antler/backends/cpu/kernels/optimizer.h"

#include "tests/backends/cpu/kernels/kernel_test.h"

namespace antler::cpu {
namespace {

constexpr int64_t kCount = 203;
constexpr int64_t kCuts[] = {0, 1, 17, 64, 65, 130, kCount};

class OptimizerTest : public KernelTest {
 protected:
  std::vector<float> g = normal(kCount);
  std::vector<float> w = normal(kCount);
  std::vector<float> slot1 = uniform(kCount, 0, 1);
  std::vector<float> slot2 = uniform(kCount, 1, 2);

  // Runs update(weights, slot 1, slot 2, begin, end) at once and in pieces: the same bits.
  template <class Update>
  void run(const Update& update) {
    auto w_pieces = w;
    auto slot1_pieces = slot1;
    auto slot2_pieces = slot2;
    for (size_t i = 0; i + 1 < std::size(kCuts); ++i) {
      update(w_pieces, slot1_pieces, slot2_pieces, kCuts[i], kCuts[i + 1]);
    }
    update(w, slot1, slot2, 0, kCount);
    EXPECT_TRUE(same_values(w, w_pieces));
    EXPECT_TRUE(same_values(slot1, slot1_pieces));
    EXPECT_TRUE(same_values(slot2, slot2_pieces));
  }
};

TEST_P(OptimizerTest, Adam) {
  g[7] = 0;
  slot1[7] = slot2[7] = 0;
  g[8] = 1e-25f;  // its square is no float
  slot1[8] = slot2[8] = 0;
  g[9] = 1e25f;  // its square is infinite: no step
  const AdamStep step{
      .alpha = 0.003f, .beta_1 = 0.9, .beta_2 = 0.999, .epsilon = 1e-7f, .decay = 0.01f};
  const auto w0 = w;
  const auto m0 = slot1;
  const auto v0 = slot2;
  run([&](auto& weight, auto& m, auto& v, int64_t begin, int64_t end) {
    adam_update(step, g.data(), weight.data(), m.data(), v.data(), begin, end);
  });
  for (int64_t i = 0; i < kCount; ++i) {
    if (i == 9) {
      EXPECT_EQ(slot2[i], INFINITY);
      EXPECT_NEAR(w[i], w0[i] * 0.99f, 1e-6);
      continue;
    }
    const double m = m0[i] + (g[i] - static_cast<double>(m0[i])) * (1 - 0.9);
    const double v = v0[i] + (static_cast<double>(g[i]) * g[i] - v0[i]) * (1 - 0.999);
    const double change = 0.003 * m / (std::sqrt(v) + 1e-7);
    EXPECT_NEAR(slot1[i], m, 2e-7 * (std::abs(m0[i]) + std::abs(g[i])));
    EXPECT_NEAR(slot2[i], v, 2e-7 * v + 1e-38);
    EXPECT_NEAR(w[i], w0[i] * (1 - 0.01) - change,
                2e-7 * std::abs(w0[i]) + 5e-7 * std::abs(change));
  }
}

TEST_P(OptimizerTest, AdamStepItselfIsAccurate) {
  // Weight 0: nothing hides the error of the quotient.
  w.assign(kCount, 0.0f);
  for (int64_t i = 0; i < kCount; ++i) slot2[i] = std::pow(10.0f, -30.0f + i / 4);
  const auto m0 = slot1;
  const auto v0 = slot2;
  const AdamStep step{.alpha = 1.0f, .beta_1 = 1.0, .beta_2 = 1.0, .epsilon = 1e-7f};
  run([&](auto& weight, auto& m, auto& v, int64_t begin, int64_t end) {
    adam_update(step, g.data(), weight.data(), m.data(), v.data(), begin, end);
  });
  for (int64_t i = 0; i < kCount; ++i) {
    const double want = -m0[i] / (std::sqrt(static_cast<double>(v0[i])) + 1e-7);
    EXPECT_NEAR(w[i], want, 5e-7 * std::abs(want)) << v0[i];
  }
}

TEST_P(OptimizerTest, AdamPassesNotANumberOn) {
  g[3] = NAN;
  run([&](auto& weight, auto& m, auto& v, int64_t begin, int64_t end) {
    adam_update({.alpha = 0.1f}, g.data(), weight.data(), m.data(), v.data(), begin, end);
  });
  EXPECT_TRUE(std::isnan(w[3]) && std::isnan(slot1[3]) && std::isnan(slot2[3]));
  EXPECT_FALSE(std::isnan(w[2]) || std::isnan(w[4]));
}

TEST_P(OptimizerTest, Sgd) {
  const auto w0 = w;
  run([&](auto& weight, auto&, auto&, int64_t begin, int64_t end) {
    sgd_update({.learning_rate = 0.1f, .decay = 0.02f}, g.data(), weight.data(), begin, end);
  });
  for (int64_t i = 0; i < kCount; ++i) EXPECT_NEAR(w[i], w0[i] * 0.98 - 0.1 * g[i], 1e-6);
}

TEST_P(OptimizerTest, SgdWithMomentum) {
  for (const bool nesterov : {false, true}) {
    const auto w0 = w;
    const auto u0 = slot1;
    run([&](auto& weight, auto& u, auto&, int64_t begin, int64_t end) {
      sgd_momentum_update(
          {.learning_rate = 0.1f, .momentum = 0.7f, .nesterov = nesterov, .decay = 0.05f}, g.data(),
          weight.data(), u.data(), begin, end);
    });
    for (int64_t i = 0; i < kCount; ++i) {
      const double u = 0.7 * u0[i] - 0.1 * g[i];
      EXPECT_NEAR(slot1[i], u, 1e-6);
      EXPECT_NEAR(w[i], w0[i] * 0.95 + (nesterov ? 0.7 * u - 0.1 * g[i] : u), 1e-6);
    }
  }
}

TEST_P(OptimizerTest, Rmsprop) {
  for (const bool centered : {false, true}) {
    for (const bool has_momentum : {false, true}) {
      std::vector<float> average(kCount, 0.1f);
      const auto w0 = w;
      const auto v0 = slot2;
      const auto u0 = slot1;
      run([&](auto& weight, auto& u, auto& v, int64_t begin, int64_t end) {
        std::vector<float> a(kCount, 0.1f);
        rmsprop_update({.learning_rate = 0.01f, .rho = 0.8, .momentum = 0.6f, .decay = 0.03f},
                       g.data(), weight.data(), v.data(), centered ? a.data() : nullptr,
                       has_momentum ? u.data() : nullptr, begin, end);
        for (int64_t i = begin; i < end; ++i) average[i] = a[i];
      });
      for (int64_t i = 0; i < kCount; ++i) {
        const double v = 0.8 * v0[i] + 0.2 * g[i] * g[i];
        const double a = centered ? 0.8 * 0.1 + 0.2 * g[i] : 0.0;
        double change = 0.01 * g[i] / std::sqrt(v - a * a + 1e-7);
        EXPECT_NEAR(average[i], centered ? a : 0.1, 1e-6);
        if (has_momentum) {
          change += 0.6 * u0[i];
          EXPECT_NEAR(slot1[i], change, 1e-6);
        }
        EXPECT_NEAR(slot2[i], v, 1e-6 * v);
        EXPECT_NEAR(w[i], w0[i] * 0.97 - change, 1e-6 * (1 + std::abs(w0[i])));
      }
    }
  }
}

ANTLER_ON_EVERY_TARGET(OptimizerTest);

}  // namespace
}  // namespace antler::cpu
