#pragma once

#include <string>

#include "antler/metrics/metric.h"

namespace antler {

/// The mean of a number over examples: what "loss" in the logs is. Total and count are float32, as
/// in Keras.
class MeanTracker final : public MetricBase {
 public:
  explicit MeanTracker(std::string name);
  std::string_view class_name() const override { return "Mean"; }
  Config get_config() const override;
  /// Adds a scalar that stands for `examples` examples.
  void add(const Value& value, double examples, Updates& updates) const;
  /// As a metric of its own it would average y_pred; it is updated through add().
  void update_state(const Value& y_true, const Value& y_pred, const Value& sample_weight,
                    Updates& updates) const override;
  Value result(const Updates& updates) const override;
  std::string_view direction() const override { return "down"; }

 private:
  Variable total_, count_;
};

}  // namespace antler
