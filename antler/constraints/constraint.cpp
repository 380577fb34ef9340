#include "antler/constraints/constraint.h"

#include "antler/constraints/non_neg.h"
#include "antler/constraints/norm.h"
#include "antler/core/class_table.h"

namespace antler {
namespace {

using namespace constraints;

template <class Class, class Options>
Constraint make(std::string_view class_name, const Config& config) {
  return make_from_options<Constraint, Class, Options>(class_name, config);
}

std::span<const ClassEntry<Constraint>> table() {
  static const std::vector<ClassEntry<Constraint>> entries = {
      {"MaxNorm", {}, [](const Config& c) { return make<MaxNorm, MaxNormOptions>("MaxNorm", c); }},
      {"MinMaxNorm",
       {},
       [](const Config& c) { return make<MinMaxNorm, MinMaxNormOptions>("MinMaxNorm", c); }},
      {"NonNeg",
       {},
       [](const Config& c) { return make_without_options<Constraint, NonNeg>("NonNeg", c); }},
      {"UnitNorm",
       {},
       [](const Config& c) { return make<UnitNorm, UnitNormOptions>("UnitNorm", c); }},
  };
  return entries;
}

}  // namespace

Config Constraint::to_config() const {
  return serialized("keras.constraints", base_->class_name(), base_->get_config());
}

Constraint Constraint::from_config(const Config& config) {
  return make_from_table("constraint", table(), config);
}

ConstraintArg::ConstraintArg(const std::string& name)
    : constraint_(Constraint::from_config(name)) {}

Config to_config(const ConstraintArg& constraint) {
  return constraint ? constraint.get().to_config() : Config();
}

void from_config(const Config& config, ConstraintArg& constraint) {
  constraint = config.is_null() ? ConstraintArg() : Constraint::from_config(config);
}

}  // namespace antler
