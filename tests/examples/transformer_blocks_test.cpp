// examples/transformer_blocks.cpp runs: on drawn hours, and on the real ones where they are.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/support/paths.h"

namespace antler::testing {
namespace {

struct Finished {
  int status = -1;
  std::string out;
};

Finished run_example(const std::string& arguments) {
  Finished run;
  const std::string command = binary_path("bin/examples/transformer_blocks") + " " + arguments;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return run;
  std::array<char, 256> text;
  while (std::fgets(text.data(), text.size(), pipe) != nullptr) run.out += text.data();
  run.status = WEXITSTATUS(pclose(pipe));
  return run;
}

bool is_built() { return std::filesystem::exists(binary_path("bin/examples/transformer_blocks")); }

double number_after(const std::string& text, const std::string& word) {
  const std::size_t at = text.find(word);
  return at == std::string::npos ? NAN : std::stod(text.substr(at + word.size()));
}

TEST(TransformerBlocks, RunOnDrawnHours) {
  if (!is_built()) GTEST_SKIP() << "the examples are not built";
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
  const Finished run = run_example(path + " 2 1");
  std::filesystem::remove(path);
  EXPECT_EQ(run.status, 0) << run.out;
  EXPECT_LT(number_after(run.out, "ridge regression "), number_after(run.out, "last hour "));
  EXPECT_LT(number_after(run.out, "Transformer "), number_after(run.out, "last hour "));
  EXPECT_NE(run.out.find("ridge regression wins"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("encoder and decoder: (None, None, 32)"), std::string::npos) << run.out;
}

}  // namespace
}  // namespace antler::testing
