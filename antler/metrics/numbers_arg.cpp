#include "antler/metrics/numbers_arg.h"

namespace antler::metrics {

Config to_config(const NumbersArg& argument) {
  if (!argument.is_given()) return Config();
  return argument.is_list() ? Config(argument.numbers()) : Config(argument.numbers()[0]);
}

void from_config(const Config& config, NumbersArg& argument) {
  const Config& value = config.is_map() ? config.at("config").at("value") : config;
  if (value.is_null()) {
    argument = NumbersArg();
  } else if (value.is_list()) {
    std::vector<double> numbers;
    for (const Config& number : value.as_list()) numbers.push_back(number.as_number());
    argument = NumbersArg(std::move(numbers));
  } else {
    argument = NumbersArg(value.as_number());
  }
}

}  // namespace antler::metrics
