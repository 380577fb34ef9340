#include "antler/schedules/schedule.h"

#include "antler/core/callable.h"
#include "antler/core/class_table.h"
#include "antler/schedules/decays.h"

namespace antler {
namespace {

using namespace schedules;

class FunctionSchedule final : public ScheduleBase {
 public:
  explicit FunctionSchedule(Callable<Value(const Value&)> function)
      : function_(std::move(function)) {}

  std::string_view class_name() const override { return "function"; }
  Config get_config() const override { return "learning_rate"; }
  Value call(const Value& step) const override { return function_(step); }

 private:
  Callable<Value(const Value&)> function_;
};

template <class Class, class Options>
Schedule make(std::string_view class_name, const Config& config) {
  return make_from_options<Schedule, Class, Options>(class_name, config);
}

std::span<const ClassEntry<Schedule>> table() {
  static const std::vector<ClassEntry<Schedule>> entries = {
      {"CosineDecay",
       {},
       [](const Config& c) { return make<CosineDecay, CosineDecayOptions>("CosineDecay", c); }},
      {"CosineDecayRestarts",
       {},
       [](const Config& c) {
         return make<CosineDecayRestarts, CosineDecayRestartsOptions>("CosineDecayRestarts", c);
       }},
      {"ExponentialDecay",
       {},
       [](const Config& c) {
         return make<ExponentialDecay, ExponentialDecayOptions>("ExponentialDecay", c);
       }},
      {"InverseTimeDecay",
       {},
       [](const Config& c) {
         return make<InverseTimeDecay, InverseTimeDecayOptions>("InverseTimeDecay", c);
       }},
      {"PiecewiseConstantDecay",
       {},
       [](const Config& c) {
         return make<PiecewiseConstantDecay, PiecewiseConstantDecayOptions>(
             "PiecewiseConstantDecay", c);
       }},
      {"PolynomialDecay",
       {},
       [](const Config& c) {
         return make<PolynomialDecay, PolynomialDecayOptions>("PolynomialDecay", c);
       }},
  };
  return entries;
}

}  // namespace

Schedule Schedule::of_function(Callable<Value(const Value&)> function) {
  return std::make_shared<FunctionSchedule>(std::move(function));
}

Config Schedule::to_config() const {
  const bool is_function = base_->class_name() == "function";
  return serialized(is_function ? "builtins" : "keras.optimizers.schedules", base_->class_name(),
                    base_->get_config());
}

Schedule Schedule::from_config(const Config& config) {
  if (config.is_map() && config.contains("class_name") &&
      config.at("class_name") == Config("function")) {
    throw ValueError(
        "schedule: expected one of Keras' schedules, got a user's function, whose code the file "
        "does not hold");
  }
  return make_from_table("schedule", table(), config);
}

}  // namespace antler
