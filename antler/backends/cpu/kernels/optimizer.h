// Optimizer updates in one pass over flat arrays, float32, with Keras' formulas.
//
// All work on the elements [begin, end), where an element's bits do not depend on the range. Arrays
// do not overlap. Threads: calls with disjoint ranges may run at once.
#pragma once

#include <cstdint>

namespace antler::cpu {

/// w' = w - w decay;  m += (g - m)(1 - beta_1);  v += (g^2 - v)(1 - beta_2);
/// w = w' - alpha m / (sqrt(v) + epsilon).
///
/// `alpha` is learning_rate sqrt(1 - beta_2^t) / (1 - beta_1^t), `decay` is learning_rate times
/// weight_decay. The square root and the quotient together have a relative error below 5e-7.
/// Source  keras.optimizers.Adam; Kingma and Ba (2014), section 2 ("epsilon hat").
struct AdamStep {
  float alpha = 0;
  double beta_1 = 0.9;  // double: 1 - beta_2 would lose four digits in float
  double beta_2 = 0.999;
  float epsilon = 1e-7f;
  float decay = 0;
};
void adam_update(const AdamStep& step, const float* gradient, float* weight, float* momentum,
                 float* velocity, int64_t begin, int64_t end) noexcept;

/// w -= w decay;  w -= learning_rate g. Source  keras.optimizers.SGD without momentum.
struct SgdStep {
  float learning_rate = 0.01f;
  float momentum = 0;
  bool nesterov = false;
  float decay = 0;
};
void sgd_update(const SgdStep& step, const float* gradient, float* weight, int64_t begin,
                int64_t end) noexcept;

/// w -= w decay;  u = momentum u - learning_rate g;  w += u, or with `nesterov`
/// w += momentum u - learning_rate g. Source  keras.optimizers.SGD.
void sgd_momentum_update(const SgdStep& step, const float* gradient, float* weight, float* velocity,
                         int64_t begin, int64_t end) noexcept;

/// w -= w decay;  v = rho v + (1 - rho) g^2;  d = v + epsilon, or if centered, with
/// a = rho a + (1 - rho) g, d = v - a^2 + epsilon;  i = learning_rate g / sqrt(d);
/// with momentum u = momentum u + i and w -= u, otherwise w -= i.
///
/// `average_gradient` (the a) is null unless centered; `momentum` (the u) is null without momentum.
/// Source  keras.optimizers.RMSprop.
struct RmspropStep {
  float learning_rate = 0.001f;
  double rho = 0.9;
  float momentum = 0;
  float epsilon = 1e-7f;
  float decay = 0;
};
void rmsprop_update(const RmspropStep& step, const float* gradient, float* weight, float* velocity,
                    float* average_gradient, float* momentum, int64_t begin, int64_t end) noexcept;

}  // namespace antler::cpu
