#pragma once

#include <string>
#include <vector>

namespace antler::testing {

struct Finished {
  int status = -1;
  std::string out;
};

/// Runs build/bin/examples/<command> to its end, through the shell.
Finished run_example(const std::string& command);

/// Whether the examples are part of this build.
bool has_examples();

/// $ANTLER_DATA, or empty.
std::string data_folder();

/// The number behind `word` on each line that begins with it.
std::vector<double> numbers_after(const std::string& text, const std::string& word);

}  // namespace antler::testing
