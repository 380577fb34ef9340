// A Transformer block on ETTh1, one hour ahead: seeds 0 to 4, none left out, are as good as real
// Keras' (0.165 to 0.183).
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/support/paths.h"

namespace antler::testing {
namespace {

TEST(TransformerBlocks, ForecastElectricityAsInKeras) {
  const std::string program = binary_path("bin/examples/transformer_blocks");
  const char* data = std::getenv("ANTLER_DATA");
  if (data == nullptr || !std::filesystem::exists(program)) {
    GTEST_SKIP() << "ANTLER_DATA is not set, or the examples are not built";
  }
  FILE* pipe = popen((program + " " + data + "/timeseries/ETTh1.csv").c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  char line[256];
  int seeds = 0;
  while (std::fgets(line, sizeof line, pipe) != nullptr) {
    double error = 0;
    if (std::sscanf(line, "Transformer %lf", &error) != 1) continue;
    ++seeds;
    EXPECT_LE(error, 0.19) << line;
  }
  EXPECT_EQ(pclose(pipe), 0);
  EXPECT_EQ(seeds, 5);
}

}  // namespace
}  // namespace antler::testing
