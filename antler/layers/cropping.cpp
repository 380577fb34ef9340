#include "antler/layers/cropping.h"

#include "antler/layers/data_format.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/spatial_layer.h"
#include "antler/ops/slice.h"

namespace antler {
namespace {

template <class Options, int Rank>
class CroppingLayer final : public LayerWithOptions<Options> {
 public:
  explicit CroppingLayer(const Options& options) : LayerWithOptions<Options>(options) {
    with_error_prefix(layer_title(class_name(), options.name) + ": ", [&] {
      cropping_ = options.cropping.resolve("cropping", Rank);
      if constexpr (Rank > 1) data_format_ = checked_data_format(options.data_format);
    });
  }

  std::string class_name() const override { return "Cropping" + std::to_string(Rank) + "D"; }

  void build(const Shape& input) override { check(input); }

  Value call(const Value& x, CallContext&) const override {
    check(x.shape());
    Value y = x;
    for (int i = 0; i < Rank; ++i) {
      const auto& [before, after] = cropping_[static_cast<std::size_t>(i)];
      const int axis = first_spatial_axis(data_format_) + i;
      if (before + after > 0) y = ops::slice_axis(y, axis, before, y.shape()[axis] - after);
    }
    return y;
  }

  Config get_config() const override {
    Config config = LayerWithOptions<Options>::get_config();
    config.set("cropping", sides_config(cropping_));
    if (Rank > 1) config.set("data_format", data_format_);
    return config;
  }

 private:
  void check(const Shape& input) const {
    check_spatial_rank(input, Rank);
    for (int i = 0; i < Rank; ++i) {
      const auto& [before, after] = cropping_[static_cast<std::size_t>(i)];
      const int axis = first_spatial_axis(data_format_) + i;
      if (input[axis] == None || input[axis] > before + after) continue;
      throw ShapeError("expected more than " + std::to_string(before + after) +
                       " elements along axis " + std::to_string(axis) + " for cropping " +
                       sides_config(cropping_).to_string() + ", got " + input.to_string());
    }
  }

  std::vector<SidesArg::Pair> cropping_;
  std::string data_format_ = "channels_last";
};

}  // namespace

Cropping1D::Cropping1D(const Cropping1DOptions& options)
    : Layer(std::make_shared<CroppingLayer<Cropping1DOptions, 1>>(options)) {}
Cropping2D::Cropping2D(const Cropping2DOptions& options)
    : Layer(std::make_shared<CroppingLayer<Cropping2DOptions, 2>>(options)) {}
Cropping3D::Cropping3D(const Cropping3DOptions& options)
    : Layer(std::make_shared<CroppingLayer<Cropping3DOptions, 3>>(options)) {}

Layer Cropping1D::from_config(const Config& config) {
  return Cropping1D(layer_options<Cropping1DOptions>("Cropping1D", config));
}
Layer Cropping2D::from_config(const Config& config) {
  return Cropping2D(layer_options<Cropping2DOptions>("Cropping2D", config));
}
Layer Cropping3D::from_config(const Config& config) {
  return Cropping3D(layer_options<Cropping3DOptions>("Cropping3D", config));
}

}  // namespace antler
