#include "antler/backends/cpu/kernels/convert.h"

#include <limits>
#include <memory>

#include "tests/backends/cpu/kernels/kernel_test.h"

namespace antler::cpu {
namespace {

class ConvertTest : public KernelTest {};

template <class From>
void check_to_float(const std::vector<From>& x) {
  const auto n = static_cast<int64_t>(x.size());
  std::vector<float> y(x.size(), -1);
  convert(x.data(), y.data(), 0, n / 3);
  convert(x.data(), y.data(), n / 3, n);
  for (size_t i = 0; i < x.size(); ++i) EXPECT_EQ(y[i], static_cast<float>(x[i]));
}

TEST_P(ConvertTest, ToFloat) {
  std::vector<uint8_t> bytes(256 + 13);
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(i);
  check_to_float(bytes);
  std::vector<int32_t> ints(100);
  for (int32_t& value : ints) value = static_cast<int32_t>(below(1LL << 32) - (1LL << 31));
  check_to_float(ints);
  std::vector<int64_t> longs(100);
  for (int64_t& value : longs) value = below(1LL << 62) - (1LL << 61);
  check_to_float(longs);
}

TEST_P(ConvertTest, BooleansThereAndBack) {
  const auto truth = std::make_unique<bool[]>(21);
  for (int i = 0; i < 21; ++i) truth[i] = i % 3 == 0;
  std::vector<float> y(21);
  convert(truth.get(), y.data(), 0, 21);
  for (int i = 0; i < 21; ++i) EXPECT_EQ(y[i], i % 3 == 0 ? 1.0f : 0.0f);
  y[1] = NAN;
  y[2] = -0.0f;
  y[4] = -0.5f;
  convert(y.data(), truth.get(), 0, 21);
  for (int i = 0; i < 21; ++i) EXPECT_EQ(truth[i], i % 3 == 0 || i == 1 || i == 4);
}

TEST_P(ConvertTest, FromFloatTruncatesAndClamps) {
  const std::vector<float> x = {2.9f, -2.9f, NAN, 300, 3e9f, -3e9f, 1e30f, -1e30f, 0.5f};
  const auto n = static_cast<int64_t>(x.size());
  std::vector<uint8_t> bytes(x.size());
  convert(x.data(), bytes.data(), 0, n);
  EXPECT_EQ(bytes, (std::vector<uint8_t>{2, 0, 0, 255, 255, 0, 255, 0, 0}));
  std::vector<int32_t> ints(x.size());
  convert(x.data(), ints.data(), 0, n);
  constexpr int32_t kMax = std::numeric_limits<int32_t>::max();
  constexpr int32_t kMin = std::numeric_limits<int32_t>::min();
  EXPECT_EQ(ints, (std::vector<int32_t>{2, -2, 0, 300, kMax, kMin, kMax, kMin, 0}));
  std::vector<int64_t> longs(x.size());
  convert(x.data(), longs.data(), 0, n);
  EXPECT_EQ(longs, (std::vector<int64_t>{2, -2, 0, 300, 3000000000, -3000000000,
                                         std::numeric_limits<int64_t>::max(),
                                         std::numeric_limits<int64_t>::min(), 0}));
}

ANTLER_ON_EVERY_TARGET(ConvertTest);

}  // namespace
}  // namespace antler::cpu
