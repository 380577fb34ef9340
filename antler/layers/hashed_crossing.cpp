#include "antler/layers/hashed_crossing.h"

#include <span>
#include <vector>

#include "antler/core/fingerprint.h"
#include "antler/layers/category_output.h"
#include "antler/layers/host_layer.h"
#include "antler/layers/layer_with_options.h"

namespace antler {
namespace {

constexpr const char* kName = "HashedCrossing";
constexpr std::uint64_t kKey = 0xDECAFCAFFE;  // TensorFlow's

DTypeArg dtype_of_output(const HashedCrossingOptions& options) {
  return options.dtype.value_or(options.output_mode == "int" ? DType::int64 : DType::float32);
}

class HashedCrossingLayer final : public HostLayer {
 public:
  HashedCrossingLayer(std::int64_t num_bins, const HashedCrossingOptions& options)
      : HostLayer({options.name, dtype_of_output(options)}),
        num_bins_(num_bins),
        options_(options) {
    const auto require = [&](bool valid, const std::string& text) {
      require_argument(kName, options, valid, text);
    };
    require(num_bins > 0, "expected num_bins of at least 1, got " + std::to_string(num_bins));
    require(!options.sparse, "expected sparse = false, got true; outputs are dense");
    mode_ = with_error_prefix(layer_title(kName, options.name) + ": ", [&] {
      return output_mode_from_name(options.output_mode, {OutputMode::integer, OutputMode::one_hot});
    });
  }

  std::string class_name() const override { return kName; }
  bool takes_list(std::size_t) const override { return true; }

  TensorSpec host_spec(std::span<const TensorSpec> inputs) const override {
    if (inputs.size() < 2) {
      throw ShapeError("expected at least two inputs to cross, got " +
                       std::to_string(inputs.size()));
    }
    const Shape& first = inputs[0].shape;
    if (first.rank() > 2 || (first.rank() == 2 && first.back() != 1)) {
      throw ShapeError("expected inputs of shape (batch) or (batch, 1), got " + first.to_string());
    }
    for (const TensorSpec& input : inputs) {
      if (!input.shape.is_compatible(first)) {
        throw ShapeError("expected inputs of one shape, got " + first.to_string() + " and " +
                         input.shape.to_string());
      }
      if (input.dtype != DType::string && !is_integer(input.dtype)) {
        throw TypeError("expected strings or integers, got " + input.to_string());
      }
    }
    return {encoded_shape(first, mode_, num_bins_), dtype()};
  }

  Tensor call_on_host(const std::vector<Tensor>& inputs) const override {
    std::vector<std::uint64_t> crossed(static_cast<std::size_t>(inputs[0].size()), kKey);
    for (const Tensor& input : inputs) cross(crossed, input);
    std::vector<std::int64_t> bins;
    bins.reserve(crossed.size());
    for (const std::uint64_t hash : crossed) {
      bins.push_back(static_cast<std::int64_t>(hash % static_cast<std::uint64_t>(num_bins_)));
    }
    return encode_categories(bins, inputs[0].shape(), mode_, num_bins_, dtype());
  }

  Config get_config() const override {
    Config config = options_to_config(options_);
    config.set("name", name());
    config.set("dtype", antler::name(dtype()));
    config.set("num_bins", num_bins_);
    return config;
  }

 private:
  // A number is its own fingerprint.
  static void cross(std::vector<std::uint64_t>& crossed, const Tensor& input) {
    if (input.dtype() == DType::string) {
      const std::span<const std::string> texts = input.data<std::string>();
      for (std::size_t i = 0; i < crossed.size(); ++i) {
        crossed[i] = combine_fingerprints(crossed[i], fingerprint64(texts[i]));
      }
      return;
    }
    const Tensor whole = input.astype(DType::int64);
    const std::span<const std::int64_t> numbers = whole.data<std::int64_t>();
    for (std::size_t i = 0; i < crossed.size(); ++i) {
      crossed[i] = combine_fingerprints(crossed[i], static_cast<std::uint64_t>(numbers[i]));
    }
  }

  std::int64_t num_bins_;
  HashedCrossingOptions options_;
  OutputMode mode_ = OutputMode::integer;
};

}  // namespace

HashedCrossing::HashedCrossing(std::int64_t num_bins, const HashedCrossingOptions& options)
    : Layer(std::make_shared<HashedCrossingLayer>(num_bins, options)) {}

Layer HashedCrossing::from_config(const Config& config) {
  const auto options =
      layer_options<HashedCrossingOptions>(kName, config, {"num_bins", "trainable"});
  return HashedCrossing(required_argument<std::int64_t>(kName, config, "num_bins"), options);
}

}  // namespace antler
