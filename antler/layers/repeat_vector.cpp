#include "antler/layers/repeat_vector.h"

#include "antler/layers/layer_with_options.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/expand_dims.h"

namespace antler {
namespace {

class RepeatVectorLayer final : public LayerWithOptions<RepeatVectorOptions> {
 public:
  RepeatVectorLayer(std::int64_t n, const RepeatVectorOptions& options)
      : LayerWithOptions(options), n_(n) {
    require_argument("RepeatVector", options, n >= 1,
                     "expected n of at least 1, got " + std::to_string(n));
  }

  std::string class_name() const override { return "RepeatVector"; }

  void build(const Shape& input) override { check_rank(input); }

  Value call(const Value& x, CallContext&) const override {
    check_rank(x.shape());
    return ops::broadcast_to(ops::expand_dims(x, 1), {x.shape()[0], n_, x.shape()[1]});
  }

  Config get_config() const override {
    return with_argument(LayerWithOptions::get_config(), "n", n_);
  }

 private:
  static void check_rank(const Shape& input) {
    if (input.rank() == 2) return;
    throw ShapeError("expected 2 dimensions (batch and features), got " + input.to_string());
  }

  std::int64_t n_;
};

}  // namespace

RepeatVector::RepeatVector(std::int64_t n, const RepeatVectorOptions& options)
    : Layer(std::make_shared<RepeatVectorLayer>(n, options)) {}

Layer RepeatVector::from_config(const Config& config) {
  const auto options = layer_options<RepeatVectorOptions>("RepeatVector", config, {"n"});
  return RepeatVector(required_argument<std::int64_t>("RepeatVector", config, "n"), options);
}

}  // namespace antler
