#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "antler/core/random.h"

namespace {

std::int32_t seed() { return GTEST_FLAG_GET(random_seed); }

// Else the default seed comes from the clock: a network of a few units that starts badly would fail
// its test once in a while, wherever it runs.
class SeedEachTest : public testing::EmptyTestEventListener {
  void OnTestStart(const testing::TestInfo& /*info*/) override {
    antler::set_random_seed(static_cast<std::uint64_t>(seed()));
  }
};

}  // namespace

/// Each test begins with the default seed 0, and RapidCheck draws from seed 0 where RC_PARAMS says
/// nothing; `--gtest_random_seed=N` takes another.
int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  setenv("RC_PARAMS", ("seed=" + std::to_string(seed())).c_str(), /*overwrite=*/0);
  testing::UnitTest::GetInstance()->listeners().Append(new SeedEachTest);
  return RUN_ALL_TESTS();
}
