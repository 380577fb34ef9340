#include "tests/support/on_every_target.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "antler/backends/cpu/kernels/dispatch.h"
#include "antler/compiler/evaluate.h"

namespace antler::testing {
namespace {

void expect_same(const Tensor& got, const Tensor& expected, double tolerance) {
  ASSERT_EQ(got.shape(), expected.shape());
  for (std::int64_t k = 0; k < expected.size(); ++k) {
    const auto want = expected.item<double>(k), have = got.item<double>(k);
    if (std::isnan(want)) {
      ASSERT_TRUE(std::isnan(have)) << "at " << k;
    } else {
      ASSERT_NEAR(have, want, tolerance * std::max(1.0, std::abs(want))) << "at " << k;
    }
  }
}

}  // namespace

void expect_reference_on_every_target(const std::vector<Value>& values, double tolerance) {
  const auto expected = evaluate(values, ProgramOptions{.backend = "reference"});
  for (const std::int64_t target : cpu::available_targets()) {
    SCOPED_TRACE(cpu::target_name(target));
    cpu::force_target(target);
    const auto got = evaluate(values, ProgramOptions{});
    for (std::size_t i = 0; i < values.size(); ++i) {
      SCOPED_TRACE("value " + std::to_string(i));
      expect_same(got[i], expected[i], tolerance);
    }
  }
  cpu::force_target(0);
}

}  // namespace antler::testing
