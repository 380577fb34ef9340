#include "antler/regularizers/regularizer.h"

#include "antler/core/class_table.h"
#include "antler/regularizers/l1_l2.h"
#include "antler/regularizers/orthogonal.h"

namespace antler {
namespace {

using namespace regularizers;

template <class Class, class Options>
Regularizer make(std::string_view class_name, const Config& config) {
  return make_from_options<Regularizer, Class, Options>(class_name, config);
}

std::span<const ClassEntry<Regularizer>> table() {
  static const std::vector<ClassEntry<Regularizer>> entries = {
      {"L1", {}, [](const Config& c) { return make<L1, L1Options>("L1", c); }},
      {"L2", {}, [](const Config& c) { return make<L2, L2Options>("L2", c); }},
      {"L1L2", {"l1_l2"}, [](const Config& c) { return make<L1L2, L1L2Options>("L1L2", c); }},
      {"OrthogonalRegularizer",
       {},
       [](const Config& c) {
         return make<OrthogonalRegularizer, OrthogonalRegularizerOptions>("OrthogonalRegularizer",
                                                                          c);
       }},
  };
  return entries;
}

}  // namespace

Config Regularizer::to_config() const {
  return serialized("keras.regularizers", base_->class_name(), base_->get_config());
}

Regularizer Regularizer::from_config(const Config& config) {
  return make_from_table("regularizer", table(), config);
}

RegularizerArg::RegularizerArg(const std::string& name)
    : regularizer_(Regularizer::from_config(name)) {}

Config to_config(const RegularizerArg& regularizer) {
  return regularizer ? regularizer.get().to_config() : Config();
}

void from_config(const Config& config, RegularizerArg& regularizer) {
  regularizer = config.is_null() ? RegularizerArg() : Regularizer::from_config(config);
}

}  // namespace antler
