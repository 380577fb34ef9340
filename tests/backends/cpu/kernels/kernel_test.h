// What the kernels' tests share: they run on every instruction set that this machine has.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "antler/backends/cpu/kernels/dispatch.h"

namespace antler::cpu {

class KernelTest : public testing::TestWithParam<int64_t> {
 protected:
  KernelTest() { force_target(GetParam()); }
  ~KernelTest() override { force_target(0); }

  std::vector<float> normal(int64_t count, float deviation = 1.0f) {
    std::normal_distribution<float> distribution(0.0f, deviation);
    std::vector<float> values(static_cast<size_t>(count));
    for (float& value : values) value = distribution(random_);
    return values;
  }

  std::vector<float> uniform(int64_t count, float low, float high) {
    std::uniform_real_distribution<float> distribution(low, high);
    std::vector<float> values(static_cast<size_t>(count));
    for (float& value : values) value = distribution(random_);
    return values;
  }

  int64_t below(int64_t bound) {
    return std::uniform_int_distribution<int64_t>(0, bound - 1)(random_);
  }

 private:
  std::mt19937 random_{20241};
};

// Equal bits; all NaNs are one.
inline bool same(float a, float b) {
  return std::isnan(a) ? std::isnan(b) : a == b && std::signbit(a) == std::signbit(b);
}

inline testing::AssertionResult same_values(const std::vector<float>& a,
                                            const std::vector<float>& b) {
  if (a.size() != b.size()) return testing::AssertionFailure() << "sizes differ";
  for (size_t i = 0; i < a.size(); ++i) {
    if (!same(a[i], b[i])) {
      return testing::AssertionFailure() << "element " << i << ": " << a[i] << " and " << b[i];
    }
  }
  return testing::AssertionSuccess();
}

}  // namespace antler::cpu

#define ANTLER_ON_EVERY_TARGET(suite)                                                            \
  INSTANTIATE_TEST_SUITE_P(Target, suite, testing::ValuesIn(::antler::cpu::available_targets()), \
                           [](const testing::TestParamInfo<int64_t>& info) {                     \
                             return ::antler::cpu::target_name(info.param);                      \
                           })
