#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/models/callback.h"
#include "antler/models/history.h"
#include "antler/models/model.h"

namespace antler {

class ProgressBar;
class Trainer;

struct CallbackListOptions {
  NamedOnly named_only = NamedOnly();
  /// Whether history() is kept.
  bool add_history = false;
  /// Whether a progress bar is shown, as verbose says.
  bool add_progbar = false;
  CallbackParams params = {};
};

/// Several callbacks, called in order, for a training loop of one's own; then History, then the
/// progress bar, so that what a callback adds to the logs is kept and shown:
///
///   CallbackList callbacks(model, {stop, log}, {.add_history = true, .params = {.epochs = 5}});
///   callbacks.on_train_begin();
///   for (int epoch = 0; epoch < 5 && !callbacks.stopping(); ++epoch) { ... }
///   callbacks.on_train_end(logs);
///
/// Logs of batches are built only when a callback asks for them.
///
/// Errors   StateError for an end without its beginning.
/// Source   keras.callbacks.CallbackList.
class CallbackList {
 public:
  CallbackList(const Model& model, std::vector<Callback> callbacks,
               const CallbackListOptions& options = {});
  ~CallbackList();
  CallbackList(const CallbackList&) = delete;
  CallbackList& operator=(const CallbackList&) = delete;

  void on_train_begin();
  void on_train_end(const Logs& logs);
  void on_epoch_begin(int epoch);
  void on_epoch_end(int epoch, Logs& logs);
  void on_train_batch_begin(std::int64_t batch);
  void on_train_batch_end(std::int64_t batch, const Logs& logs);
  /// With the trainer's present results, if anybody asks for them.
  void on_train_batch_end(std::int64_t batch, Trainer& trainer);

  void on_test_begin();
  void on_test_end(const Logs& logs);
  void on_test_batch_begin(std::int64_t batch);
  void on_test_batch_end(std::int64_t batch, const Logs& logs);
  void on_test_batch_end(std::int64_t batch, Trainer& trainer);

  void on_predict_begin();
  void on_predict_end();
  void on_predict_batch_begin(std::int64_t batch);
  void on_predict_batch_end(std::int64_t batch);

  const History& history() const { return history_; }
  /// All that some callback wants.
  Probes wanted_probes() const;
  const ResumePoint* resume_point() const;
  /// Whether model.stop_training() was called.
  bool stopping() const;

 private:
  void begin() { ++open_; }
  void end(const char* hook);

  Model model_;
  std::vector<Callback> callbacks_;
  std::shared_ptr<ProgressBar> bar_;
  History history_;
  bool adds_history_;
  bool train_batches_ = false;
  bool test_batches_ = false;
  bool trains_ = false;  // the bar shows epochs, not a test
  int open_ = 0;         // begun, not yet ended
};

}  // namespace antler
