#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "antler/core/callable.h"
#include "antler/graph/updates.h"
#include "antler/layers/call_options.h"

namespace antler {

class LayerBase;

/// All that a layer's `call` may do beyond computing: know whether it trains, read masks, draw
/// random numbers, change variables, add a loss. One context serves one trace, in one thread.
///
/// Types  masks are bool, random numbers float32, losses scalars of a float type.
class CallContext {
 public:
  explicit CallContext(const CallOptions& options = {});
  ~CallContext();

  /// Whether the call trains. Programs of fit, evaluate and predict say so, and so may a call; for
  /// an eager call that does not, a layer gives what holds then: Keras' layers that augment do.
  bool training(bool unless_said = false) const { return training_.value_or(unless_said); }
  /// The keyword arguments of the call that is being traced; a layer reads them in its `call`.
  const CallOptions& options() const { return options_; }

  /// The mask that travels beside a value (bool, without the feature axis); empty: none.
  Value mask(const Value& value) const;
  void set_mask(const Value& value, const Value& mask);

  /// Changes a variable when the program ends; value() sees it at once.
  void assign(const Variable& variable, const Value& value) { updates_.assign(variable, value); }
  Value value(const Variable& variable) const { return updates_.value(variable); }
  Updates& updates() { return updates_; }

  /// Adds a scalar to the loss of the model.
  void add_loss(const Value& loss);
  const std::vector<Value>& losses() const { return losses_; }

  /// A draw of its own from the model's random numbers: float32, uniform in [0, 1), or standard
  /// normal. The stream is the number of the draw in this trace, the step the model's count of
  /// training steps. With a `seed` of the layer's own it is the number of the draw under that seed,
  /// so that other layers do not matter.
  Value random_uniform(const Shape& shape, std::optional<std::int64_t> seed = {});
  Value random_normal(const Shape& shape, std::optional<std::int64_t> seed = {});
  /// Where the numbers come from: int64 scalars. Without it: the default seed and a step that no
  /// other context has; under a layer's own seed the step that set_own_step says, at first 0.
  void set_random_source(const Value& seed, const Value& step);
  void set_own_step(std::int64_t step) { own_step_ = step; }

  /// Whether only shapes are wanted, while a model is put together: nothing computed in this
  /// context is ever run, and weights need not have their values yet.
  bool for_shapes() const { return for_shapes_; }
  void set_for_shapes() { for_shapes_ = true; }
  /// The model whose HostLayers ran before this trace: it is called with what they made.
  void set_fed(const LayerBase* model) { fed_ = model; }
  bool is_fed(const LayerBase* model) const { return fed_ == model; }

  /// Called with every innermost layer and its outputs while tracing: how probes are placed.
  Callable<void(const LayerBase& layer, const std::vector<Value>& outputs)> observer;

 private:
  friend class CallScope;
  std::uint32_t& next_stream_of(std::int64_t seed);
  Value draw(const Shape& shape, bool normal, const std::optional<std::int64_t>& seed);

  std::optional<bool> training_;
  CallOptions options_;
  Updates updates_;
  std::vector<Value> losses_;
  std::vector<std::pair<Value, Value>> masks_;  // a value and its mask; few have one
  Value seed_, step_;
  bool has_source_ = false;
  std::int64_t own_step_ = 0;
  std::uint32_t next_stream_ = 0;
  std::vector<std::pair<std::int64_t, std::uint32_t>> next_streams_of_seeds_;
  bool for_shapes_ = false;
  const LayerBase* fed_ = nullptr;
};

/// The time of one layer's call in a context: its keyword arguments, its `training`, and the masks
/// given for it alone.
class CallScope {
 public:
  CallScope(CallContext& context, const std::vector<Value>& inputs, const CallOptions& options);
  ~CallScope();
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;

 private:
  CallContext& context_;
  std::optional<bool> training_;
  CallOptions options_;
  std::vector<std::pair<Value, Value>> masks_;  // of inputs, as they were
};

}  // namespace antler
