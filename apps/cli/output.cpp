#include "apps/cli/output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "antler/core/error.h"
#include "antler/saving/json.h"

namespace antler::cli {
namespace {

bool json_wanted = false;

}  // namespace

void set_json(bool json) { json_wanted = json; }

bool is_json() { return json_wanted; }

void print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw FileError(fmt::format("standard output: {}", std::strerror(errno)));
  }
}

void say(std::string_view line) {
  const std::string text = fmt::format("{}\n", line);
  if (!json_wanted) return print(text);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void print_json(const Config& value) { print(to_json(value) + "\n"); }

void complain(std::string_view text) {
  const std::string line = fmt::format("antler: {}\n", text);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

bool is_terminal() { return isatty(STDOUT_FILENO) != 0; }

bool shows_utf8() {
  for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view text(value);
    return text.find("UTF-8") != std::string_view::npos ||
           text.find("utf8") != std::string_view::npos;
  }
  return false;
}

}  // namespace antler::cli
