#pragma once

#include <cstdint>
#include <functional>

#include "antler/core/named_only.h"
#include "antler/models/callback.h"

namespace antler {

/// The functions of a LambdaCallback; empty ones are not called.
struct LambdaCallbackOptions {
  NamedOnly named_only = NamedOnly();
  std::function<void(int epoch)> on_epoch_begin = {};
  std::function<void(int epoch, Logs& logs)> on_epoch_end = {};
  std::function<void()> on_train_begin = {};
  std::function<void(const Logs& logs)> on_train_end = {};
  std::function<void(std::int64_t batch)> on_train_batch_begin = {};
  std::function<void(std::int64_t batch, const Logs& logs)> on_train_batch_end = {};
  std::function<void()> on_test_begin = {};
  std::function<void(const Logs& logs)> on_test_end = {};
  std::function<void(std::int64_t batch)> on_test_batch_begin = {};
  std::function<void(std::int64_t batch, const Logs& logs)> on_test_batch_end = {};
  std::function<void()> on_predict_begin = {};
  std::function<void()> on_predict_end = {};
  std::function<void(std::int64_t batch)> on_predict_batch_begin = {};
  std::function<void(std::int64_t batch)> on_predict_batch_end = {};
};

/// A callback from functions:
///
///   LambdaCallback print({.on_epoch_end = [](int epoch, const Logs& logs) {
///     std::printf("%d %.4f\n", epoch, logs["loss"]);
///   }});
///
/// Logs of batches are built only when a function for batches is given.
/// Source  keras.callbacks.LambdaCallback.
class LambdaCallback : public Callback {
 public:
  LambdaCallback(const LambdaCallbackOptions& options);
};

}  // namespace antler
