#include "antler/initializers/random_normal.h"

#include "antler/core/options.h"
#include "antler/initializers/fill.h"
#include "antler/ops/random_draw.h"

namespace antler::initializers {
namespace {

class RandomNormalInitializer final : public InitializerBase {
 public:
  RandomNormalInitializer(const RandomNormalOptions& options, bool truncated)
      : options_(options), truncated_(truncated) {
    if (!(options.stddev >= 0)) {
      throw ValueError(std::string(class_name()) + ": expected stddev >= 0, got " +
                       Config(options.stddev).to_string());
    }
  }

  std::string_view class_name() const override {
    return truncated_ ? "TruncatedNormal" : "RandomNormal";
  }
  Config get_config() const override { return options_to_config(options_); }
  std::optional<std::int64_t> seed() const override { return options_.seed; }
  Tensor make(const Shape& shape, DType dtype, const RandomStream& random) const override {
    return filled(class_name(), shape, dtype, [&](std::uint64_t i) {
      const double z = truncated_ ? ops::truncated_normal(random, i) : random.normal(i);
      return options_.mean + options_.stddev * z;
    });
  }

 private:
  RandomNormalOptions options_;
  bool truncated_;
};

}  // namespace

RandomNormal::RandomNormal(const RandomNormalOptions& options)
    : Initializer(std::make_shared<RandomNormalInitializer>(options, false)) {}

TruncatedNormal::TruncatedNormal(const RandomNormalOptions& options)
    : Initializer(std::make_shared<RandomNormalInitializer>(options, true)) {}

}  // namespace antler::initializers
