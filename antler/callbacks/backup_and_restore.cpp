#include "antler/callbacks/backup_and_restore.h"

#include <filesystem>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/callbacks/files.h"
#include "antler/core/error.h"
#include "antler/data/atomic_file.h"
#include "antler/data/input_file.h"
#include "antler/models/model.h"
#include "antler/models/trainer.h"
#include "antler/saving/json.h"

namespace antler {
namespace {

constexpr const char* kName = "BackupAndRestore";
constexpr std::string_view kPrefix = "step-";
constexpr std::string_view kSuffix = ".weights.h5";

Config described(const Tensor& tensor) {
  std::vector<double> data;
  for (std::int64_t i = 0; i < tensor.size(); ++i) data.push_back(tensor.item<double>(i));
  const std::vector<std::int64_t> shape(tensor.shape().begin(), tensor.shape().end());
  return Config::map({{"shape", Config(shape)},
                      {"dtype", std::string(name(tensor.dtype()))},
                      {"data", Config(data)}});
}

Tensor tensor_of(const Config& config) {
  std::vector<double> numbers;
  for (const Config& number : config.at("data").as_list()) numbers.push_back(number.as_number());
  std::vector<std::int64_t> shape;
  for (const Config& size : config.at("shape").as_list()) shape.push_back(size.as_integer());
  return Tensor::from(numbers, Shape(shape))
      .astype(dtype_from_name(config.at("dtype").as_string()));
}

// The metadata names the file of weights: renaming it into place is what makes a backup valid.
class BackupAndRestoreCallback final : public CallbackBase {
 public:
  BackupAndRestoreCallback(std::string folder, const BackupAndRestoreOptions& options)
      : options_(options), folder_(std::move(folder)), counter_(options.save_freq) {
    if (folder_.empty()) throw ValueError("BackupAndRestore: expected a folder, got an empty one");
  }

  void on_train_begin() override {
    if (!model().is_built()) {
      throw StateError(
          "BackupAndRestore: expected a model that is built; call it once or give it an Input");
    }
    counter_.reset();
    point_.reset();
    weights_.clear();
    previous_weights_.clear();
    saved_step_ = -1;
    require_folder(kName, folder_);
    if (std::filesystem::exists(last())) restore();
  }

  const ResumePoint* resume_point() const override { return point_ ? &*point_ : nullptr; }

  void on_epoch_begin(int epoch) override {
    epoch_ = epoch;
    const bool goes_on = point_ && point_->epoch == epoch && point_->batch > 0;
    epoch_step_ = goes_on ? point_->epoch_step : trainer().step();
  }

  void on_train_batch_end(std::int64_t batch, const Logs&) override {
    if (counter_.saves_after_batch()) save({epoch_, batch + 1, epoch_step_});
  }

  void on_epoch_end(int epoch, Logs&) override {
    const std::int64_t step = trainer().step();
    if (counter_.saves_after_epochs()) {
      save({epoch + 1, 0, step});
    } else if (saved_step_ == step) {
      write_metadata({epoch + 1, 0, step});  // the last batch was saved: its epoch is done now
    }
  }

  void on_train_end(const Logs&) override {
    if (!options_.delete_checkpoint) return;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(kPrefix) && name.ends_with(kSuffix)) {
        std::filesystem::remove(entry.path(), ignored);
      }
    }
    std::filesystem::remove(last(), ignored);
    std::filesystem::remove(previous(), ignored);
    std::filesystem::remove(folder_, ignored);  // fails, as it should, when others' files are in it
  }

  std::optional<int> resumed_epoch() const {
    return point_ ? std::optional<int>(point_->epoch) : std::nullopt;
  }

 private:
  Trainer& trainer() const { return model().model_base().trainer(); }
  std::string last() const { return folder_ + "/training_metadata.json"; }
  std::string previous() const { return folder_ + "/training_metadata.previous.json"; }

  void restore() {
    try {
      read(last());
    } catch (const FileError&) {
      if (!std::filesystem::exists(previous())) throw;
      read(previous());
    }
  }

  void read(const std::string& path) {
    const std::vector<std::byte> bytes = read_file(path);
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const Config metadata = parse_json(text, path);
    try {
      ResumePoint point;
      point.epoch = static_cast<int>(metadata.at("epoch").as_integer());
      point.batch = metadata.at("batch").as_integer();
      point.epoch_step = metadata.at("epoch_step").as_integer();
      for (const Config& metric : metadata.at("metrics").as_list()) {
        point.metrics.push_back(tensor_of(metric));
      }
      const std::string weights = metadata.at("weights").as_string();
      model().load_weights(folder_ + "/" + weights);
      trainer().set_step(metadata.at("step").as_integer());
      trainer().set_seed(static_cast<std::uint64_t>(metadata.at("seed").as_integer()));
      weights_ = weights;
      saved_step_ = trainer().step();
      point_ = std::move(point);
    } catch (const FileError&) {
      throw;
    } catch (const Error& error) {
      throw FileError(path + ": " + error.what());
    }
  }

  void save(const ResumePoint& point) {
    saved_step_ = trainer().step();
    const std::string name =
        std::string(kPrefix) + std::to_string(saved_step_) + std::string(kSuffix);
    model().save_weights(folder_ + "/" + name);
    if (options_.double_checkpoint && std::filesystem::exists(last())) {
      write_file_atomically(previous(), read_file(last()));
    }
    const std::string old = weights_;
    weights_ = name;
    write_metadata(point);
    std::string unused = old;
    if (options_.double_checkpoint) unused = std::exchange(previous_weights_, old);
    std::error_code ignored;
    if (!unused.empty() && unused != weights_ && unused != previous_weights_) {
      std::filesystem::remove(folder_ + "/" + unused, ignored);
    }
  }

  void write_metadata(const ResumePoint& point) const {
    Config::List metrics;
    if (point.batch > 0) {
      for (const Variable& variable : trainer().metric_variables()) {
        metrics.push_back(described(variable.read()));
      }
    }
    const std::string text =
        to_json(Config::map({{"epoch", point.epoch},
                             {"batch", point.batch},
                             {"epoch_step", point.epoch_step},
                             {"step", trainer().step()},
                             {"seed", static_cast<std::int64_t>(trainer().seed())},
                             {"weights", weights_},
                             {"metrics", Config(std::move(metrics))}}));
    write_file_atomically(last(), std::as_bytes(std::span(text)));
  }

  BackupAndRestoreOptions options_;
  std::string folder_;
  SaveCounter counter_;
  std::optional<ResumePoint> point_;
  std::string weights_, previous_weights_;  // the files of the last backup and the one before
  int epoch_ = 0;
  std::int64_t epoch_step_ = 0;
  std::int64_t saved_step_ = -1;
};

}  // namespace

BackupAndRestore::BackupAndRestore(const std::string& backup_dir,
                                   const BackupAndRestoreOptions& options)
    : Callback(std::make_shared<BackupAndRestoreCallback>(backup_dir, options),
               {.train_batches = options.save_freq.batches().has_value(),
                .test_batches = false,
                .predict_batches = false}) {}

std::optional<int> BackupAndRestore::resumed_epoch() const {
  return static_cast<const BackupAndRestoreCallback&>(base()).resumed_epoch();
}

}  // namespace antler
