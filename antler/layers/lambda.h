#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "antler/core/callable.h"
#include "antler/layers/layer.h"

namespace antler {

struct LambdaOptions {
  NamedOnly named_only = NamedOnly();
  /// The output's mask from the first input and its mask (or an empty Value); by default none.
  Callable<Value(const Value& x, const Value& mask)> mask = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) { visit_common(self, field); }
};

/// A function of Values as a layer, without weights:
///
///   Lambda([](const Value& x) { return x * x; })
///   Lambda([](const std::vector<Value>& in) { return in[0] - in[1]; })({a, b})
///
/// Shapes   what the function makes of them.  Types  as well.
/// Errors   ShapeError for several inputs to a function of one; StateError when its config is asked
///          for, ValueError when one is read: no file holds a function; give a class of your own in
///          custom_objects.
/// Source   keras.layers.Lambda.
class Lambda : public Layer {
 public:
  using Function = Callable<Value(const std::vector<Value>&)>;

  template <class F>
    requires std::is_invocable_r_v<Value, F&, const Value&>
  Lambda(F function, const LambdaOptions& options = {})
      : Lambda(one_input(std::move(function)), true, options) {}
  template <class F>
    requires(std::is_invocable_r_v<Value, F&, const std::vector<Value>&> &&
             !std::is_invocable_r_v<Value, F&, const Value&>)
  Lambda(F function, const LambdaOptions& options = {})
      : Lambda(Function(std::move(function)), false, options) {}
  static Layer from_config(const Config& config);

 private:
  template <class F>
  static Function one_input(F function) {
    return [function = std::move(function)](const std::vector<Value>& inputs) mutable {
      return Value(function(inputs.front()));
    };
  }
  Lambda(Function function, bool takes_one, const LambdaOptions& options);
};

/// A new Lambda with the function of this one; an empty handle for any other layer.
Layer copy_of_lambda(const Layer& layer);

}  // namespace antler
