#include "antler/layers/discretization.h"

#include <algorithm>
#include <limits>
#include <span>

#include "antler/layers/category_values.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/quantile_summary.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/creation.h"
#include "antler/ops/extrema.h"
#include "antler/ops/gather.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

// How many of the increasing `boundaries` are not above each number: a binary search in which every
// number takes the same steps. A comparison with NaN is false, so it ends behind them all.
Value bins_of(const Value& x, const std::vector<double>& boundaries) {
  std::int64_t size = 1;
  while (size <= static_cast<std::int64_t>(boundaries.size())) size *= 2;
  std::vector<double> padded = boundaries;
  padded.resize(static_cast<std::size_t>(size), std::numeric_limits<double>::infinity());
  const Value table = Tensor::from(padded).astype(x.dtype());
  Value below = ops::zeros_like(x, DType::int32);
  for (std::int64_t step = size / 2; step >= 1; step /= 2) {
    const Value is_less = x < ops::take(table, below + (step - 1), 0);
    below = ops::where(is_less, below, below + step);
  }
  return ops::minimum(below, static_cast<std::int64_t>(boundaries.size()));
}

std::vector<double> numbers_of(const ArrayArg& array) {
  const auto values = array.values().data<double>();
  return {values.begin(), values.end()};
}

class DiscretizationLayer final : public LayerBase {
 public:
  explicit DiscretizationLayer(const DiscretizationOptions& options)
      : LayerBase({options.name, options.dtype, true}), options_(options) {
    with_error_prefix(layer_title("Discretization", options.name) + ": ", [&] {
      check_options();
      if (options_.bin_boundaries) set_boundaries(options_.bin_boundaries);
    });
  }

  std::string class_name() const override { return "Discretization"; }

  Value call(const Value& x, CallContext& context) const override {
    if (!boundaries_ && !context.for_shapes()) {
      throw StateError(
          "expected bin_boundaries, got none yet; call adapt() with the training data, or give "
          "bin_boundaries");
    }
    const auto bins = static_cast<std::size_t>(options_.num_bins.value_or(1));
    const std::vector<double> boundaries = boundaries_.value_or(std::vector<double>(bins - 1));
    const Value numbers = is_floating(x.dtype()) ? x : ops::cast(x, DType::float32);
    return encode_categories(bins_of(numbers, boundaries), mode_,
                             static_cast<std::int64_t>(boundaries.size()) + 1, dtype());
  }

  // Keras' constructor does not take `trainable`.
  Config get_config() const override {
    DiscretizationOptions written = options_;
    written.name = name();
    written.output_mode = antler::name(mode_);
    Config config = options_to_config(written);
    if (boundaries_) config.set("bin_boundaries", Config(*boundaries_));
    config.set("dtype", antler::name(dtype()));
    return config;
  }

  void set_boundaries(const ArrayArg& boundaries) {
    if (boundaries.shape().rank() != 1) {
      throw ValueError("expected bin_boundaries as a list of numbers, got shape " +
                       boundaries.shape().to_string());
    }
    const std::vector<double> numbers = numbers_of(boundaries);
    for (std::size_t i = 0; i + 1 < numbers.size(); ++i) {
      if (numbers[i] <= numbers[i + 1]) continue;
      throw ValueError("expected increasing bin_boundaries, got " + Config(numbers[i]).to_string() +
                       " before " + Config(numbers[i + 1]).to_string() + "; sort them");
    }
    boundaries_ = numbers;
  }

  void adapt(std::span<const Tensor> batches) {
    if (!options_.num_bins) {
      throw StateError(error_prefix() +
                       "has the bin_boundaries it was given; give num_bins instead to call "
                       "adapt()");
    }
    with_error_prefix(error_prefix(), [&] {
      if (std::all_of(batches.begin(), batches.end(), [](const Tensor& b) { return !b; })) {
        throw ValueError("expected data to adapt to, got none");
      }
      QuantileSummary summary(options_.epsilon);
      for (const Tensor& batch : batches) summary.add(batch);
      const std::vector<float> found = summary.boundaries(*options_.num_bins);
      boundaries_ = std::vector<double>(found.begin(), found.end());
    });
  }

  const std::optional<std::vector<double>>& boundaries() const { return boundaries_; }

 private:
  void check_options() {
    mode_ = output_mode_from_name(options_.output_mode, {OutputMode::integer, OutputMode::one_hot,
                                                         OutputMode::multi_hot, OutputMode::count});
    if (options_.sparse) {
      throw ValueError("expected sparse = false, got true; there are no sparse tensors");
    }
    const bool has_boundaries = static_cast<bool>(options_.bin_boundaries);
    if (has_boundaries == options_.num_bins.has_value()) {
      throw ValueError(std::string("expected bin_boundaries or num_bins, got ") +
                       (has_boundaries ? "both" : "neither") +
                       "; give num_bins and call adapt(), or the boundaries");
    }
    if (options_.num_bins.value_or(1) < 1) {
      throw ValueError("expected num_bins of at least 1, got " +
                       std::to_string(*options_.num_bins));
    }
    if (!(options_.epsilon > 0 && options_.epsilon <= 1)) {
      throw ValueError("expected epsilon in (0, 1], got " + Config(options_.epsilon).to_string());
    }
  }

  DiscretizationOptions options_;
  OutputMode mode_ = OutputMode::integer;
  std::optional<std::vector<double>> boundaries_;
};

DiscretizationLayer& self(const Discretization& layer) {
  return static_cast<DiscretizationLayer&>(layer.base());
}

}  // namespace

Discretization::Discretization(const DiscretizationOptions& options)
    : Layer(std::make_shared<DiscretizationLayer>(options)) {}

// An adapted one has both num_bins and the boundaries that were found.
Layer Discretization::from_config(const Config& config) {
  auto options = layer_options<DiscretizationOptions>("Discretization", config);
  const Config* given = config.find("bin_boundaries");
  if (!options.num_bins || given == nullptr || given->is_null()) return Discretization(options);
  const ArrayArg found = options.bin_boundaries;
  options.bin_boundaries = {};
  const Discretization layer(options);
  with_error_prefix(layer.base().error_prefix(), [&] { self(layer).set_boundaries(found); });
  return layer;
}

void Discretization::adapt(const Tensor& data) const { self(*this).adapt(std::span(&data, 1)); }

void Discretization::adapt(const std::vector<Tensor>& batches) const { self(*this).adapt(batches); }

std::vector<double> Discretization::bin_boundaries() const {
  return self(*this).boundaries().value_or(std::vector<double>());
}

}  // namespace antler
