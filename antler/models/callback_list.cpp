#include "antler/models/callback_list.h"

#include <string>

#include "antler/core/error.h"
#include "antler/models/model.h"
#include "antler/models/progress_bar.h"
#include "antler/models/trainer.h"

namespace antler {

CallbackList::CallbackList(const Model& model, std::vector<Callback> callbacks,
                           const CallbackListOptions& options)
    : model_(model), callbacks_(std::move(callbacks)), adds_history_(options.add_history) {
  for (const Callback& callback : callbacks_) {
    callback.base().set_model(&model_);
    callback.base().set_params(options.params);
    train_batches_ = train_batches_ || callback.hooks().train_batches;
    test_batches_ = test_batches_ || callback.hooks().test_batches;
  }
  if (options.add_progbar && options.params.verbose > 0) {
    bar_ = std::make_shared<ProgressBar>(options.params.verbose, options.params);
  }
}

// Callbacks outlive fit; the model handle they were given does not.
CallbackList::~CallbackList() {
  for (const Callback& callback : callbacks_) callback.base().set_model(nullptr);
}

void CallbackList::end(const char* hook) {
  if (open_ == 0) {
    throw StateError(std::string("CallbackList: ") + hook + "_end: expected " + hook +
                     "_begin before it");
  }
  --open_;
}

// ------------------------------------------------------------------------------- training

void CallbackList::on_train_begin() {
  begin();
  trains_ = true;
  model_.model_base().set_stopping(false);
  for (const Callback& callback : callbacks_) callback.base().on_train_begin();
}

void CallbackList::on_train_end(const Logs& logs) {
  end("on_train");
  trains_ = false;
  for (const Callback& callback : callbacks_) callback.base().on_train_end(logs);
}

void CallbackList::on_epoch_begin(int epoch) {
  for (const Callback& callback : callbacks_) callback.base().on_epoch_begin(epoch);
  if (bar_) bar_->begin_epoch(epoch);
}

void CallbackList::on_epoch_end(int epoch, Logs& logs) {
  for (const Callback& callback : callbacks_) callback.base().on_epoch_end(epoch, logs);
  if (adds_history_) history_.add(epoch, logs);
  if (bar_) bar_->end(logs);
}

void CallbackList::on_train_batch_begin(std::int64_t batch) {
  if (!train_batches_) return;
  for (const Callback& callback : callbacks_) {
    if (callback.hooks().train_batches) callback.base().on_train_batch_begin(batch);
  }
}

void CallbackList::on_train_batch_end(std::int64_t batch, const Logs& logs) {
  for (const Callback& callback : callbacks_) {
    if (callback.hooks().train_batches) callback.base().on_train_batch_end(batch, logs);
  }
  if (bar_ && bar_->wants_batch(batch)) bar_->update(batch, logs);
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

// -------------------------------------------------------------------- evaluation, prediction

void CallbackList::on_test_begin() {
  begin();
  for (const Callback& callback : callbacks_) callback.base().on_test_begin();
  if (bar_ && !trains_) bar_->begin();
}

void CallbackList::on_test_end(const Logs& logs) {
  end("on_test");
  for (const Callback& callback : callbacks_) callback.base().on_test_end(logs);
  if (bar_ && !trains_) bar_->end(logs);
}

void CallbackList::on_test_batch_begin(std::int64_t batch) {
  if (!test_batches_) return;
  for (const Callback& callback : callbacks_) {
    if (callback.hooks().test_batches) callback.base().on_test_batch_begin(batch);
  }
}

void CallbackList::on_test_batch_end(std::int64_t batch, const Logs& logs) {
  for (const Callback& callback : callbacks_) {
    if (callback.hooks().test_batches) callback.base().on_test_batch_end(batch, logs);
  }
  if (bar_ && !trains_ && bar_->wants_batch(batch)) bar_->update(batch, logs);
}

void CallbackList::on_test_batch_end(std::int64_t batch, Trainer& trainer) {
  const bool redraw = bar_ != nullptr && !trains_ && bar_->wants_batch(batch);
  if (!test_batches_ && !redraw) return;
  const Logs logs = trainer.results();
  for (const Callback& callback : callbacks_) {
    if (callback.hooks().test_batches) callback.base().on_test_batch_end(batch, logs);
  }
  if (redraw) bar_->update(batch, logs);
}

void CallbackList::on_predict_begin() {
  begin();
  for (const Callback& callback : callbacks_) callback.base().on_predict_begin();
  if (bar_) bar_->begin();
}

void CallbackList::on_predict_end() {
  end("on_predict");
  for (const Callback& callback : callbacks_) callback.base().on_predict_end();
  if (bar_) bar_->end(Logs());
}

void CallbackList::on_predict_batch_begin(std::int64_t batch) {
  for (const Callback& callback : callbacks_) callback.base().on_predict_batch_begin(batch);
}

void CallbackList::on_predict_batch_end(std::int64_t batch) {
  for (const Callback& callback : callbacks_) callback.base().on_predict_batch_end(batch);
  if (bar_ && bar_->wants_batch(batch)) bar_->update(batch, Logs());
}

// ----------------------------------------------------------------- what the callbacks ask for

Probes CallbackList::wanted_probes() const {
  Probes all;
  for (const Callback& callback : callbacks_) {
    const Probes one = callback.base().wants_probes();
    all.finite = all.finite || one.finite;
    all.norms = all.norms || one.norms;
  }
  return all;
}

const ResumePoint* CallbackList::resume_point() const {
  for (const Callback& callback : callbacks_) {
    if (const ResumePoint* point = callback.base().resume_point()) return point;
  }
  return nullptr;
}

bool CallbackList::stopping() const { return model_.model_base().is_stopping(); }

}  // namespace antler
