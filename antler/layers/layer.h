#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/constraints/constraint.h"
#include "antler/core/config.h"
#include "antler/core/named_only.h"
#include "antler/graph/variable.h"
#include "antler/initializers/initializer.h"
#include "antler/layers/call_context.h"
#include "antler/layers/dtype_arg.h"
#include "antler/regularizers/regularizer.h"

namespace antler {

class Layer;

/// Arguments of LayerBase::add_weight.  Source  keras.layers.Layer.add_weight.
struct WeightOptions {
  NamedOnly named_only = NamedOnly();
  std::string name = "variable";
  Shape shape = {};
  InitializerArg initializer = "glorot_uniform";
  RegularizerArg regularizer = {};
  ConstraintArg constraint = {};
  DTypeArg dtype = std::nullopt;  // the layer's
  bool trainable = true;
};

/// The arguments that every layer takes, last in its options.
struct LayerCommon {
  std::string name;  // empty: named by its model
  DTypeArg dtype;
  bool trainable = true;
  RegularizerArg activity_regularizer = {};
};

/// The fields of LayerCommon, for the `visit` of a layer's options.
template <class Options, class Field>
void visit_common(Options& self, Field&& field) {
  field("name", self.name);
  field("trainable", self.trainable);
  field("dtype", self.dtype);
  field("activity_regularizer", self.activity_regularizer);
}

/// What a layer is; a user's own derives from it:
///
///   struct ScaleLayer : LayerBase {
///     void build(const Shape& in) override {
///       s_ = add_weight({.name = "s", .shape = {in.back()}, .initializer = "ones"});
///     }
///     Value call(const Value& x, CallContext&) const override { return x * s_; }
///     Variable s_;
///   };
///   Layer scale = make_layer<ScaleLayer>();
///
/// `call` must depend on its arguments, the weights and the context alone: it is traced once for
/// each program, with all sizes known. Layers with several inputs or outputs override the _list
/// forms.
///
/// Shapes   a shape of `build` may have None; those of `call` are known, the batch first.
/// Types    floats come in the layer's dtype, as in Keras; integers, bools and strings as they are.
/// Errors   what `build` and `call` throw, opened by the layer's name and class; StateError when
///          neither `call` nor `call_list` is overridden.
/// Source   keras.layers.Layer.
class LayerBase : public std::enable_shared_from_this<LayerBase> {
 public:
  explicit LayerBase(LayerCommon common = {});
  virtual ~LayerBase();
  LayerBase(const LayerBase&) = delete;
  LayerBase& operator=(const LayerBase&) = delete;

  /// Makes the weights; called once, before the first call. Axes may be None.
  virtual void build(const Shape& input);
  virtual void build_list(const std::vector<Shape>& inputs);
  virtual Value call(const Value& x, CallContext& context) const;
  virtual std::vector<Value> call_list(const std::vector<Value>& inputs,
                                       CallContext& context) const;
  /// The keyword arguments of its call, beside training and mask: names of CallOptions.
  virtual std::vector<std::string_view> call_arguments() const { return {}; }
  /// Whether Keras' call takes that many inputs as one list, rather than one argument each.
  virtual bool takes_list(std::size_t inputs) const { return inputs > 1; }
  /// The mask of the output; by default the input's when the layer supports masking.
  virtual bool supports_masking() const { return false; }
  virtual Value compute_mask(const std::vector<Value>& inputs, const CallContext& context) const;

  /// Keras' class name; for a user's type its C++ name.
  virtual std::string class_name() const { return type_name_; }
  /// Constructor arguments under Keras' keys, name, trainable and dtype included.
  virtual Config get_config() const;
  /// The shapes it was built with, {"input_shape": ...}, or null: weights are made from them before
  /// they are loaded.
  virtual Config get_build_config() const;
  /// Layers inside this one, in order.
  virtual std::vector<Layer> layers() const;
  /// The groups of layers() in Keras' weights files, for a layer that holds them in attributes
  /// ({"layer"}); empty: "layers/" and the snake case of each class.
  virtual std::vector<std::string> weight_groups() const { return {}; }
  /// Whether it is a model: errors inside it name the inner layer only.
  virtual bool is_model() const { return false; }

  const std::string& name() const { return common_.name; }
  /// Also the paths of the layer's own weights. An automatic name may be changed by another model.
  void set_name(std::string name, bool is_automatic = false);
  bool has_automatic_name() const { return common_.name.empty() || has_automatic_name_; }
  /// The name, or what it would be alone: "dense".
  std::string shown_name() const;
  DType dtype() const { return common_.dtype.get(); }
  bool trainable() const { return common_.trainable; }
  /// Sets it here and in the layers inside.
  virtual void set_trainable(bool trainable);
  bool is_built() const { return built_; }
  /// Makes each weight that is still to be made, here and in layers inside, at most that large: for
  /// layers from a file that holds their weights.
  void limit_weights(std::int64_t elements);
  /// The layer's own variables: trainable ones first, each kind in the order of making.
  std::vector<Variable> own_weights() const;

  /// build_list once; errors open with the layer's name.
  void ensure_built(const std::vector<Shape>& inputs);
  /// Calls the layer inside a trace: builds it, keeps masks, adds regularizers of activity.
  std::vector<Value> invoke(const std::vector<Value>& inputs, CallContext& context,
                            const CallOptions& options = {});
  /// The same outside of any trace: what the layer assigns is assigned at once, unless it hangs on
  /// the input of a Function, and each call draws numbers of its own.
  std::vector<Value> invoke_eagerly(const std::vector<Value>& inputs, const CallOptions& options);
  /// `name (Class): `
  std::string error_prefix() const;
  void set_type_name(std::string name) { type_name_ = std::move(name); }
  const std::vector<Shape>& built_shapes() const { return built_shapes_; }

