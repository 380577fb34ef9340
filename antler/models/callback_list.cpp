#include "antler/models/callback_list.h"

#include <algorithm>

#include "antler/models/model.h"
#include "antler/models/progress_bar.h"
#include "antler/models/trainer.h"

namespace antler {

CallbackList::CallbackList(Model& model, std::vector<Callback> callbacks, int verbose,
                           const CallbackParams& params)
    : model_(model), callbacks_(std::move(callbacks)) {
  model.model_base().set_stopping(false);
  for (const Callback& callback : callbacks_) {
    callback.base().set_model(&model);
    callback.base().set_params(params);
    train_batches_ = train_batches_ || callback.hooks().train_batches;
    test_batches_ = test_batches_ || callback.hooks().test_batches;
  }
  if (verbose > 0) bar_ = std::make_unique<ProgressBar>(verbose, params);
}

// Callbacks outlive fit; the model handle they were given does not.
CallbackList::~CallbackList() {
  for (const Callback& callback : callbacks_) callback.base().set_model(nullptr);
}

void CallbackList::show_tests(int verbose, const CallbackParams& params) {
  if (verbose > 0) test_bar_ = std::make_unique<ProgressBar>(verbose, params);
}

void CallbackList::on_train_begin() {
  for (const Callback& callback : callbacks_) callback.base().on_train_begin();
}

void CallbackList::on_train_end(const Logs& logs) {
  for (const Callback& callback : callbacks_) callback.base().on_train_end(logs);
}

void CallbackList::on_epoch_begin(int epoch) {
  for (const Callback& callback : callbacks_) callback.base().on_epoch_begin(epoch);
  if (bar_) bar_->begin_epoch(epoch);
}

void CallbackList::on_epoch_end(int epoch, Logs& logs) {
  for (const Callback& callback : callbacks_) callback.base().on_epoch_end(epoch, logs);
}

void CallbackList::show_epoch_end(const Logs& logs) {
  if (bar_) bar_->end(logs);
}

void CallbackList::on_train_batch_begin(std::int64_t batch) {
  if (!train_batches_) return;
  for (const Callback& callback : callbacks_) {
    if (callback.hooks().train_batches) callback.base().on_train_batch_begin(batch);
  }
}

void CallbackList::on_train_batch_end(std::int64_t batch, Trainer& trainer) {
  const bool redraw = bar_ != nullptr && bar_->wants_batch(batch);
  if (!train_batches_ && !redraw) return;
  const Logs logs = trainer.results();
  for (const Callback& callback : callbacks_) {
    if (callback.hooks().train_batches) callback.base().on_train_batch_end(batch, logs);
  }
  if (redraw) bar_->update(batch, logs);
}

void CallbackList::on_test_begin() {
  for (const Callback& callback : callbacks_) callback.base().on_test_begin();
  if (test_bar_) test_bar_->begin();
}

void CallbackList::on_test_end(const Logs& logs) {
  for (const Callback& callback : callbacks_) callback.base().on_test_end(logs);
  if (test_bar_) test_bar_->end(logs);
}

void CallbackList::on_test_batch_begin(std::int64_t batch) {
  if (!test_batches_) return;
  for (const Callback& callback : callbacks_) {
    if (callback.hooks().test_batches) callback.base().on_test_batch_begin(batch);
  }
}

void CallbackList::on_test_batch_end(std::int64_t batch, Trainer& trainer) {
  const bool redraw = test_bar_ != nullptr && test_bar_->wants_batch(batch);
  if (!test_batches_ && !redraw) return;
  const Logs logs = trainer.results();
  for (const Callback& callback : callbacks_) {
    if (callback.hooks().test_batches) callback.base().on_test_batch_end(batch, logs);
  }
  if (redraw) test_bar_->update(batch, logs);
}

bool CallbackList::want_finite_probes() const {
  return std::any_of(callbacks_.begin(), callbacks_.end(), [](const Callback& callback) {
    return callback.base().wants_finite_probes();
  });
}

bool CallbackList::stopping() const { return model_.model_base().is_stopping(); }

}  // namespace antler
