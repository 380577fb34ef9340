#include "antler/layers/masking.h"

#include "antler/layers/layer_with_options.h"
#include "antler/ops/comparison.h"
#include "antler/ops/max_min.h"
#include "antler/ops/operands.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

class MaskingLayer final : public LayerWithOptions<MaskingOptions> {
 public:
  using LayerWithOptions::LayerWithOptions;

  std::string class_name() const override { return "Masking"; }
  bool supports_masking() const override { return true; }

  void build(const Shape& input) override { check_rank(input); }

  Value call(const Value& x, CallContext&) const override {
    check_rank(x.shape());
    return ops::where(kept(x, true), x, 0);
  }

  Value compute_mask(const std::vector<Value>& inputs, const CallContext&) const override {
    return kept(inputs[0], false);
  }

 private:
  static void check_rank(const Shape& input) {
    if (input.rank() >= 2) return;
    throw ShapeError("expected at least 2 dimensions (batch and features), got " +
                     input.to_string());
  }

  Value kept(const Value& x, bool keepdims) const {
    const Value differs =
        ops::not_equal(x, is_floating(x.dtype()) ? ops::detail::number_like(x, options().mask_value)
                                                 : Value(options().mask_value));
    return ops::any(differs, {.axis = -1, .keepdims = keepdims});
  }
};

}  // namespace

Masking::Masking(const MaskingOptions& options) : Layer(std::make_shared<MaskingLayer>(options)) {}

Layer Masking::from_config(const Config& config) {
  return Masking(layer_options<MaskingOptions>("Masking", config));
}

}  // namespace antler
