#include "antler/backends/cpu/kernels/gather.h"

#include "tests/backends/cpu/kernels/kernel_test.h"

namespace antler::cpu {
namespace {

TEST(Gather, CopiesRowsByIndex) {
  const std::vector<uint8_t> from = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  const std::vector<int64_t> index = {2, 0, 2, 1};
  std::vector<uint8_t> to(12, 99);
  EXPECT_EQ(gather_rows(from.data(), 3, 3, index.data(), to.data(), 0, 1), -1);
  EXPECT_EQ(gather_rows(from.data(), 3, 3, index.data(), to.data(), 1, 4), -1);
  EXPECT_EQ(to, (std::vector<uint8_t>{7, 8, 9, 1, 2, 3, 7, 8, 9, 4, 5, 6}));
}

TEST(Gather, ReportsTheFirstBadIndexAndReadsNothingThere) {
  const std::vector<float> from = {1, 2};
  const std::vector<int32_t> index = {1, 2, 0, -1};
  std::vector<float> to(4, 99);
  EXPECT_EQ(gather_rows(from.data(), 2, sizeof(float), index.data(), to.data(), 0, 4), 1);
  EXPECT_EQ(to, (std::vector<float>{2, 0, 1, 0}));
  EXPECT_EQ(gather_rows(from.data(), 2, sizeof(float), index.data(), to.data(), 2, 4), 3);
}

}  // namespace
}  // namespace antler::cpu
