// examples/image_classification_from_folder.cpp learns the digits that it draws.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

// A build without images has no such header, and leaves this test out.
#include "antler/data/images/image_files.h"
#include "tests/support/paths.h"

namespace antler::testing {
namespace {

TEST(ImageClassification, LearnsFromAFolderOfDrawnDigits) {
  const std::string program = binary_path("bin/examples/image_classification_from_folder");
  if (!std::filesystem::exists(program)) GTEST_SKIP() << "the examples or images are not built";
  FILE* pipe = popen(program.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::string out;
  std::array<char, 256> text;
  while (std::fgets(text.data(), text.size(), pipe) != nullptr) out += text.data();
  EXPECT_EQ(WEXITSTATUS(pclose(pipe)), 0) << out;
  EXPECT_NE(out.find("Found 1200 files belonging to 10 classes.\nUsing 960 files for training.\n"),
            std::string::npos)
      << out;
  const std::string word = "validation accuracy ";
  const std::size_t at = out.find(word);
  ASSERT_NE(at, std::string::npos) << out;
  EXPECT_GT(std::stod(out.substr(at + word.size())), 0.9) << out;
}

}  // namespace
}  // namespace antler::testing
