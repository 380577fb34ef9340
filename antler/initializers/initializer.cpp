#include "antler/initializers/initializer.h"

#include "antler/core/class_table.h"
#include "antler/initializers/constant.h"
#include "antler/initializers/glorot.h"
#include "antler/initializers/he.h"
#include "antler/initializers/identity.h"
#include "antler/initializers/lecun.h"
#include "antler/initializers/orthogonal.h"
#include "antler/initializers/random_normal.h"
#include "antler/initializers/random_uniform.h"
#include "antler/initializers/variance_scaling.h"

namespace antler {
namespace {

using namespace initializers;

constexpr std::uint32_t kInitializerBit = 0x80000000U;

template <class Class, class Options>
Initializer make(std::string_view class_name, const Config& config) {
  return make_from_options<Initializer, Class, Options>(class_name, config);
}

std::span<const ClassEntry<Initializer>> table() {
  static const std::vector<ClassEntry<Initializer>> entries = {
      {"Zeros",
       {"zero"},
       [](const Config& c) { return make_without_options<Initializer, Zeros>("Zeros", c); }},
      {"Ones",
       {"one"},
       [](const Config& c) { return make_without_options<Initializer, Ones>("Ones", c); }},
      {"Constant",
       {},
       [](const Config& c) { return make<Constant, ConstantOptions>("Constant", c); }},
      {"Identity",
       {"IdentityInitializer"},
       [](const Config& c) { return make<Identity, IdentityOptions>("Identity", c); }},
      {"RandomUniform",
       {"uniform"},
       [](const Config& c) {
         return make<RandomUniform, RandomUniformOptions>("RandomUniform", c);
       }},
      {"RandomNormal",
       {"normal"},
       [](const Config& c) { return make<RandomNormal, RandomNormalOptions>("RandomNormal", c); }},
      {"TruncatedNormal",
       {},
       [](const Config& c) {
         return make<TruncatedNormal, RandomNormalOptions>("TruncatedNormal", c);
       }},
      {"VarianceScaling",
       {},
       [](const Config& c) {
         return make<VarianceScaling, VarianceScalingOptions>("VarianceScaling", c);
       }},
      {"GlorotUniform",
       {},
       [](const Config& c) { return make<GlorotUniform, SeedOptions>("GlorotUniform", c); }},
      {"GlorotNormal",
       {},
       [](const Config& c) { return make<GlorotNormal, SeedOptions>("GlorotNormal", c); }},
      {"HeUniform",
       {},
       [](const Config& c) { return make<HeUniform, SeedOptions>("HeUniform", c); }},
      {"HeNormal", {}, [](const Config& c) { return make<HeNormal, SeedOptions>("HeNormal", c); }},
      {"LecunUniform",
       {},
       [](const Config& c) { return make<LecunUniform, SeedOptions>("LecunUniform", c); }},
      {"LecunNormal",
       {},
       [](const Config& c) { return make<LecunNormal, SeedOptions>("LecunNormal", c); }},
      {"Orthogonal",
       {"OrthogonalInitializer"},
       [](const Config& c) { return make<Orthogonal, OrthogonalOptions>("Orthogonal", c); }},
  };
  return entries;
}

}  // namespace

RandomStream initializer_stream(std::uint64_t seed, std::uint32_t index) {
  return {seed, index | kInitializerBit, 0};
}

Tensor Initializer::operator()(const Shape& shape, DType dtype) const {
  // A seed of its own draws nothing from the default sequence, which later weights depend on.
  const bool seeded = base_->seed().has_value();
  return (*this)(shape, dtype, initializer_stream(default_seed(), seeded ? 0 : next_stream()));
}

Tensor Initializer::operator()(const Shape& shape, DType dtype, const RandomStream& random) const {
  const std::optional<std::int64_t> seed = base_->seed();
  if (!seed) return base_->make(shape, dtype, random);
  return base_->make(shape, dtype, initializer_stream(static_cast<std::uint64_t>(*seed), 0));
}

Config Initializer::to_config() const {
  return serialized("keras.initializers", base_->class_name(), base_->get_config());
}

Initializer Initializer::from_config(const Config& config) {
  return make_from_table("initializer", table(), config);
}

InitializerArg::InitializerArg(const std::string& name)
    : initializer_(Initializer::from_config(name)) {}

Config to_config(const InitializerArg& initializer) {
  return initializer ? initializer.get().to_config() : Config();
}

void from_config(const Config& config, InitializerArg& initializer) {
  initializer = config.is_null() ? InitializerArg() : Initializer::from_config(config);
}

}  // namespace antler
