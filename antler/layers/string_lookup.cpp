#include "antler/layers/string_lookup.h"

#include "antler/layers/lookup_layer.h"

namespace antler {
namespace {

constexpr const char* kName = "StringLookup";

IndexLookupOptions<std::string> lookup_options(const StringLookupOptions& options,
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
          .salt = options.salt,
          .vocabulary_size = vocabulary_size};
}

class StringLookupLayer final : public LookupLayer<std::string> {
 public:
  StringLookupLayer(const StringLookupOptions& options, std::optional<std::int64_t> vocabulary_size)
      : LookupLayer(kName, {options.name, options.dtype, options.trainable},
                    lookup_options(options, vocabulary_size)),
        options_(options) {
    require_utf8(kName, options);
  }

  std::string class_name() const override { return kName; }

  Config get_config() const override {
    Config config = config_of(options_);
    config.set("vocabulary_size", to_config(lookup().frozen_size()));
    return config;
  }

 private:
  StringLookupOptions options_;
};

StringLookupLayer& layer_of(const StringLookup& layer) {
  return static_cast<StringLookupLayer&>(layer.base());
}

}  // namespace

StringLookup::StringLookup(const StringLookupOptions& options)
    : Layer(std::make_shared<StringLookupLayer>(options, std::nullopt)) {}

Layer StringLookup::from_config(const Config& config) {
  const auto options =
      layer_options<StringLookupOptions>(kName, config, {"vocabulary_size", "oov_method"});
  return Layer(std::make_shared<StringLookupLayer>(options, size_in_config(kName, config)));
}

void StringLookup::adapt(const Tensor& data) const { layer_of(*this).adapt(data); }
void StringLookup::adapt(const std::vector<Tensor>& batches) const {
  layer_of(*this).adapt(batches);
}
void StringLookup::adapt(const Dataset& data, std::optional<std::int64_t> steps) const {
  layer_of(*this).adapt(data, steps);
}
void StringLookup::set_vocabulary(const VocabularyArg& vocabulary,
                                  const ArrayArg& idf_weights) const {
  layer_of(*this).set_vocabulary(vocabulary, numbers_of(idf_weights));
}
std::vector<std::string> StringLookup::get_vocabulary(bool include_special_tokens) const {
  return layer_of(*this).lookup().get_vocabulary(include_special_tokens);
}
std::int64_t StringLookup::vocabulary_size() const {
  return layer_of(*this).lookup().vocabulary_size();
}
void StringLookup::save_assets(const std::string& folder) const {
  save_vocabulary(layer_of(*this), folder);
}
void StringLookup::load_assets(const std::string& folder) const {
  load_vocabulary(layer_of(*this), folder);
}

}  // namespace antler
