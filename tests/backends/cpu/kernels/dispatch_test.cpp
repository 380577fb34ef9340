#include "antler/backends/cpu/kernels/dispatch.h"

#include <gtest/gtest.h>

namespace antler::cpu {
namespace {

TEST(Dispatch, UsesTheBestTargetUnlessToldOtherwise) {
  prepare_dispatch();
  const std::vector<int64_t> targets = available_targets();
  ASSERT_FALSE(targets.empty());
  EXPECT_EQ(current_target(), targets.front());
  for (const int64_t target : targets) {
    force_target(target);
    EXPECT_EQ(current_target(), target) << target_name(target);
  }
  force_target(0);
  EXPECT_EQ(current_target(), targets.front());
  EXPECT_EQ(available_targets(), targets);
}

}  // namespace
}  // namespace antler::cpu
