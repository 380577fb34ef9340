#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "antler/core/config.h"
#include "antler/graph/value.h"

namespace antler {

/// What a regularizer is: a scalar penalty on a weight or an output, in ops.
///
/// Source  keras.regularizers.Regularizer.
class RegularizerBase {
 public:
  virtual ~RegularizerBase() = default;
  virtual std::string_view class_name() const = 0;
  /// Constructor arguments under Keras' keys.
  virtual Config get_config() const = 0;
  virtual Value call(const Value& x) const = 0;
};

/// Any regularizer; an immutable value. Empty: none.
///
/// Shapes   any, where nothing else is said -> scalar.  Types  floats, which the penalty keeps.
/// Errors   ValueError for a factor that is negative or not finite, when it is made.
/// Threads  any.
/// Source   keras.regularizers.Regularizer.
class Regularizer {
 public:
  Regularizer() = default;
  Regularizer(std::shared_ptr<const RegularizerBase> base) : base_(std::move(base)) {}

  explicit operator bool() const { return base_ != nullptr; }
  Value operator()(const Value& x) const { return base_->call(x); }
  const RegularizerBase& base() const { return *base_; }
  /// Keras' serialized form.
  Config to_config() const;
  /// From a name or Keras' serialized form. Errors: ValueError for an unknown class or key.
  static Regularizer from_config(const Config& config);

 private:
  std::shared_ptr<const RegularizerBase> base_;
};

/// A regularizer argument: a name ("l2"), an object, or nothing.
///
/// Errors  ValueError for an unknown name, with the nearest one.  Source  keras.regularizers.get.
class RegularizerArg {
 public:
  RegularizerArg() = default;
  RegularizerArg(const char* name) : RegularizerArg(std::string(name)) {}
  RegularizerArg(const std::string& name);
  RegularizerArg(Regularizer regularizer) : regularizer_(std::move(regularizer)) {}

  explicit operator bool() const { return static_cast<bool>(regularizer_); }
  const Regularizer& get() const { return regularizer_; }

 private:
  Regularizer regularizer_;
};

/// Null for none.
Config to_config(const RegularizerArg& regularizer);
void from_config(const Config& config, RegularizerArg& regularizer);

}  // namespace antler
