#include "antler/metrics/crossentropy.h"

#include "antler/losses/binary_crossentropy.h"
#include "antler/losses/categorical_crossentropy.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/metrics/mean_metric.h"

namespace antler::metrics {
namespace {

constexpr LossContext kKerasNumbers = {.stable_rewrites = false};

class BinaryCrossentropyMetric final
    : public MetricWithOptions<SampleMean, BinaryCrossentropyOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "BinaryCrossentropy"; }
  std::string_view direction() const override { return "down"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    return losses::binary_crossentropy(y_true, y_pred, loss_options(), kKerasNumbers);
  }
  antler::BinaryCrossentropyOptions loss_options() const {
    return {.from_logits = options().from_logits, .label_smoothing = options().label_smoothing};
  }
};

class CategoricalCrossentropyMetric final
    : public MetricWithOptions<SampleMean, CategoricalCrossentropyOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "CategoricalCrossentropy"; }
  std::string_view direction() const override { return "down"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    return losses::categorical_crossentropy(y_true, y_pred, loss_options(), kKerasNumbers);
  }
  antler::CategoricalCrossentropyOptions loss_options() const {
    return {.from_logits = options().from_logits,
            .label_smoothing = options().label_smoothing,
            .axis = options().axis};
  }
};

class SparseCategoricalCrossentropyMetric final
    : public MetricWithOptions<SampleMean, SparseCategoricalCrossentropyOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "SparseCategoricalCrossentropy"; }
  std::string_view direction() const override { return "down"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    return losses::sparse_categorical_crossentropy(y_true, y_pred, loss_options(),
                                                   {.stable_rewrites = false, .owner = title()});
  }
  Value mask(const Value& y_true, const Value& y_pred) const override {
    return losses::sparse_categorical_mask(y_true, y_pred, loss_options());
  }
  antler::SparseCategoricalCrossentropyOptions loss_options() const {
    return {.from_logits = options().from_logits,
            .ignore_class = options().ignore_class,
            .axis = options().axis};
  }
};

}  // namespace

BinaryCrossentropy::BinaryCrossentropy(const BinaryCrossentropyOptions& options)
    : Metric(make_metric<BinaryCrossentropyMetric>(options)) {}

CategoricalCrossentropy::CategoricalCrossentropy(const CategoricalCrossentropyOptions& options)
    : Metric(make_metric<CategoricalCrossentropyMetric>(options)) {}

SparseCategoricalCrossentropy::SparseCategoricalCrossentropy(
    const SparseCategoricalCrossentropyOptions& options)
    : Metric(make_metric<SparseCategoricalCrossentropyMetric>(options)) {}

}  // namespace antler::metrics
