#include "antler/optimizers/learning_rate.h"

#include "antler/core/serialized.h"

namespace antler {

Config to_config(const LearningRateArg& rate) {
  if (rate.schedule() == nullptr) return rate.rate();
  return serialized("keras.optimizers.schedules", rate.schedule()->class_name(),
                    rate.schedule()->get_config());
}

void from_config(const Config& config, LearningRateArg& rate) { rate = config.as_number(); }

}  // namespace antler
