#include "antler/callbacks/csv_logger.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

#include "antler/callbacks/files.h"
#include "antler/core/config.h"
#include "antler/core/error.h"

namespace antler {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

// Python's spelling.
std::string number_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return Config(value).to_string();
}

class CSVLoggerCallback final : public CallbackBase {
 public:
  CSVLoggerCallback(std::string filename, const CSVLoggerOptions& options)
      : filename_(std::move(filename)), options_(options) {
    const std::string& separator = options_.separator;
    if (separator.size() != 1 || separator.find_first_of("\"\r\n") == 0) {
      throw ValueError("CSVLogger: expected one character as separator, got \"" + separator + "\"");
    }
  }

  void on_train_begin() override {
    columns_.clear();
    header_.clear();
    file_.reset();
    require_file_path("CSVLogger", filename_);
    bool is_cut = false;
    if (options_.append) is_cut = read_header();
    file_ = File(std::fopen(filename_.c_str(), options_.append ? "ab" : "wb"), &std::fclose);
    if (file_ == nullptr) fail();
    // The last line of a run that was killed may be cut off; it stays by itself.
    if (is_cut) write("\n");
  }

  void on_epoch_end(int epoch, Logs& logs) override {
    if (columns_.empty()) start_table(logs);
    std::string line = std::to_string(epoch);
    for (const std::string& name : columns_) {
      line += options_.separator + (logs.contains(name) ? number_text(logs[name]) : "NA");
    }
    write(line + "\n");
  }

  void on_train_end(const Logs&) override { file_.reset(); }

 private:
  void start_table(const Logs& logs) {
    bool validates = false;
    for (const auto& [name, value] : logs) {
      columns_.push_back(name);
      validates = validates || name.starts_with("val_");
    }
    std::sort(columns_.begin(), columns_.end());
    const std::size_t count = columns_.size();
    for (std::size_t i = 0; !validates && i < count; ++i) columns_.push_back("val_" + columns_[i]);
    std::string header = "epoch";
    for (const std::string& name : columns_) header += options_.separator + quoted(name);
    if (header_.empty()) {
      write(header + "\n");
    } else if (header_ != header) {
      throw FileError(filename_ + ": expected the columns " + header + " to append to, got " +
                      header_ + "; choose another file");
    }
  }

  // Keeps the first line; says whether the last one has no end.
  bool read_header() {
    const File file(std::fopen(filename_.c_str(), "rb"), &std::fclose);
    if (file == nullptr) {
      if (errno == ENOENT) return false;
      fail();
    }
    char last = '\n';
    bool in_header = true;
    for (int c = std::fgetc(file.get()); c != EOF; c = std::fgetc(file.get())) {
      last = static_cast<char>(c);
      if (last == '\n') in_header = false;
      if (in_header && last != '\r') header_ += last;
    }
    return last != '\n';
  }

  std::string quoted(const std::string& name) const {
    if (name.find_first_of("\"\r\n" + options_.separator) == std::string::npos) return name;
    std::string text = "\"";
    for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + "\"";
  }

  void write(const std::string& text) {
    const bool written = std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size() &&
                         std::fflush(file_.get()) == 0;
    if (!written) fail();
    fsync(fileno(file_.get()));  // a pipe or a terminal cannot, and need not
  }

  [[noreturn]] void fail() const {
    throw FileError(filename_ + ": CSVLogger cannot write: " + std::strerror(errno) +
                    "; choose a file that you may write to");
  }

  std::string filename_;
  CSVLoggerOptions options_;
  std::string header_;  // of the file that is appended to
  std::vector<std::string> columns_;
  File file_ = File(nullptr, &std::fclose);
};

}  // namespace

CSVLogger::CSVLogger(const std::string& filename, const CSVLoggerOptions& options)
    : Callback(make_callback<CSVLoggerCallback>(filename, options)) {}

}  // namespace antler
