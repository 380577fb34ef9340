#include "antler/callbacks/model_checkpoint.h"

#include <cstdio>
#include <memory>

#include "antler/callbacks/files.h"
#include "antler/callbacks/monitor.h"
#include "antler/callbacks/path_template.h"
#include "antler/core/error.h"
#include "antler/models/model.h"
#include "antler/models/terminal.h"

namespace antler {
namespace {

constexpr const char* kName = "ModelCheckpoint";

std::string five_digits(std::optional<double> value) {
  if (!value) return "None";
  char text[400];
  std::snprintf(text, sizeof text, "%.5f", *value);
  return text;
}

class ModelCheckpointCallback final : public CallbackBase {
 public:
  ModelCheckpointCallback(const std::string& filepath, const ModelCheckpointOptions& options)
      : options_(options),
        monitor_(kName, options.monitor, options.mode),
        path_(kName, filepath),
        counter_(options.save_freq),
        best_(options.initial_value_threshold) {
    const std::string ending = options.save_weights_only ? ".weights.h5" : ".keras";
    if (!filepath.ends_with(ending)) {
      throw ValueError(std::string(kName) + ": expected a filepath that ends in " + ending +
                       (options.save_weights_only ? " with save_weights_only" : "") + ", got \"" +
                       filepath + "\"");
    }
    if (path_.has_field("batch") && !options.save_freq.batches()) {
      throw ValueError(std::string(kName) +
                       ": filepath: expected {batch} only with save_freq as a number of batches");
    }
  }

  void on_train_begin() override {
    counter_.reset();
    const std::string folder = folder_of(path_.fixed_part());
    require_folder(kName, folder);
    if (!path_.has_fields()) require_file_path(kName, path_.fixed_part());
  }

  void on_epoch_begin(int epoch) override { epoch_ = epoch; }

  void on_epoch_end(int, Logs& logs) override {
    if (counter_.saves_after_epochs()) save_if_wanted({}, logs);
  }

  void on_train_batch_end(std::int64_t batch, const Logs& logs) override {
    if (counter_.saves_after_batch()) save_if_wanted(batch, logs);
  }

  std::optional<double> best() const { return best_; }
  const std::string& last_path() const { return last_path_; }

 private:
  void say(const std::string& text) const {
    if (options_.verbose > 0) {
      print_text("\nEpoch " + std::to_string(epoch_ + 1) + ": " + text + "\n");
    }
  }

  void save_if_wanted(std::optional<std::int64_t> batch, const Logs& logs) {
    const std::string path = path_.format(epoch_, batch, logs);
    if (!options_.save_best_only) {
      say("saving model to " + path);
      return save(path);
    }
    const std::optional<double> current = monitor_.value(logs, *this);
    if (!current) return;
    if (!monitor_.improves(*current, best_)) {
      return say(monitor_.name() + " did not improve from " + five_digits(best_));
    }
    say(monitor_.name() + " improved from " + five_digits(best_) + " to " + five_digits(current) +
        ", saving model to " + path);
    save(path);
    best_ = current;
  }

  void save(const std::string& path) {
    require_folder(kName, folder_of(path));
    options_.save_weights_only ? model().save_weights(path) : model().save(path);
    last_path_ = path;
    say("finished saving model to " + path);
  }

  ModelCheckpointOptions options_;
  Monitor monitor_;
  PathTemplate path_;
  SaveCounter counter_;
  std::optional<double> best_;
  std::string last_path_;
  int epoch_ = 0;
};

const ModelCheckpointCallback& state(const ModelCheckpoint& callback) {
  return static_cast<const ModelCheckpointCallback&>(callback.base());
}

}  // namespace

ModelCheckpoint::ModelCheckpoint(const std::string& filepath, const ModelCheckpointOptions& options)
    : Callback(std::make_shared<ModelCheckpointCallback>(filepath, options),
               {.train_batches = options.save_freq.batches().has_value(),
                .test_batches = false,
                .predict_batches = false}) {}

std::optional<double> ModelCheckpoint::best() const { return state(*this).best(); }
const std::string& ModelCheckpoint::last_path() const { return state(*this).last_path(); }

}  // namespace antler
