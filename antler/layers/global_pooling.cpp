#include "antler/layers/global_pooling.h"

#include "antler/layers/window_arguments.h"
#include "antler/ops/cast.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/max_min.h"
#include "antler/ops/statistics.h"
#include "antler/ops/sum.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

enum class Pool { kMax, kAverage };

std::string pool_class(Pool pool, int rank) {
  return spatial_class(pool == Pool::kMax ? "GlobalMaxPooling" : "GlobalAveragePooling", rank);
}

GlobalPoolingOptions written_out(Pool pool, int rank, GlobalPoolingOptions options) {
  return with_error_prefix(layer_title(pool_class(pool, rank), options.name) + ": ", [&] {
    options.data_format = checked_data_format(options.data_format);
    return options;
  });
}

class GlobalPoolingLayer final : public LayerWithOptions<GlobalPoolingOptions> {
 public:
  GlobalPoolingLayer(Pool pool, int rank, const GlobalPoolingOptions& options)
      : LayerWithOptions(written_out(pool, rank, options)), pool_(pool), rank_(rank) {}

  std::string class_name() const override { return pool_class(pool_, rank_); }
  bool supports_masking() const override { return pool_ == Pool::kAverage && rank_ == 1; }
  // The steps are gone, and so is their mask.
  Value compute_mask(const std::vector<Value>&, const CallContext&) const override {
    return Value();
  }

  Value call(const Value& x, CallContext& context) const override {
    spatial_input(x.shape(), rank_, *options().data_format);
    const bool first = *options().data_format == "channels_first";
    std::vector<int> axes;
    for (int axis = 0; axis < rank_; ++axis) axes.push_back(axis + (first ? 2 : 1));
    const ops::ReduceOptions over = {.axis = axes, .keepdims = options().keepdims};
    if (pool_ == Pool::kMax) return ops::max(x, over);
    const Value mask = rank_ == 1 ? context.mask(x) : Value();
    if (!mask) return ops::mean(x, over);
    const Value counts = ops::expand_dims(ops::cast(mask, DType::boolean), first ? 1 : 2);
    return ops::sum(ops::where(counts, x, 0), over) / ops::sum(ops::cast(counts, x.dtype()), over);
  }

 private:
  Pool pool_;
  int rank_;
};

std::shared_ptr<LayerBase> make(Pool pool, int rank, const GlobalPoolingOptions& options) {
  return std::make_shared<GlobalPoolingLayer>(pool, rank, options);
}

Layer from(Pool pool, int rank, const Config& config) {
  return make(pool, rank, layer_options<GlobalPoolingOptions>(pool_class(pool, rank), config));
}

}  // namespace

GlobalMaxPooling1D::GlobalMaxPooling1D(const GlobalPoolingOptions& options)
    : Layer(make(Pool::kMax, 1, options)) {}
Layer GlobalMaxPooling1D::from_config(const Config& config) { return from(Pool::kMax, 1, config); }

GlobalMaxPooling2D::GlobalMaxPooling2D(const GlobalPoolingOptions& options)
    : Layer(make(Pool::kMax, 2, options)) {}
Layer GlobalMaxPooling2D::from_config(const Config& config) { return from(Pool::kMax, 2, config); }

GlobalMaxPooling3D::GlobalMaxPooling3D(const GlobalPoolingOptions& options)
    : Layer(make(Pool::kMax, 3, options)) {}
Layer GlobalMaxPooling3D::from_config(const Config& config) { return from(Pool::kMax, 3, config); }

GlobalAveragePooling1D::GlobalAveragePooling1D(const GlobalPoolingOptions& options)
    : Layer(make(Pool::kAverage, 1, options)) {}
Layer GlobalAveragePooling1D::from_config(const Config& config) {
  return from(Pool::kAverage, 1, config);
}

GlobalAveragePooling2D::GlobalAveragePooling2D(const GlobalPoolingOptions& options)
    : Layer(make(Pool::kAverage, 2, options)) {}
Layer GlobalAveragePooling2D::from_config(const Config& config) {
  return from(Pool::kAverage, 2, config);
}

GlobalAveragePooling3D::GlobalAveragePooling3D(const GlobalPoolingOptions& options)
    : Layer(make(Pool::kAverage, 3, options)) {}
Layer GlobalAveragePooling3D::from_config(const Config& config) {
  return from(Pool::kAverage, 3, config);
}

}  // namespace antler
