#include "antler/layers/integer_lookup.h"

#include "antler/core/suggest.h"
#include "antler/layers/lookup_layer.h"

namespace antler {
namespace {

constexpr const char* kName = "IntegerLookup";

IndexLookupOptions<std::int64_t> lookup_options(const IntegerLookupOptions& options,
                                                std::optional<std::int64_t> vocabulary_size) {
  return {.max_tokens = options.max_tokens,
          .num_oov_indices = options.num_oov_indices,
          .mask_token = options.mask_token,
          .oov_token = options.oov_token,
          .vocabulary = options.vocabulary,
          .idf_weights = numbers_of(options.idf_weights),
          .invert = options.invert,
          .output_mode = options.output_mode,
          .pad_to_max_tokens = options.pad_to_max_tokens,
          .sparse = options.sparse,
          .hashes_numbers = options.oov_method == "farmhash",
          .salt = options.salt,
          .vocabulary_size = vocabulary_size};
}

class IntegerLookupLayer final : public LookupLayer<std::int64_t> {
 public:
  IntegerLookupLayer(const IntegerLookupOptions& options,
                     std::optional<std::int64_t> vocabulary_size)
      : LookupLayer(kName, {options.name, options.dtype, options.trainable},
                    lookup_options(options, vocabulary_size)),
        options_(options) {
    const auto require = [&](bool valid, const std::string& text) {
      require_argument(kName, options, valid, text);
    };
    require(options.vocabulary_dtype == "int64",
            "expected vocabulary_dtype \"int64\", got \"" + options.vocabulary_dtype + "\"");
    const bool is_hashed = options.oov_method == "farmhash";
    require(is_hashed || options.oov_method == "floormod",
            unknown_name("oov_method", options.oov_method, {"floormod", "farmhash"}));
    require(is_hashed || !options.salt,
            "expected oov_method \"farmhash\" with a salt, got \"" + options.oov_method + "\"");
  }

  std::string class_name() const override { return kName; }

  Config get_config() const override {
    Config config = config_of(options_);
    config.set("vocabulary_size", to_config(lookup().frozen_size()));
    return config;
  }

 private:
  IntegerLookupOptions options_;
};

IntegerLookupLayer& layer_of(const IntegerLookup& layer) {
  return static_cast<IntegerLookupLayer&>(layer.base());
}

}  // namespace

IntegerLookup::IntegerLookup(const IntegerLookupOptions& options)
    : Layer(std::make_shared<IntegerLookupLayer>(options, std::nullopt)) {}

Layer IntegerLookup::from_config(const Config& config) {
  const auto options = layer_options<IntegerLookupOptions>(kName, config, {"vocabulary_size"});
  return Layer(std::make_shared<IntegerLookupLayer>(options, size_in_config(kName, config)));
}

void IntegerLookup::adapt(const Tensor& data) const { layer_of(*this).adapt(data); }
void IntegerLookup::adapt(const std::vector<Tensor>& batches) const {
  layer_of(*this).adapt(batches);
}
void IntegerLookup::adapt(const Dataset& data, std::optional<std::int64_t> steps) const {
  layer_of(*this).adapt(data, steps);
}
void IntegerLookup::set_vocabulary(const IntegerVocabularyArg& vocabulary,
                                   const ArrayArg& idf_weights) const {
  layer_of(*this).set_vocabulary(vocabulary, numbers_of(idf_weights));
}
std::vector<std::int64_t> IntegerLookup::get_vocabulary(bool include_special_tokens) const {
  return layer_of(*this).lookup().get_vocabulary(include_special_tokens);
}
std::int64_t IntegerLookup::vocabulary_size() const {
  return layer_of(*this).lookup().vocabulary_size();
}
void IntegerLookup::save_assets(const std::string& folder) const {
  save_vocabulary(layer_of(*this), folder);
}
void IntegerLookup::load_assets(const std::string& folder) const {
  load_vocabulary(layer_of(*this), folder);
}

}  // namespace antler
