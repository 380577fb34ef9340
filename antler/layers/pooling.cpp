#include "antler/layers/pooling.h"

#include "antler/layers/window_arguments.h"
#include "antler/ops/pooling.h"

namespace antler {
namespace {

enum class Pool { kMax, kAverage };

std::string pool_class(Pool pool, int rank) {
  return spatial_class(pool == Pool::kMax ? "MaxPooling" : "AveragePooling", rank);
}

// As Keras keeps them: written out, strides in place of None.
PoolingOptions written_out(Pool pool, int rank, PoolingOptions options) {
  return with_error_prefix(layer_title(pool_class(pool, rank), options.name) + ": ", [&] {
    if (pool == Pool::kMax && options.pool_size.is_none()) options.pool_size = 2;
    options.pool_size = options.pool_size.resolve("pool_size", rank);
    options.strides =
        options.strides.is_none() ? options.pool_size : options.strides.resolve("strides", rank);
    options.padding = checked_choice("padding", options.padding, {"valid", "same"});
    options.data_format = checked_data_format(options.data_format);
    return options;
  });
}

class PoolingLayer final : public LayerWithOptions<PoolingOptions> {
 public:
  PoolingLayer(Pool pool, int rank, const PoolingOptions& options)
      : LayerWithOptions(written_out(pool, rank, options)), pool_(pool), rank_(rank) {}

  std::string class_name() const override { return pool_class(pool_, rank_); }

  Value call(const Value& input, CallContext&) const override {
    spatial_input(input.shape(), rank_, *options().data_format);
    const Value x = to_channels_last(input, *options().data_format);
    const ops::PoolOptions how = {.strides = options().strides.get(), .padding = options().padding};
    const std::vector<std::int64_t>& size = options().pool_size.get();
    const Value y =
        pool_ == Pool::kMax ? ops::max_pool(x, size, how) : ops::average_pool(x, size, how);
    return from_channels_last(y, *options().data_format);
  }

 private:
  Pool pool_;
  int rank_;
};

std::shared_ptr<LayerBase> make(Pool pool, int rank, const PoolingOptions& options) {
  return std::make_shared<PoolingLayer>(pool, rank, options);
}

std::shared_ptr<LayerBase> make(Pool pool, int rank, const SizesArg& pool_size,
                                PoolingOptions options) {
  options.pool_size = pool_size;
  return make(pool, rank, options);
}

Layer from(Pool pool, int rank, const Config& config) {
  return make(pool, rank, layer_options<PoolingOptions>(pool_class(pool, rank), config));
}

}  // namespace

MaxPooling1D::MaxPooling1D(const PoolingOptions& options) : Layer(make(Pool::kMax, 1, options)) {}
MaxPooling1D::MaxPooling1D(const SizesArg& pool_size, const PoolingOptions& options)
    : Layer(make(Pool::kMax, 1, pool_size, options)) {}
Layer MaxPooling1D::from_config(const Config& config) { return from(Pool::kMax, 1, config); }

MaxPooling2D::MaxPooling2D(const PoolingOptions& options) : Layer(make(Pool::kMax, 2, options)) {}
MaxPooling2D::MaxPooling2D(const SizesArg& pool_size, const PoolingOptions& options)
    : Layer(make(Pool::kMax, 2, pool_size, options)) {}
Layer MaxPooling2D::from_config(const Config& config) { return from(Pool::kMax, 2, config); }

MaxPooling3D::MaxPooling3D(const PoolingOptions& options) : Layer(make(Pool::kMax, 3, options)) {}
MaxPooling3D::MaxPooling3D(const SizesArg& pool_size, const PoolingOptions& options)
    : Layer(make(Pool::kMax, 3, pool_size, options)) {}
Layer MaxPooling3D::from_config(const Config& config) { return from(Pool::kMax, 3, config); }

AveragePooling1D::AveragePooling1D(const PoolingOptions& options)
    : Layer(make(Pool::kAverage, 1, options)) {}
AveragePooling1D::AveragePooling1D(const SizesArg& pool_size, const PoolingOptions& options)
    : Layer(make(Pool::kAverage, 1, pool_size, options)) {}
Layer AveragePooling1D::from_config(const Config& config) {
  return from(Pool::kAverage, 1, config);
}

AveragePooling2D::AveragePooling2D(const PoolingOptions& options)
    : Layer(make(Pool::kAverage, 2, options)) {}
AveragePooling2D::AveragePooling2D(const SizesArg& pool_size, const PoolingOptions& options)
    : Layer(make(Pool::kAverage, 2, pool_size, options)) {}
Layer AveragePooling2D::from_config(const Config& config) {
  return from(Pool::kAverage, 2, config);
}

AveragePooling3D::AveragePooling3D(const PoolingOptions& options)
    : Layer(make(Pool::kAverage, 3, options)) {}
AveragePooling3D::AveragePooling3D(const SizesArg& pool_size, const PoolingOptions& options)
    : Layer(make(Pool::kAverage, 3, pool_size, options)) {}
Layer AveragePooling3D::from_config(const Config& config) {
  return from(Pool::kAverage, 3, config);
}

}  // namespace antler
