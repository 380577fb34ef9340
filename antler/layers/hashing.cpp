#include "antler/layers/hashing.h"

#include <span>
#include <vector>

#include "antler/core/convert_element.h"
#include "antler/core/visit_dtype.h"
#include "antler/layers/category_output.h"
#include "antler/layers/host_layer.h"
#include "antler/layers/layer_with_options.h"

namespace antler {
namespace {

constexpr const char* kName = "Hashing";

DTypeArg dtype_of_output(const HashingOptions& options) {
  return options.dtype.value_or(options.output_mode == "int" ? DType::int64 : DType::float32);
}

class HashingLayer final : public HostLayer {
 public:
  HashingLayer(std::int64_t num_bins, const HashingOptions& options)
      : HostLayer({options.name, dtype_of_output(options), options.trainable}),
        num_bins_(num_bins),
        options_(options) {
    const auto require = [&](bool valid, const std::string& text) {
      require_argument(kName, options, valid, text);
    };
    require(num_bins > 0, "expected num_bins of at least 1, got " + std::to_string(num_bins));
    require(!options.sparse, "expected sparse = false, got true; outputs are dense");
    mode_ = with_error_prefix(layer_title(kName, options.name) + ": ", [&] {
      return output_mode_from_name(options.output_mode, {OutputMode::integer, OutputMode::one_hot,
                                                         OutputMode::multi_hot, OutputMode::count});
    });
    require(mode_ != OutputMode::integer || dtype() == DType::int32 || dtype() == DType::int64,
            "expected dtype \"int32\" or \"int64\" in output_mode \"int\", got \"" +
                std::string(antler::name(dtype())) + "\"");
  }

  std::string class_name() const override { return kName; }

  TensorSpec host_spec(std::span<const TensorSpec> inputs) const override {
    check_mask(inputs[0].dtype);
    return {encoded_shape(sample_shape(inputs[0].shape), mode_, num_bins_), dtype()};
  }

  Tensor call_on_host(const std::vector<Tensor>& inputs) const override {
    const std::vector<std::int64_t> bins = inputs[0].dtype() == DType::string
                                               ? bins_of_texts(inputs[0].data<std::string>())
                                               : bins_of_numbers(inputs[0]);
    return encode_categories(bins, sample_shape(inputs[0].shape()), mode_, num_bins_, dtype());
  }

  Config get_config() const override {
    Config config = HostLayer::get_config();
    config.set("num_bins", num_bins_);
    HashingOptions::visit(options_, [&](std::string_view key, const auto& field) {
      if (!config.contains(key)) config.set(key, to_config(field));
    });
    return config;
  }

 private:
  void check_mask(DType dtype) const {
    const TokenArg& mask = options_.mask_value;
    if (!mask || mask.text().has_value() == (dtype == DType::string)) return;
    throw TypeError(std::string("expected ") + (mask.text() ? "strings" : "numbers") +
                    " as mask_value is one, got " + std::string(antler::name(dtype)));
  }

  // Keras drops a last axis of 1 before it encodes, and then one more.
  Shape sample_shape(const Shape& input) const {
    const bool drops = mode_ == OutputMode::one_hot && input.rank() > 0 && input.back() == 1;
    return drops ? input.erased(input.rank() - 1) : input;
  }

  // With a mask_value bin 0 is its own, where there is another.
  bool reserves_bin() const { return options_.mask_value && num_bins_ > 1; }
  std::int64_t bin_of(std::string_view text) const {
    const std::int64_t first = reserves_bin() ? 1 : 0;
    return first + options_.salt.bin_of(text, num_bins_ - first);
  }

  std::vector<std::int64_t> bins_of_texts(std::span<const std::string> texts) const {
    std::vector<std::int64_t> bins;
    bins.reserve(texts.size());
    for (const std::string& text : texts) {
      bins.push_back(reserves_bin() && text == options_.mask_value.text() ? 0 : bin_of(text));
    }
    return bins;
  }

  // A float is the mask only as it stands: 7.5 is not 7.
  std::vector<std::int64_t> bins_of_numbers(const Tensor& input) const {
    std::vector<std::int64_t> bins;
    bins.reserve(static_cast<std::size_t>(input.size()));
    visit_dtype(input.dtype(), [&](auto zero) {
      using T = decltype(zero);
      for (const T number : input.data<T>()) {
        const bool is_mask = reserves_bin() && is_number(number, *options_.mask_value.number());
        bins.push_back(is_mask ? 0 : bin_of(digits_of(number)));
      }
    });
    return bins;
  }

  template <class T>
  static bool is_number(T number, std::int64_t wanted) {
    const auto whole = convert_element<std::int64_t>(number);
    return whole == wanted && static_cast<T>(whole) == number;
  }

  template <class T>
  static std::string digits_of(T number) {
    if constexpr (std::is_same_v<T, bool>) {
      return number ? "true" : "false";
    } else {
      return std::to_string(convert_element<std::int64_t>(number));
    }
  }

  std::int64_t num_bins_;
  HashingOptions options_;
  OutputMode mode_ = OutputMode::integer;
};

}  // namespace

Hashing::Hashing(std::int64_t num_bins, const HashingOptions& options)
    : Layer(std::make_shared<HashingLayer>(num_bins, options)) {}

Layer Hashing::from_config(const Config& config) {
  const auto options = layer_options<HashingOptions>(kName, config, {"num_bins"});
  return Hashing(required_argument<std::int64_t>(kName, config, "num_bins"), options);
}

}  // namespace antler
