#pragma once

#include <cstdint>

#include "antler/core/callable.h"
#include "antler/core/named_only.h"
#include "antler/models/callback.h"

namespace antler {

/// The functions of a LambdaCallback; empty ones are not called.
struct LambdaCallbackOptions {
  NamedOnly named_only = NamedOnly();
  Callable<void(int epoch)> on_epoch_begin = {};
  Callable<void(int epoch, Logs& logs)> on_epoch_end = {};
  Callable<void()> on_train_begin = {};
  Callable<void(const Logs& logs)> on_train_end = {};
  Callable<void(std::int64_t batch)> on_train_batch_begin = {};
  Callable<void(std::int64_t batch, const Logs& logs)> on_train_batch_end = {};
  Callable<void()> on_test_begin = {};
  Callable<void(const Logs& logs)> on_test_end = {};
  Callable<void(std::int64_t batch)> on_test_batch_begin = {};
  Callable<void(std::int64_t batch, const Logs& logs)> on_test_batch_end = {};
  Callable<void()> on_predict_begin = {};
  Callable<void()> on_predict_end = {};
  Callable<void(std::int64_t batch)> on_predict_batch_begin = {};
  Callable<void(std::int64_t batch)> on_predict_batch_end = {};
};

/// A callback from functions:
///
///   LambdaCallback print({.on_epoch_end = [](int epoch, const Logs& logs) {
///     std::printf("%d %.4f\n", epoch, logs["loss"]);
///   }});
///
/// Logs of batches are built only when a function for batches is given.
///
/// Errors  what the functions throw.  Source  keras.callbacks.LambdaCallback.
class LambdaCallback : public Callback {
 public:
  LambdaCallback(const LambdaCallbackOptions& options);
};

}  // namespace antler
