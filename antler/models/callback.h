#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "antler/core/tensor.h"
#include "antler/models/logs.h"
#include "antler/models/probes.h"

namespace antler {

class Model;

/// What fit tells its callbacks: Keras' `params`.
struct CallbackParams {
  int verbose = 1;
  int epochs = 1;
  std::int64_t steps = 0;  // 0: not known
  bool validates = false;  // in some of the epochs
};

/// Where a run was interrupted, for fit to go on with the same bits.
struct ResumePoint {
  int epoch = 0;                // that is begun, or gone on with
  std::int64_t batch = 0;       // batches of it that are done
  std::int64_t epoch_step = 0;  // training steps before that epoch: they key its shuffle
  /// The variables of the trainer's metrics, in order; empty: they begin anew.
  std::vector<Tensor> metrics = {};
};

/// What a callback is; a user's own derives from it and is made by make_callback<T>(...). Epochs
/// and batches count from 0. Logs may be added to in on_epoch_end: later callbacks and History see
/// what was added.
///
/// Errors   what a hook throws leaves fit, evaluate or predict.
/// Threads  hooks are called in the thread that called fit.
/// Source   keras.callbacks.Callback.
class CallbackBase {
 public:
  virtual ~CallbackBase() = default;

  virtual void on_train_begin() {}
  virtual void on_train_end(const Logs&) {}
  virtual void on_epoch_begin(int /*epoch*/) {}
  virtual void on_epoch_end(int /*epoch*/, Logs&) {}
  virtual void on_train_batch_begin(std::int64_t /*batch*/) {}
  virtual void on_train_batch_end(std::int64_t /*batch*/, const Logs&) {}
  virtual void on_test_begin() {}
  virtual void on_test_end(const Logs&) {}
  virtual void on_test_batch_begin(std::int64_t /*batch*/) {}
  virtual void on_test_batch_end(std::int64_t /*batch*/, const Logs&) {}
  virtual void on_predict_begin() {}
  virtual void on_predict_end() {}
  virtual void on_predict_batch_begin(std::int64_t /*batch*/) {}
  virtual void on_predict_batch_end(std::int64_t /*batch*/) {}

  /// What the training program is to give out beside its work; trainer().probes() has it after a
  /// batch. Asked once an epoch.
  virtual Probes wants_probes() const { return {}; }

  /// Where fit goes on, asked once after on_train_begin; null: at its initial_epoch.
  virtual const ResumePoint* resume_point() const { return nullptr; }

  void set_model(Model* model) { model_ = model; }
  void set_params(const CallbackParams& params) { params_ = params; }
  /// The model that is being trained.  Errors  StateError while there is none.
  Model& model() const;
  const CallbackParams& params() const { return params_; }

 private:
  Model* model_ = nullptr;
  CallbackParams params_;
};

/// Any callback: a handle, so that what it saw can be read after fit.
///
/// Source  keras.callbacks.Callback.
class Callback {
 public:
  /// Which hooks of batches the class overrides: fit builds batch logs for those alone.
  struct Hooks {
    bool train_batches = true;
    bool test_batches = true;
    bool predict_batches = true;
  };

  Callback() = default;
  Callback(std::shared_ptr<CallbackBase> base, Hooks hooks)
      : base_(std::move(base)), hooks_(hooks) {}

  CallbackBase& base() const { return *base_; }
  const Hooks& hooks() const { return hooks_; }

 private:
  std::shared_ptr<CallbackBase> base_;
  Hooks hooks_;
};

namespace detail {

// A member that T does not override has CallbackBase in its type.
template <class Mine, class Base>
inline constexpr bool overrides = !std::is_same_v<Mine, Base>;

template <class T>
constexpr Callback::Hooks hooks_of() {
  using Base = CallbackBase;
  return {
      overrides<decltype(&T::on_train_batch_begin), decltype(&Base::on_train_batch_begin)> ||
          overrides<decltype(&T::on_train_batch_end), decltype(&Base::on_train_batch_end)>,
      overrides<decltype(&T::on_test_batch_begin), decltype(&Base::on_test_batch_begin)> ||
          overrides<decltype(&T::on_test_batch_end), decltype(&Base::on_test_batch_end)>,
      overrides<decltype(&T::on_predict_batch_begin), decltype(&Base::on_predict_batch_begin)> ||
          overrides<decltype(&T::on_predict_batch_end), decltype(&Base::on_predict_batch_end)>};
}

}  // namespace detail

/// A callback of a user's class. Arguments go to its constructor.
template <class T, class... Arguments>
Callback make_callback(Arguments&&... arguments) {
  return Callback(std::make_shared<T>(std::forward<Arguments>(arguments)...),
                  detail::hooks_of<T>());
}

}  // namespace antler
