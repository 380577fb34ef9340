#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "antler/core/config.h"
#include "antler/graph/value.h"

namespace antler {

/// What a constraint is: a projection of a weight after each update, in ops.
///
/// Source  keras.constraints.Constraint.
class ConstraintBase {
 public:
  virtual ~ConstraintBase() = default;
  virtual std::string_view class_name() const = 0;
  /// Constructor arguments under Keras' keys.
  virtual Config get_config() const = 0;
  virtual Value call(const Value& x) const = 0;
};

/// Any constraint; an immutable value. Empty: none.
///
/// Shapes   any, which is kept.  Types  floats, which are kept.
/// Errors   ShapeError for an axis that the weight does not have.
/// Threads  any.
/// Source   keras.constraints.Constraint.
class Constraint {
 public:
  Constraint() = default;
  Constraint(std::shared_ptr<const ConstraintBase> base) : base_(std::move(base)) {}

  explicit operator bool() const { return base_ != nullptr; }
  Value operator()(const Value& x) const { return base_->call(x); }
  const ConstraintBase& base() const { return *base_; }
  /// Keras' serialized form.
  Config to_config() const;
  /// From a name or Keras' serialized form. Errors: ValueError for an unknown class or key.
  static Constraint from_config(const Config& config);

 private:
  std::shared_ptr<const ConstraintBase> base_;
};

/// A constraint argument: a name ("non_neg"), an object, or nothing.
///
/// Errors  ValueError for an unknown name, with the nearest one.  Source  keras.constraints.get.
class ConstraintArg {
 public:
  ConstraintArg() = default;
  ConstraintArg(const char* name) : ConstraintArg(std::string(name)) {}
  ConstraintArg(const std::string& name);
  ConstraintArg(Constraint constraint) : constraint_(std::move(constraint)) {}

  explicit operator bool() const { return static_cast<bool>(constraint_); }
  const Constraint& get() const { return constraint_; }

 private:
  Constraint constraint_;
};

/// Null for none.
Config to_config(const ConstraintArg& constraint);
void from_config(const Config& config, ConstraintArg& constraint);

}  // namespace antler
