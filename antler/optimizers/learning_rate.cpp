#include "antler/optimizers/learning_rate.h"

namespace antler {

Config to_config(const LearningRateArg& rate) {
  return rate.schedule_ ? rate.schedule_.to_config() : Config(rate.rate_);
}

void from_config(const Config& config, LearningRateArg& rate) {
  if (config.is_map()) {
    rate = Schedule::from_config(config);
  } else {
    rate = config.as_number();
  }
}

}  // namespace antler
