#include "tests/support/command.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <sstream>
#include <stdexcept>

#include "antler/saving/json.h"
#include "tests/support/paths.h"

extern char** environ;

namespace antler::testing {
namespace {

struct Pipe {
  int read_end = -1, write_end = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends = {};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
  return {ends[0], ends[1]};
}

// Appends what can be read now, waiting for it; false at the end.
bool read_some(int from, std::string& text) {
  std::array<char, 4096> buffer;
  const ssize_t count = read(from, buffer.data(), buffer.size());
  if (count <= 0) return false;
  text.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

// Both to their ends; one alone could leave the process waiting for room in the other.
void read_all(int out, int err, CommandResult& result) {
  std::array<pollfd, 2> ends = {{{out, POLLIN, 0}, {err, POLLIN, 0}}};
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    if (poll(ends.data(), ends.size(), -1) < 0) continue;  // a signal came
    if (ends[0].revents != 0 && !read_some(out, result.out)) ends[0].fd = -1;
    if (ends[1].revents != 0 && !read_some(err, result.err)) ends[1].fd = -1;
  }
}

}  // namespace

Config CommandResult::json() const { return parse_json(out, "standard output"); }

std::vector<Config> CommandResult::json_lines() const {
  std::vector<Config> lines;
  std::istringstream stream(out);
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(parse_json(line, "standard output"));
  }
  return lines;
}

RunningCommand::RunningCommand(const std::vector<std::string>& arguments,
                               const std::string& output) {
  const Pipe out = make_pipe(), err = make_pipe();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  if (output.empty()) {
    posix_spawn_file_actions_adddup2(&actions, out.write_end, STDOUT_FILENO);
  } else {
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY, 0);
  }
  posix_spawn_file_actions_adddup2(&actions, err.write_end, STDERR_FILENO);
  std::vector<std::string> words = {binary_path("bin/antler")};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const int failed =
      posix_spawn(&process_, words[0].c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(out.write_end);
  close(err.write_end);
  out_ = out.read_end;
  err_ = err.read_end;
  if (failed != 0) throw std::runtime_error(words[0] + " could not be started; is it built?");
}

RunningCommand::~RunningCommand() {
  if (process_ != 0) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  close(out_);
  close(err_);
}

bool RunningCommand::wait_for(int pipe, std::string& text, std::string_view wanted) {
  while (text.find(wanted) == std::string::npos) {
    if (!read_some(pipe, text)) return false;
  }
  return true;
}

void RunningCommand::send(int signal) const { kill(process_, signal); }

CommandResult RunningCommand::finish() {
  read_all(out_, err_, result_);
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = 0;
  result_.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result_;
}

CommandResult run_antler(const std::vector<std::string>& arguments) {
  return RunningCommand(arguments).finish();
}

CommandResult run_antler_into(const std::string& path, const std::vector<std::string>& arguments) {
  return RunningCommand(arguments, path).finish();
}

}  // namespace antler::testing
