// examples/transformer_blocks.cpp runs on drawn hours.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "tests/support/run_example.h"

namespace antler::testing {
namespace {

double number_after(const std::string& text, const std::string& word) {
  const std::vector<double> numbers = numbers_after(text, word);
  return numbers.empty() ? NAN : numbers[0];
}

TEST(TransformerBlocks, RunOnDrawnHours) {
  if (!has_examples()) GTEST_SKIP() << "the examples are not built";
  const std::string path = ::testing::TempDir() + "transformer_blocks_hours.csv";
  std::ofstream file(path);
  file << "date,a,b,c,d,e,f,g\n";
  for (int hour = 0; hour < 300; ++hour) {
    file << "hour " << hour;
    for (int column = 1; column <= 7; ++column) {
      file << "," << std::sin(0.2 * hour * column) + 0.01 * (hour * 37 % 11);
    }
    file << "\n";
  }
  file.close();
  const Finished run = run_example("transformer_blocks " + path + " 2 1");
  std::filesystem::remove(path);
  EXPECT_EQ(run.status, 0) << run.out;
  const double repeated = number_after(run.out, "repeating the last hour");
  EXPECT_LT(number_after(run.out, "ridge regression"), repeated) << run.out;
  EXPECT_LT(number_after(run.out, "Transformer"), repeated) << run.out;
  EXPECT_LT(number_after(run.out, "LSTM"), repeated) << run.out;
  EXPECT_NE(run.out.find("ridge regression wins"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("encoder and decoder: (None, None, 32)"), std::string::npos) << run.out;
}

}  // namespace
}  // namespace antler::testing
