#include "antler/core/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace antler {
namespace {

// Known answers of Random123's kat_vectors for philox4x32, 10 rounds.
TEST(Philox, KnownAnswers) {
  using Words = std::array<std::uint32_t, 4>;
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}),
            (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomStream, MomentsAreRight) {
  constexpr int kDraws = 200000;
  const RandomStream stream(7, 3, 11);
  double sum = 0;
  double square = 0;
  double normal_sum = 0;
  double normal_square = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double u = stream.uniform(static_cast<std::uint64_t>(i));
    const double z = stream.normal(static_cast<std::uint64_t>(i));
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    sum += u;
    square += u * u;
    normal_sum += z;
    normal_square += z * z;
  }
  EXPECT_NEAR(sum / kDraws, 0.5, 0.003);
  EXPECT_NEAR(square / kDraws - 0.25, 1.0 / 12, 0.003);
  EXPECT_NEAR(normal_sum / kDraws, 0.0, 0.01);
  EXPECT_NEAR(normal_square / kDraws, 1.0, 0.015);
}

TEST(RandomStream, SeedStreamStepAndElementAllMatter) {
  std::set<std::uint32_t> words;
  for (std::uint64_t seed : {1, 2}) {
    for (std::uint32_t stream : {0, 1}) {
      for (std::uint64_t step : {0, 1}) {
        for (std::uint64_t element : {0, 1, 4}) {
          words.insert(RandomStream(seed, stream, step).word(element));
        }
      }
    }
  }
  EXPECT_EQ(words.size(), 24U);
}

TEST(RandomStream, BelowCoversItsRange) {
  const RandomStream stream(1, 0, 0);
  std::array<int, 7> counts{};
  for (std::uint64_t i = 0; i < 7000; ++i) ++counts.at(stream.below(i, 7));
  for (const int count : counts) EXPECT_NEAR(count, 1000, 150);
}

TEST(SetRandomSeed, RestartsTheStreams) {
  set_random_seed(5);
  EXPECT_EQ(default_seed(), 5U);
  EXPECT_EQ(next_stream(), 0U);
  EXPECT_EQ(next_stream(), 1U);
  set_random_seed(5);
  EXPECT_EQ(next_stream(), 0U);
}

}  // namespace
}  // namespace antler
