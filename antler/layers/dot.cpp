#include "antler/layers/dot.h"

#include <utility>

#include "antler/layers/layer_with_options.h"
#include "antler/layers/shape_list.h"
#include "antler/layers/unit_length.h"
#include "antler/ops/matmul.h"
#include "antler/ops/reshape.h"
#include "antler/ops/transpose.h"

namespace antler {
namespace {

class DotLayer final : public LayerWithOptions<DotOptions> {
 public:
  DotLayer(const AxesArg& axes, const DotOptions& options)
      : LayerWithOptions(options), axes_(axes) {
    require_argument(
        "Dot", options, axes.is_single() || axes.get().size() == 2,
        "expected axes to be an integer or two of them, got " + to_config(axes).to_string());
  }

  std::string class_name() const override { return "Dot"; }
  bool takes_list(std::size_t) const override { return true; }
  bool supports_masking() const override { return true; }

  void build_list(const std::vector<Shape>& inputs) override { resolved(inputs); }

  // One product of matrices: (batch, A, n) . (batch, n, B).
  std::vector<Value> call_list(const std::vector<Value>& inputs, CallContext&) const override {
    const auto [a_axis, b_axis] = resolved(shapes_of(inputs));
    Value a = inputs[0], b = inputs[1];
    if (options().normalize) {
      a = unit_length(a, {a_axis}, kUnitEpsilon);
      b = unit_length(b, {b_axis}, kUnitEpsilon);
    }
    a = ops::moveaxis(a, a_axis, -1);
    b = ops::moveaxis(b, b_axis, 1);
    const Shape rows = a.shape().subshape(1, a.rank() - 1);
    const Shape columns = b.shape().subshape(2, b.rank());
    const std::int64_t batch = a.shape()[0], n = b.shape()[1];
    const Value product = ops::matmul(ops::reshape(a, {batch, rows.size(), n}),
                                      ops::reshape(b, {batch, n, columns.size()}));
    std::vector<std::int64_t> sizes = {batch};
    sizes.insert(sizes.end(), rows.begin(), rows.end());
    sizes.insert(sizes.end(), columns.begin(), columns.end());
    if (sizes.size() == 1) sizes.push_back(1);
    return {ops::reshape(product, Shape(sizes))};
  }

  Value compute_mask(const std::vector<Value>&, const CallContext&) const override { return {}; }

  Config get_config() const override {
    return with_argument(LayerWithOptions::get_config(), "axes", to_config(axes_));
  }

 private:
  std::pair<int, int> resolved(const std::vector<Shape>& inputs) const {
    if (inputs.size() != 2) {
      throw ShapeError("expected two inputs, got " + std::to_string(inputs.size()));
    }
    const auto fail = [&](const std::string& expected) {
      throw ShapeError("expected " + expected + ", got " + shape_list(inputs) + " for axes " +
                       to_config(axes_).to_string());
    };
    int axes[2];
    for (int i = 0; i < 2; ++i) {
      const int rank = inputs[static_cast<std::size_t>(i)].rank();
      const int axis = axes_.get()[axes_.is_single() ? 0U : static_cast<std::size_t>(i)];
      axes[i] = axis < 0 ? axis + rank : axis;
      if (axes[i] < 1 || axes[i] >= rank) fail("inputs that have the axes, behind the batch axis");
    }
    const std::int64_t n = inputs[0][axes[0]], m = inputs[1][axes[1]];
    if (n != None && m != None && n != m) fail("axes of one size");
    if (inputs[0][0] != None && inputs[1][0] != None && inputs[0][0] != inputs[1][0]) {
      fail("inputs of one batch size");
    }
    return {axes[0], axes[1]};
  }

  AxesArg axes_;
};

}  // namespace

Dot::Dot(const AxesArg& axes, const DotOptions& options)
    : Layer(std::make_shared<DotLayer>(axes, options)) {}

Layer Dot::from_config(const Config& config) {
  const auto options = layer_options<DotOptions>("Dot", config, {"axes"});
  return Dot(required_argument<AxesArg>("Dot", config, "axes"), options);
}

}  // namespace antler
