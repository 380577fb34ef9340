#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "antler/models/callback.h"

namespace antler {

class Model;
class ProgressBar;
class Trainer;

/// The callbacks of one fit or evaluate, called in order, and what it shows on the terminal. Logs
/// of batches are built only when one asks for them.
class CallbackList {
 public:
  CallbackList(Model& model, std::vector<Callback> callbacks, int verbose,
               const CallbackParams& params);
  ~CallbackList();
  CallbackList(const CallbackList&) = delete;
  CallbackList& operator=(const CallbackList&) = delete;

  /// evaluate's own display; the tests of fit show nothing.
  void show_tests(int verbose, const CallbackParams& params);

  void on_train_begin();
  void on_train_end(const Logs& logs);
  void on_epoch_begin(int epoch);
  void on_epoch_end(int epoch, Logs& logs);
  /// After History has the logs, as Keras' ProgbarLogger comes last.
  void show_epoch_end(const Logs& logs);
  void on_train_batch_begin(std::int64_t batch);
  void on_train_batch_end(std::int64_t batch, Trainer& trainer);
  void on_test_begin();
  void on_test_end(const Logs& logs);
  void on_test_batch_begin(std::int64_t batch);
  void on_test_batch_end(std::int64_t batch, Trainer& trainer);

  bool want_finite_probes() const;
  /// Whether model.stop_training() was called.
  bool stopping() const;

 private:
  Model& model_;
  std::vector<Callback> callbacks_;
  std::unique_ptr<ProgressBar> bar_, test_bar_;
  bool train_batches_ = false;
  bool test_batches_ = false;
};

}  // namespace antler
