#include "antler/backends/cpu/kernels/optimizer.h"

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/optimizer.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

void adam(const AdamStep& step, const float* gradient, float* weight, float* momentum,
          float* velocity, int64_t begin, int64_t end) {
  const FloatVector alpha = set(step.alpha);
  const FloatVector epsilon = set(step.epsilon);
  const FloatVector decay = set(step.decay);
  const FloatVector new_momentum = set(static_cast<float>(1.0 - step.beta_1));
  const FloatVector new_velocity = set(static_cast<float>(1.0 - step.beta_2));
  for_each_vector(begin, end, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
    const FloatVector g = access.load(gradient + i);
    FloatVector m = access.load(momentum + i);
    FloatVector v = access.load(velocity + i);
    FloatVector w = access.load(weight + i);
    w = hn::NegMulAdd(w, decay, w);
    m = hn::MulAdd(hn::Sub(g, m), new_momentum, m);
    v = hn::MulAdd(hn::Sub(hn::Mul(g, g), v), new_velocity, v);
    w = hn::Sub(w, hn::Div(hn::Mul(alpha, m), hn::Add(hn::Sqrt(v), epsilon)));
    access.store(m, momentum + i);
    access.store(v, velocity + i);
    access.store(w, weight + i);
  });
}

void sgd(const SgdStep& step, const float* gradient, float* weight, int64_t begin, int64_t end) {
  const FloatVector rate = set(step.learning_rate);
  const FloatVector decay = set(step.decay);
  for_each_vector(begin, end, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
    FloatVector w = access.load(weight + i);
    w = hn::NegMulAdd(w, decay, w);
    access.store(hn::NegMulAdd(rate, access.load(gradient + i), w), weight + i);
  });
}

void sgd_momentum(const SgdStep& step, const float* gradient, float* weight, float* velocity,
                  int64_t begin, int64_t end) {
  const FloatVector rate = set(step.learning_rate);
  const FloatVector momentum = set(step.momentum);
  const FloatVector decay = set(step.decay);
  for_each_vector(begin, end, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
    FloatVector w = access.load(weight + i);
    w = hn::NegMulAdd(w, decay, w);
    const FloatVector change = hn::Mul(rate, access.load(gradient + i));
    const FloatVector u = hn::MulSub(momentum, access.load(velocity + i), change);
    access.store(u, velocity + i);
    access.store(hn::Add(w, step.nesterov ? hn::MulSub(momentum, u, change) : u), weight + i);
  });
}

void rmsprop(const RmspropStep& step, const float* gradient, float* weight, float* velocity,
             float* average_gradient, float* momentum, int64_t begin, int64_t end) {
  const FloatVector rate = set(step.learning_rate);
  const FloatVector rho = set(static_cast<float>(step.rho));
  const FloatVector rest = set(static_cast<float>(1.0 - step.rho));
  const FloatVector epsilon = set(step.epsilon);
  const FloatVector decay = set(step.decay);
  for_each_vector(begin, end, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
    const FloatVector g = access.load(gradient + i);
    FloatVector w = access.load(weight + i);
    w = hn::NegMulAdd(w, decay, w);
    const FloatVector v = hn::MulAdd(rho, access.load(velocity + i), hn::Mul(rest, hn::Mul(g, g)));
    access.store(v, velocity + i);
    FloatVector square = v;
    if (average_gradient) {
      const FloatVector a = hn::MulAdd(rho, access.load(average_gradient + i), hn::Mul(rest, g));
      access.store(a, average_gradient + i);
      square = hn::NegMulAdd(a, a, v);
    }
    FloatVector change = hn::Div(hn::Mul(rate, g), hn::Sqrt(hn::Add(square, epsilon)));
    if (momentum) {
      change = hn::MulAdd(set(step.momentum), access.load(momentum + i), change);
      access.store(change, momentum + i);
    }
    access.store(hn::Sub(w, change), weight + i);
  });
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(adam);
HWY_EXPORT(sgd);
HWY_EXPORT(sgd_momentum);
HWY_EXPORT(rmsprop);

void adam_update(const AdamStep& step, const float* gradient, float* weight, float* momentum,
                 float* velocity, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(adam)(step, gradient, weight, momentum, velocity, begin, end);
}

void sgd_update(const SgdStep& step, const float* gradient, float* weight, int64_t begin,
                int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(sgd)(step, gradient, weight, begin, end);
}

void sgd_momentum_update(const SgdStep& step, const float* gradient, float* weight, float* velocity,
                         int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(sgd_momentum)(step, gradient, weight, velocity, begin, end);
}

void rmsprop_update(const RmspropStep& step, const float* gradient, float* weight, float* velocity,
                    float* average_gradient, float* momentum, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(rmsprop)
  (step, gradient, weight, velocity, average_gradient, momentum, begin, end);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