  /// The first symbolic call, for Layer::input and Layer::output.
  std::weak_ptr<const Node> first_call;

 protected:
  Variable add_weight(const WeightOptions& options);
  /// Lists a weight of a layer inside as this layer's own too, as Keras does when an attribute
  /// holds it.
  void share_weight(const Variable& weight);
  /// Keeps a layer that `call` uses; returns it. Its weights become this layer's.
  template <class L>
  L add_layer(L layer) {
    track(layer);
    return layer;
  }

 private:
  void track(const Layer& layer);
  void check_arguments(const std::vector<Value>& inputs, const CallOptions& options) const;
  Value in_own_dtype(const Value& input, CallContext& context) const;

  LayerCommon common_;
  std::string type_name_ = "Layer";
  bool built_ = false;
  bool has_automatic_name_ = false;
  struct CallCounter;
  std::shared_ptr<CallCounter> eager_calls_;  // calls may come from several threads
  std::int64_t weight_limit_ = INT64_MAX;
  std::vector<Shape> built_shapes_;
  std::vector<Variable> weights_;
  std::vector<std::shared_ptr<LayerBase>> inner_;
};

/// Any layer: a handle, copies are the same layer; calling it on two values shares its weights.
///
/// On a model's Input (or what was made of one) a call is recorded, and the result is symbolic; on
/// other values it is computed, and states, as those of a stateful LSTM, go on.
///
/// What follows holds for every layer, whose own comment has only what is its own.
///
/// Options  name, by default one that the model gives; dtype: float32 by default; trainable;
///          activity_regularizer: of the output, divided by the batch size, added to the loss.
/// Shapes   the batch is the first axis. Sizes of the others that weights depend on must be known
///          at the first call, and stay the same.
/// Types    inputs of floats are cast to dtype, and so weights and results have it. Integers and
///          bools come as they are, and stay so where no weights, means or functions of real
///          numbers enter.
/// Errors   A constructor's: ValueError for an unknown name of a dtype, an initializer, an
///          activation, ... A call's, which open with the layer's name and class: ShapeError for
///          another number of inputs and for weights of sizes that are not known; ValueError for
///          call arguments that the layer does not take; TypeError for strings, but in layers that
///          take them. StateError for an empty handle.
/// Threads  calls on tensors may run at once when the layer is built and keeps no states.
/// Source   keras.layers.Layer.
class Layer {
 public:
  Layer() = default;
  Layer(std::shared_ptr<LayerBase> base) : base_(std::move(base)) {}

  Value operator()(const Value& x) const;
  Value operator()(const std::vector<Value>& inputs) const;
  Value operator()(const Value& x, CallContext& context) const;
  Value operator()(const std::vector<Value>& inputs, CallContext& context) const;
  Value operator()(const Value& x, const CallOptions& options) const;
  Value operator()(const std::vector<Value>& inputs, const CallOptions& options) const;
  /// All outputs of a layer that has several.
  std::vector<Value> call_all(const std::vector<Value>& inputs,
                              const CallOptions& options = {}) const;
  std::vector<Value> call_all(const std::vector<Value>& inputs, CallContext& context,
                              const CallOptions& options = {}) const;

  explicit operator bool() const { return base_ != nullptr; }
  bool operator==(const Layer& other) const { return base_ == other.base_; }
  LayerBase& base() const { return *base_; }
  const std::shared_ptr<LayerBase>& shared_base() const { return base_; }

  const std::string& name() const { return base_->name(); }
  std::string class_name() const { return base_->class_name(); }
  bool trainable() const { return base_->trainable(); }
  /// Takes effect at the next compile.
  void set_trainable(bool trainable) const { base_->set_trainable(trainable); }
  bool is_built() const { return base_->is_built(); }
  Config get_config() const { return base_->get_config(); }

  /// In Keras' order: of each layer inside in turn; weights() lists all trainable ones first.
  std::vector<Variable> weights() const;
  std::vector<Variable> trainable_weights() const;
  std::vector<Variable> non_trainable_weights() const;
  std::int64_t count_params() const;
  std::vector<Tensor> get_weights() const;
  /// Errors: ValueError for another number of tensors, ShapeError naming the weight that does not
  /// fit; nothing is set then.
  void set_weights(const std::vector<Tensor>& values) const;

  /// The symbolic input and output of the layer's first call in a model. Errors: StateError when it
  /// was not called in one.
  Value input() const;
  Value output() const;

 private:
  std::shared_ptr<LayerBase> base_;
};

namespace detail {

/// The unqualified name of a type.
template <class T>
std::string type_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  text = text.substr(text.find("T = ") + 4);
  text = text.substr(0, text.find_first_of(";]"));
  const std::size_t scope = text.rfind("::");
  return std::string(scope == std::string_view::npos ? text : text.substr(scope + 2));
}

}  // namespace detail

/// A layer of a user's class, which its C++ name names. Arguments go to its constructor.
template <class T, class... Arguments>
Layer make_layer(Arguments&&... arguments) {
  auto base = std::make_shared<T>(std::forward<Arguments>(arguments)...);
  base->set_type_name(detail::type_name<T>());
  return Layer(std::move(base));
}

}  // namespace antler
