#include "antler/models/mean_tracker.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/extrema.h"
#include "antler/ops/statistics.h"

namespace antler {

MeanTracker::MeanTracker(std::string name)
    : MetricBase(std::move(name)),
      total_(add_variable({}, "total")),
      count_(add_variable({}, "count")) {}

Config MeanTracker::get_config() const { return Config::map({{"name", name()}}); }

void MeanTracker::add(const Value& value, double examples, Updates& updates) const {
  const Value number = ops::cast(value, DType::float32);
  updates.assign(total_, updates.value(total_) + number * examples);
  updates.assign(count_, updates.value(count_) + examples);
}

void MeanTracker::update_state(const Value&, const Value& y_pred, const Value&,
                               Updates& updates) const {
  add(ops::mean(y_pred), static_cast<double>(y_pred.shape().dim(0)), updates);
}

// Before the first batch the count is 0: the mean is then 0, as Keras' divide_no_nan gives.
Value MeanTracker::result(const Updates& updates) const {
  return updates.value(total_) / ops::maximum(updates.value(count_), 1.0);
}

}  // namespace antler
