#include "antler/layers/softmax.h"

#include "antler/activations/softmax.h"
#include "antler/layers/layer_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/exponential.h"
#include "antler/ops/operands.h"
#include "antler/ops/statistics.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

class SoftmaxLayer final : public LayerWithOptions<SoftmaxOptions> {
 public:
  explicit SoftmaxLayer(const SoftmaxOptions& options) : LayerWithOptions(options) {
    require_argument("Softmax", options, !options.axis.get().empty(),
                     "expected at least one axis, got none");
  }

  std::string class_name() const override { return "Softmax"; }
  bool supports_masking() const override { return true; }

  void build(const Shape& input) override { options().axis.resolve(input.rank()); }

  // Masked elements are far below all others; where a whole axis is masked they would be equal, so
  // they are set to 0 as well.
  Value call(const Value& x, CallContext& context) const override {
    const std::vector<int> axes = options().axis.resolve(x.rank());
    const Value mask = context.mask(x);
    if (!mask) return softmax(x, axes);
    check_mask(mask.shape(), x.shape());
    const Value input = ops::detail::as_floating(x);
    const Value far_below = ops::detail::number_like(input, -1e9);
    return ops::where(mask, softmax(ops::where(mask, input, far_below), axes), 0);
  }

 private:
  static Value softmax(const Value& x, const std::vector<int>& axes) {
    if (axes.size() == 1) return activations::softmax(x, axes[0]);
    const Value input = ops::detail::as_floating(x);
    return ops::exp(input - ops::logsumexp(input, {.axis = axes, .keepdims = true}));
  }

  static void check_mask(const Shape& mask, const Shape& input) {
    bool fits = mask.rank() <= input.rank();
    for (int axis = 1; fits && axis <= mask.rank(); ++axis) {
      fits = mask[-axis] == 1 || mask[-axis] == input[-axis];
    }
    if (!fits) {
      throw ShapeError("expected a mask that broadcasts to the input " + input.to_string() +
                       ", got " + mask.to_string());
    }
  }
};

}  // namespace

Softmax::Softmax(const SoftmaxOptions& options) : Layer(std::make_shared<SoftmaxLayer>(options)) {}

Layer Softmax::from_config(const Config& config) {
  return Softmax(layer_options<SoftmaxOptions>("Softmax", config));
}

}  // namespace antler
