#include "antler/layers/permute.h"

#include <algorithm>

#include "antler/layers/layer_with_options.h"
#include "antler/ops/transpose.h"

namespace antler {
namespace {

bool is_permutation_from_one(std::vector<int> dims) {
  std::sort(dims.begin(), dims.end());
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i] != static_cast<int>(i) + 1) return false;
  }
  return true;
}

class PermuteLayer final : public LayerWithOptions<PermuteOptions> {
 public:
  PermuteLayer(const std::vector<int>& dims, const PermuteOptions& options)
      : LayerWithOptions(options), dims_(dims) {
    require_argument(
        "Permute", options, is_permutation_from_one(dims),
        "expected dims to be the axes 1, 2, ... in some order, got " + Config(dims).to_string());
  }

  std::string class_name() const override { return "Permute"; }

  void build(const Shape& input) override { check_rank(input); }

  Value call(const Value& x, CallContext&) const override {
    check_rank(x.shape());
    std::vector<int> order = {0};
    order.insert(order.end(), dims_.begin(), dims_.end());
    return ops::transpose(x, order);
  }

  Config get_config() const override {
    return with_argument(LayerWithOptions::get_config(), "dims", Config(dims_));
  }

 private:
  void check_rank(const Shape& input) const {
    if (input.rank() == static_cast<int>(dims_.size()) + 1) return;
    throw ShapeError("expected " + std::to_string(dims_.size() + 1) + " dimensions for dims " +
                     Config(dims_).to_string() + ", got " + input.to_string());
  }

  std::vector<int> dims_;
};

}  // namespace

Permute::Permute(const std::vector<int>& dims, const PermuteOptions& options)
    : Layer(std::make_shared<PermuteLayer>(dims, options)) {}

Layer Permute::from_config(const Config& config) {
  const auto options = layer_options<PermuteOptions>("Permute", config, {"dims"});
  return Permute(required_argument<std::vector<int>>("Permute", config, "dims"), options);
}

}  // namespace antler
