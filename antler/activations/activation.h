#pragma once

#include <string>
#include <type_traits>

#include "antler/core/callable.h"
#include "antler/core/config.h"
#include "antler/graph/value.h"

namespace antler {

/// An activation argument: a name ("relu"), or a function of a Value. Default: linear.
///
/// Shapes  all that have a name keep that of x, but for glu, which halves an axis.
/// Types   floats are kept; integers and bools are taken as float32 where nothing else is said.
/// Errors  ValueError for an unknown name, with the nearest one.  Source  keras.activations.get.
class ActivationArg {
 public:
  using Function = Callable<Value(const Value&)>;

  ActivationArg() = default;
  ActivationArg(const char* name) : ActivationArg(std::string(name)) {}
  ActivationArg(const std::string& name);
  template <class F>
    requires(std::is_invocable_r_v<Value, F&, const Value&> &&
             !std::is_same_v<std::remove_cvref_t<F>, ActivationArg>)
  ActivationArg(F function) : name_(), function_(std::move(function)) {}

  bool is_linear() const { return name_ == "linear"; }
  /// The name, or "" for a user's function.
  const std::string& name() const { return name_; }
  Value operator()(const Value& x) const { return function_ ? function_(x) : x; }

 private:
  std::string name_ = "linear";
  Function function_;
};

/// Keras' name of the function. Errors: StateError for a user's function, which no file can hold.
Config to_config(const ActivationArg& activation);
/// A name, or null for linear. Errors: ValueError for an unknown name and for the serialized form
/// of a user's function, which it names.
void from_config(const Config& config, ActivationArg& activation);

}  // namespace antler
