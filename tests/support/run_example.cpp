#include "tests/support/run_example.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "tests/support/paths.h"

namespace antler::testing {

Finished run_example(const std::string& command) {
  Finished run;
  FILE* pipe = popen(binary_path("bin/examples/" + command).c_str(), "r");
  if (pipe == nullptr) return run;
  std::array<char, 256> text;
  while (std::fgets(text.data(), text.size(), pipe) != nullptr) run.out += text.data();
  run.status = WEXITSTATUS(pclose(pipe));
  return run;
}

bool has_examples() { return std::filesystem::exists(binary_path("bin/examples")); }

std::string data_folder() {
  const char* folder = std::getenv("ANTLER_DATA");
  return folder == nullptr ? "" : folder;
}

std::vector<double> numbers_after(const std::string& text, const std::string& word) {
  std::vector<double> numbers;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(word + " ", 0) != 0) continue;
    numbers.push_back(std::strtod(line.c_str() + word.size(), nullptr));
  }
  return numbers;
}

}  // namespace antler::testing
