#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "antler/core/config.h"
#include "apps/cli/exit_codes.h"

namespace antler::testing {

using cli::kInterrupted;
using cli::kSuccess;
using cli::kWorkFailed;
using cli::kWrongUse;

struct CommandResult {
  int exit_code = 0;
  std::string out, err;
  /// Standard output as one JSON value, and as one a line.
  Config json() const;
  std::vector<Config> json_lines() const;
};

/// Runs build/bin/antler to its end; its output goes to pipes.
CommandResult run_antler(const std::vector<std::string>& arguments);
/// The same with standard output written to a file or device.
CommandResult run_antler_into(const std::string& path, const std::vector<std::string>& arguments);

/// The command while it runs, for what a user does meanwhile.
class RunningCommand {
 public:
  /// `output`: where standard output goes instead of a pipe.
  explicit RunningCommand(const std::vector<std::string>& arguments,
                          const std::string& output = "");
  ~RunningCommand();
  RunningCommand(const RunningCommand&) = delete;
  RunningCommand& operator=(const RunningCommand&) = delete;

  /// Reads until standard output (error) holds `text`; false when it ends without.
  bool wait_for_output(std::string_view text) { return wait_for(out_, result_.out, text); }
  bool wait_for_error(std::string_view text) { return wait_for(err_, result_.err, text); }
  void send(int signal) const;
  /// Reads the rest.
  CommandResult finish();

 private:
  static bool wait_for(int pipe, std::string& text, std::string_view wanted);

  int process_ = 0;
  int out_ = -1, err_ = -1;
  CommandResult result_;
};

}  // namespace antler::testing
