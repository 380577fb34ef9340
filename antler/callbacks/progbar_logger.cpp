#include "antler/callbacks/progbar_logger.h"

#include <memory>

#include "antler/models/progress_bar.h"

namespace antler {
namespace {

class ProgbarLoggerCallback final : public CallbackBase {
 public:
  void on_train_begin() override {
    bar_.reset();
    if (params().verbose == 0) bar_ = std::make_unique<ProgressBar>(1, params());
  }
  void on_epoch_begin(int epoch) override {
    if (bar_) bar_->begin_epoch(epoch);
  }
  void on_train_batch_end(std::int64_t batch, const Logs& logs) override {
    if (bar_ && bar_->wants_batch(batch)) bar_->update(batch, logs);
  }
  void on_epoch_end(int, Logs& logs) override {
    if (bar_) bar_->end(logs);
  }
  void on_train_end(const Logs&) override { bar_.reset(); }

 private:
  std::unique_ptr<ProgressBar> bar_;
};

}  // namespace

ProgbarLogger::ProgbarLogger() : Callback(make_callback<ProgbarLoggerCallback>()) {}

}  // namespace antler
