#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include "antler/core/callable.h"
#include "antler/core/config.h"
#include "antler/graph/value.h"
#include "antler/losses/reduction.h"

namespace antler {

/// How a loss is traced.
struct LossContext {
  /// A cross-entropy of probabilities that come straight from a softmax or sigmoid is computed from
  /// their logits. Off: Keras' numbers on JAX, probabilities clipped at 1e-7.
  bool stable_rewrites = true;
  /// What opens the run's error for a label out of range; empty: the name of the function.
  std::string_view owner = {};
};

/// What a loss is: per-sample losses in ops. y_true and y_pred have been brought to one rank where
/// they differ by a last axis of size 1; y_pred is of a float type.
///
/// Errors  what `call` throws, opened by the loss's name and class.
/// Source  keras.losses.Loss.
class LossBase {
 public:
  virtual ~LossBase() = default;
  virtual std::string_view class_name() const = 0;
  virtual const std::string& name() const = 0;
  virtual Reduction reduction() const = 0;
  /// Constructor arguments under Keras' keys. Errors: StateError for a user's function.
  virtual Config get_config() const = 0;
  /// One loss a sample (or a time step): the shape of y_pred without its last axis.
  virtual Value call(const Value& y_true, const Value& y_pred,
                     const LossContext& context) const = 0;
  /// Which of call's losses count, from the labels (ignore_class); empty: all.
  virtual Value mask(const Value& y_true, const Value& y_pred) const;
};

/// Any loss; an immutable value. What follows holds for every loss, whose own comment has only what
/// is its own.
///
/// Options  reduction: see Reduction; name: what logs and errors call it.
/// Shapes   (batch, ...) beside (batch, ..., 1) is fine; the result is a scalar, without a
///          reduction one loss a sample.
/// Types    y_true, sample_weight and mask of any type; y_pred floats, integers are taken as
///          float32. The loss has y_pred's type.
/// Errors   ShapeError when y_true and y_pred do not fit, with the likely fix, or weights do not
///          broadcast to the losses; ValueError for an option out of range; TypeError for strings.
///          All open with the loss's name and class. StateError for an empty handle. A label out of
///          range fails the run with a ValueError.
/// Threads  any.
/// Source   keras.losses.Loss.
class Loss {
 public:
  Loss() = default;
  Loss(std::shared_ptr<const LossBase> base) : base_(std::move(base)) {}

  explicit operator bool() const { return base_ != nullptr; }
  const LossBase& base() const { return *base_; }
  const std::string& name() const { return base_->name(); }

  /// loss(y_true, y_pred): rank fix, per-sample losses, masks and weights, reduction, as Keras'
  /// Loss.__call__. `sample_weight` and `mask` may be empty.
  Value operator()(const Value& y_true, const Value& y_pred, const Value& sample_weight = Value(),
                   const LossContext& context = {}, const Value& mask = Value()) const;

  /// From a name or Keras' serialized form; to_config is the way back. Errors: ValueError for an
  /// unknown class or key, and for a user's function, which it names.
  static Loss from_config(const Config& config);

 private:
  std::shared_ptr<const LossBase> base_;
};

/// Keras' serialized form. Errors: StateError for a user's function, which no file can hold.
Config to_config(const Loss& loss);

/// A user's function as a loss: per-sample losses or a scalar.
///
/// Errors  what the function throws, opened by `name`; StateError for its config.
Loss make_loss(Callable<Value(const Value& y_true, const Value& y_pred)> function,
               std::string name = "loss", ReductionArg reduction = Reduction::sum_over_batch_size);

/// One loss argument: a name ("mse", "sparse_categorical_crossentropy", "crossentropy", ...), an
/// object, or a user's function. Empty: none.
///
/// A function's name or alias also names the loss, as in Keras: "mse" is called "mse".
/// Errors  ValueError for an unknown name, with the nearest one.  Source  keras.losses.get.
class LossArg {
 public:
  LossArg() = default;
  LossArg(const char* name) : LossArg(std::string(name)) {}
  LossArg(const std::string& name);
  LossArg(Loss loss) : loss_(std::move(loss)) {}
  template <class F>
    requires(std::is_invocable_r_v<Value, F&, const Value&, const Value&> &&
             !std::is_base_of_v<Loss, std::remove_cvref_t<F>>)
  LossArg(F function) : loss_(make_loss(std::move(function))) {}

  explicit operator bool() const { return static_cast<bool>(loss_) || !name_.empty(); }
  /// The loss; "crossentropy" and "ce" are resolved from the specs as Keras does: binary when the
  /// last axis of y_pred is 1, sparse when y_true has fewer axes or a last axis of 1, else
  /// categorical.
  Loss resolve(const TensorSpec& y_true, const TensorSpec& y_pred) const;
  /// The name it was given by, or "".
  const std::string& given_name() const { return name_; }
  const Loss& object() const { return loss_; }

 private:
  std::string name_;
  Loss loss_;
};

/// A name as given, or the serialized object; null for none.
Config to_config(const LossArg& loss);
/// Errors: ValueError for an unknown class or key, and for a user's function, which it names.
void from_config(const Config& config, LossArg& loss);

}  // namespace antler
