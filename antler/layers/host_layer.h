#pragma once

#include <span>
#include <vector>

#include "antler/layers/layer.h"

namespace antler {

/// A layer that computes on the host, before the program: what it takes or does (strings, tables of
/// words) has no place in one. It stands first in a model, on an Input, or in Dataset::map; called
/// with tensors it computes at once.
///
///   struct Length : HostLayer {
///     TensorSpec host_spec(std::span<const TensorSpec> inputs) const override {
///       return {inputs[0].shape, DType::int64};
///     }
///     Tensor call_on_host(const std::vector<Tensor>& inputs) const override {
///       Tensor out(DType::int64, inputs[0].shape());
///       const auto lengths = out.mutable_data<std::int64_t>();
///       const auto texts = inputs[0].data<std::string>();
///       for (std::size_t i = 0; i < texts.size(); ++i) {
///         lengths[i] = static_cast<std::int64_t>(texts[i].size());
///       }
///       return out;
///     }
///   };
///
/// Shapes   those of host_spec.  Types  those of host_spec; strings may go in and out.
/// Errors   StateError for a call on what a program computes.
/// Threads  call_on_host may run in several threads at once.
class HostLayer : public LayerBase {
 public:
  using LayerBase::LayerBase;

  /// The element type of its input in a model without Input.
  virtual DType input_dtype() const { return DType::string; }
  /// What call_on_host makes of such inputs; axes may be None. Errors: TypeError, ShapeError.
  virtual TensorSpec host_spec(std::span<const TensorSpec> inputs) const = 0;
  virtual Tensor call_on_host(const std::vector<Tensor>& inputs) const = 0;

  std::vector<Value> call_list(const std::vector<Value>& inputs, CallContext& context) const final;
};

}  // namespace antler
