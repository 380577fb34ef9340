#include "antler/initializers/random_uniform.h"

#include <cmath>

#include "antler/core/options.h"
#include "antler/initializers/fill.h"

namespace antler::initializers {
namespace {

class RandomUniformInitializer final : public InitializerBase {
 public:
  explicit RandomUniformInitializer(const RandomUniformOptions& options) : options_(options) {
    if (!(options.minval <= options.maxval)) {
      throw ValueError("RandomUniform: expected minval <= maxval, got " +
                       Config(options.minval).to_string() + " and " +
                       Config(options.maxval).to_string());
    }
  }

  std::string_view class_name() const override { return "RandomUniform"; }
  Config get_config() const override { return options_to_config(options_); }
  std::optional<std::int64_t> seed() const override { return options_.seed; }
  Tensor make(const Shape& shape, DType dtype, const RandomStream& random) const override {
    return filled(class_name(), shape, dtype, [&](std::uint64_t i) {
      return uniform_below(options_.minval, options_.maxval, random.uniform(i));
    });
  }

 private:
  RandomUniformOptions options_;
};

}  // namespace

// u is below 1 by 2^-24 at least, but the product may still round up to b in float32.
double uniform_below(double a, double b, double u) {
  const double value = a + (b - a) * u;
  if (static_cast<float>(value) < static_cast<float>(b)) return value;
  return a < b ? std::nextafter(static_cast<float>(b), static_cast<float>(a)) : a;
}

RandomUniform::RandomUniform(const RandomUniformOptions& options)
    : Initializer(std::make_shared<RandomUniformInitializer>(options)) {}

}  // namespace antler::initializers
