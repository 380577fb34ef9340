#include "antler/callbacks/lambda_callback.h"

#include <utility>

namespace antler {
namespace {

class LambdaCallbackBase final : public CallbackBase {
 public:
  explicit LambdaCallbackBase(LambdaCallbackOptions options) : f_(std::move(options)) {}
  void on_epoch_begin(int epoch) override {
    if (f_.on_epoch_begin) f_.on_epoch_begin(epoch);
  }
  void on_epoch_end(int epoch, Logs& logs) override {
    if (f_.on_epoch_end) f_.on_epoch_end(epoch, logs);
  }
  void on_train_begin() override {
    if (f_.on_train_begin) f_.on_train_begin();
  }
  void on_train_end(const Logs& logs) override {
    if (f_.on_train_end) f_.on_train_end(logs);
  }
  void on_train_batch_begin(std::int64_t batch) override {
    if (f_.on_train_batch_begin) f_.on_train_batch_begin(batch);
  }
  void on_train_batch_end(std::int64_t batch, const Logs& logs) override {
    if (f_.on_train_batch_end) f_.on_train_batch_end(batch, logs);
  }
  void on_test_begin() override {
    if (f_.on_test_begin) f_.on_test_begin();
  }
  void on_test_end(const Logs& logs) override {
    if (f_.on_test_end) f_.on_test_end(logs);
  }
  void on_test_batch_begin(std::int64_t batch) override {
    if (f_.on_test_batch_begin) f_.on_test_batch_begin(batch);
  }
  void on_test_batch_end(std::int64_t batch, const Logs& logs) override {
    if (f_.on_test_batch_end) f_.on_test_batch_end(batch, logs);
  }
  void on_predict_begin() override {
    if (f_.on_predict_begin) f_.on_predict_begin();
  }
  void on_predict_end() override {
    if (f_.on_predict_end) f_.on_predict_end();
  }
  void on_predict_batch_begin(std::int64_t batch) override {
    if (f_.on_predict_batch_begin) f_.on_predict_batch_begin(batch);
  }
  void on_predict_batch_end(std::int64_t batch) override {
    if (f_.on_predict_batch_end) f_.on_predict_batch_end(batch);
  }

 private:
  LambdaCallbackOptions f_;
};

}  // namespace

LambdaCallback::LambdaCallback(const LambdaCallbackOptions& options)
    : Callback(
          std::make_shared<LambdaCallbackBase>(options),
          {.train_batches = options.on_train_batch_begin || options.on_train_batch_end,
           .test_batches = options.on_test_batch_begin || options.on_test_batch_end,
           .predict_batches = options.on_predict_batch_begin || options.on_predict_batch_end}) {}

}  // namespace antler
