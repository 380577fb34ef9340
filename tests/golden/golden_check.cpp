// golden_check FILE.json ...: runs files of golden cases. Exits 0, 1 when a case failed, 2 when a
// file cannot be read.
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>

#include "antler/core/error.h"
#include "antler/saving/json.h"
#include "tests/golden/cases.h"

namespace {

antler::Config read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) throw antler::FileError(path + ": cannot be read");
  return antler::parse_json(text, path);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: golden_check FILE.json ...\n");
    return 2;
  }
  int passed = 0, failed = 0;
  bool is_unreadable = false;
  for (int i = 1; i < argc; ++i) {
    const std::string path = argv[i];
    const std::string name = path.substr(path.rfind('/') + 1);
    try {
      const antler::golden::CasesReport report = antler::golden::run_cases(read_file(path));
      for (const std::string& failure : report.failures) {
        std::printf("%s %s\n", name.c_str(), failure.c_str());
      }
      passed += report.passed;
      failed += static_cast<int>(report.failures.size());
    } catch (const std::exception& e) {
      std::fprintf(stderr, "golden_check: %s\n", e.what());
      is_unreadable = true;
    }
  }
  std::printf("%d passed, %d failed\n", passed, failed);
  if (is_unreadable) return 2;
  return failed > 0 ? 1 : 0;
}
