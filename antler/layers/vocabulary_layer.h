#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/core/callable.h"
#include "antler/core/error.h"
#include "antler/data/dataset.h"
#include "antler/layers/array_arg.h"
#include "antler/layers/host_layer.h"
#include "antler/layers/index_lookup.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/vocabulary_holder.h"

// What StringLookup, IntegerLookup and TextVectorization share as layers.
namespace antler {

/// Calls `use` with x of each batch of an epoch, `steps` at most.
void for_each_batch(const Dataset& data, std::optional<std::int64_t> steps,
                    const Callable<void(const Tensor& x)>& use);

/// "vocabulary_size" of a layer's config, which says how large a vocabulary comes as an asset.
std::optional<std::int64_t> size_in_config(std::string_view class_name, const Config& config);

/// The numbers of an argument, in order; none when it is empty.
std::vector<double> numbers_of(const ArrayArg& numbers);

/// Strings are UTF-8 everywhere. Errors: ValueError for another encoding.
template <class Options>
void require_utf8(std::string_view class_name, const Options& options) {
  const std::string& name = options.encoding;
  require_argument(class_name, options, name == "utf-8" || name == "UTF-8" || name == "utf8",
                   "expected encoding \"utf-8\", got \"" + name + "\"; strings are UTF-8");
}

/// A layer that holds an IndexLookup and learns its vocabulary.
template <class Token>
class VocabularyLayer : public HostLayer, public VocabularyHolder {
 public:
  VocabularyLayer(std::string_view class_name, const LayerCommon& common,
                  const IndexLookupOptions<Token>& options)
      : HostLayer(common),
        lookup_(with_error_prefix(layer_title(class_name, common.name) + ": ",
                                  [&] { return IndexLookup<Token>(options); })) {}

  const IndexLookup<Token>& lookup() const { return lookup_; }

  void set_vocabulary(const BasicVocabularyArg<Token>& vocabulary,
                      const std::vector<double>& idf_weights) {
    with_error_prefix(error_prefix(), [&] { lookup_.set_vocabulary(vocabulary, idf_weights); });
  }
  /// Examples that are there at once: of rank 1 each is a document.
  void adapt(const Tensor& data) {
    const bool is_flat = data.rank() == 1;
    learn([&](const auto& add) { add(is_flat ? data.reshape({data.length(), 1}) : data); });
  }
  /// A batch of rank 1 is one document, unless texts are split: as in Keras.
  void adapt(const std::vector<Tensor>& batches) {
    learn([&](const auto& add) {
      for (const Tensor& batch : batches) add(batch);
    });
  }
  void adapt(const Dataset& data, std::optional<std::int64_t> steps) {
    learn([&](const auto& add) { for_each_batch(data, steps, add); });
  }

  bool has_vocabulary_file() const override { return lookup_.has_asset(); }
  std::optional<std::string> vocabulary_text() const override { return lookup_.asset(); }
  void load_vocabulary_text(std::string_view text) override { lookup_.load_asset(text); }
  const std::vector<float>& idf_weights() const override { return lookup_.idf_weights(); }
  bool has_idf_weights() const override { return lookup_.mode() == OutputMode::tf_idf; }
  void set_idf_weights(std::vector<float> weights) override {
    lookup_.set_idf_weights(std::move(weights));
  }

 protected:
  /// Counts the documents of a batch.
  virtual void count(const Tensor& batch, TokenCounts<Token>& counts) const = 0;

  /// The options, and the vocabulary where the config has it.
  template <class Options>
  Config config_of(const Options& options) const {
    Config config = HostLayer::get_config();
    Options::visit(options, [&](std::string_view key, const auto& field) {
      if (config.contains(key)) return;
      with_error_prefix(error_prefix(), [&] { config.set(key, to_config(field)); });
    });
    config.set("vocabulary", to_config(lookup_.config_vocabulary()));
    const std::vector<double> idf = lookup_.config_idf_weights();
    config.set("idf_weights", idf.empty() ? Config() : Config(idf));
    return config;
  }

 private:
  template <class Feed>
  void learn(const Feed& feed) {
    with_error_prefix(error_prefix(), [&] {
      lookup_.require_adaptable();
      TokenCounts<Token> counts;
      feed([&](const Tensor& batch) { count(batch, counts); });
      if (counts.documents() == 0) throw ValueError("expected data to adapt to, got none");
      lookup_.learn(counts);
    });
  }

  IndexLookup<Token> lookup_;
};

}  // namespace antler
