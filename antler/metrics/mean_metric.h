#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "antler/core/options.h"
#include "antler/core/serialized.h"
#include "antler/metrics/metric.h"

namespace antler::metrics {

/// The base of metrics that are a weighted mean: sum of w v / sum of w over all samples since the
/// last reset, in float32. The value of a sample is the mean over its axes but the first.
class MeanBase : public MetricBase {
 public:
  explicit MeanBase(std::string name);

  /// Adds values (batch, ...); `sample_weight` (empty: 1) has the shape of a few first axes, or of
  /// all with the last axis 1 or left out. `mask` (empty: all) tells which values count, and is
  /// looked at only beside weights, as in Keras.
  void update_mean(const Value& values, const Value& sample_weight, Updates& updates,
                   const Value& mask = Value()) const;
  /// 0 before the first sample.
  Value result(const Updates& updates) const override;

 private:
  Variable total_;
  Variable count_;
};

/// A weighted mean of values that follow from labels and predictions.
class SampleMean : public MeanBase {
 public:
  using MeanBase::MeanBase;
  /// Errors: what `values` throws, opened by name and class.
  void update_state(const Value& y_true, const Value& y_pred, const Value& sample_weight,
                    Updates& updates) const final;

 protected:
  virtual Value values(const Value& y_true, const Value& y_pred) const = 0;
  virtual Value mask(const Value& y_true, const Value& y_pred) const;
};

/// The options, whose empty name becomes that of the class.
template <class Options>
Options named(Options options, std::string_view class_name) {
  if (options.name.empty()) options.name = snake_case(class_name);
  return options;
}

/// What the built-in metrics share: options with a `name`, and the config from them.
template <class Base, class Options>
class MetricWithOptions : public Base {
 public:
  explicit MetricWithOptions(Options options) : Base(options.name), options_(std::move(options)) {}
  Config get_config() const override { return options_to_config(options_); }

 protected:
  const Options& options() const { return options_; }

 private:
  Options options_;
};

/// Per-sample values and weights from values of any rank, as Keras' metrics make them.
struct SampleValues {
  Value values;  // multiplied by the weights
  Value sample_weight;
};
enum class SampleReduction { sum, mean };
SampleValues samplewise(const Value& values, const Value& sample_weight, const Value& mask,
                        SampleReduction reduction);

}  // namespace antler::metrics
