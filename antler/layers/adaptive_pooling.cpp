#include "antler/layers/adaptive_pooling.h"

#include "antler/layers/window_arguments.h"
#include "antler/ops/adaptive_pooling.h"

namespace antler {
namespace {

enum class Pool { kMax, kAverage };

std::string pool_class(Pool pool, int rank) {
  return spatial_class(pool == Pool::kMax ? "AdaptiveMaxPooling" : "AdaptiveAveragePooling", rank);
}

AdaptivePoolingOptions written_out(Pool pool, int rank, AdaptivePoolingOptions options) {
  return with_error_prefix(layer_title(pool_class(pool, rank), options.name) + ": ", [&] {
    options.data_format = checked_data_format(options.data_format);
    return options;
  });
}

class AdaptivePoolingLayer final : public LayerWithOptions<AdaptivePoolingOptions> {
 public:
  AdaptivePoolingLayer(Pool pool, int rank, const SizesArg& output_size,
                       const AdaptivePoolingOptions& options)
      : LayerWithOptions(written_out(pool, rank, options)), pool_(pool), rank_(rank) {
    with_error_prefix(layer_title(class_name(), options.name) + ": ",
                      [&] { output_size_ = output_size.resolve("output_size", rank); });
  }

  std::string class_name() const override { return pool_class(pool_, rank_); }

  Value call(const Value& input, CallContext&) const override {
    spatial_input(input.shape(), rank_, *options().data_format);
    const Value x = to_channels_last(input, *options().data_format);
    const Value y = pool_ == Pool::kMax ? ops::adaptive_max_pool(x, output_size_)
                                        : ops::adaptive_average_pool(x, output_size_);
    return from_channels_last(y, *options().data_format);
  }

  Config get_config() const override {
    return with_argument(LayerWithOptions::get_config(), "output_size",
                         to_config(SizesArg(output_size_)));
  }

 private:
  Pool pool_;
  int rank_;
  std::vector<std::int64_t> output_size_;
};

std::shared_ptr<LayerBase> make(Pool pool, int rank, const SizesArg& output_size,
                                const AdaptivePoolingOptions& options) {
  return std::make_shared<AdaptivePoolingLayer>(pool, rank, output_size, options);
}

Layer from(Pool pool, int rank, const Config& config) {
  const std::string type = pool_class(pool, rank);
  const auto options = layer_options<AdaptivePoolingOptions>(type, config, {"output_size"});
  return make(pool, rank, required_argument<SizesArg>(type, config, "output_size"), options);
}

}  // namespace

AdaptiveAveragePooling1D::AdaptiveAveragePooling1D(const SizesArg& output_size,
                                                   const AdaptivePoolingOptions& options)
    : Layer(make(Pool::kAverage, 1, output_size, options)) {}
Layer AdaptiveAveragePooling1D::from_config(const Config& config) {
  return from(Pool::kAverage, 1, config);
}

AdaptiveAveragePooling2D::AdaptiveAveragePooling2D(const SizesArg& output_size,
                                                   const AdaptivePoolingOptions& options)
    : Layer(make(Pool::kAverage, 2, output_size, options)) {}
Layer AdaptiveAveragePooling2D::from_config(const Config& config) {
  return from(Pool::kAverage, 2, config);
}

AdaptiveAveragePooling3D::AdaptiveAveragePooling3D(const SizesArg& output_size,
                                                   const AdaptivePoolingOptions& options)
    : Layer(make(Pool::kAverage, 3, output_size, options)) {}
Layer AdaptiveAveragePooling3D::from_config(const Config& config) {
  return from(Pool::kAverage, 3, config);
}

AdaptiveMaxPooling1D::AdaptiveMaxPooling1D(const SizesArg& output_size,
                                           const AdaptivePoolingOptions& options)
    : Layer(make(Pool::kMax, 1, output_size, options)) {}
Layer AdaptiveMaxPooling1D::from_config(const Config& config) {
  return from(Pool::kMax, 1, config);
}

AdaptiveMaxPooling2D::AdaptiveMaxPooling2D(const SizesArg& output_size,
                                           const AdaptivePoolingOptions& options)
    : Layer(make(Pool::kMax, 2, output_size, options)) {}
Layer AdaptiveMaxPooling2D::from_config(const Config& config) {
  return from(Pool::kMax, 2, config);
}

AdaptiveMaxPooling3D::AdaptiveMaxPooling3D(const SizesArg& output_size,
                                           const AdaptivePoolingOptions& options)
    : Layer(make(Pool::kMax, 3, output_size, options)) {}
Layer AdaptiveMaxPooling3D::from_config(const Config& config) {
  return from(Pool::kMax, 3, config);
}

}  // namespace antler
