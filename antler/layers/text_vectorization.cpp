#include "antler/layers/text_vectorization.h"

#include <algorithm>

#include "antler/layers/tokenizer.h"
#include "antler/layers/vocabulary_layer.h"

namespace antler {
namespace {

constexpr const char* kName = "TextVectorization";

IndexLookupOptions<std::string> lookup_options(const TextVectorizationOptions& options,
                                               std::optional<std::int64_t> vocabulary_size) {
  return {.max_tokens = options.max_tokens,
          .mask_token = "",
          .oov_token = "[UNK]",
          .vocabulary = options.vocabulary,
          .idf_weights = numbers_of(options.idf_weights),
          .output_mode = options.output_mode,
          .pad_to_max_tokens = options.pad_to_max_tokens,
          .sparse = options.sparse,
          .vocabulary_size = vocabulary_size};
}

// Categories row by row, which may differ in length.
struct Rows {
  std::vector<std::int64_t> categories;
  std::vector<std::size_t> ends;

  std::size_t longest() const {
    std::size_t longest = 0, begin = 0;
    for (const std::size_t end : ends) {
      longest = std::max(longest, end - begin);
      begin = end;
    }
    return longest;
  }
  // (rows, length): longer ones are cut, shorter ones filled.
  std::vector<std::int64_t> padded(std::size_t length, std::int64_t fill) const {
    std::vector<std::int64_t> all(ends.size() * length, fill);
    std::size_t begin = 0;
    for (std::size_t row = 0; row < ends.size(); ++row) {
      const std::size_t count = std::min(ends[row] - begin, length);
      std::copy_n(categories.begin() + static_cast<std::ptrdiff_t>(begin), count,
                  all.begin() + static_cast<std::ptrdiff_t>(row * length));
      begin = ends[row];
    }
    return all;
  }
};

class TextVectorizationLayer final : public VocabularyLayer<std::string> {
 public:
  TextVectorizationLayer(const TextVectorizationOptions& options,
                         std::optional<std::int64_t> vocabulary_size)
      : VocabularyLayer(kName, {options.name, options.dtype, options.trainable},
                        lookup_options(options, vocabulary_size)),
        options_(options),
        rules_{options.standardize, options.split, options.ngrams} {
    const auto require = [&](bool valid, const std::string& text) {
      require_argument(kName, options, valid, text);
    };
    require(!options.ragged, "expected ragged = false, got true; rows are filled up");
    const std::optional<std::int64_t>& length = options.output_sequence_length;
    require(!length || lookup().mode() == OutputMode::integer,
            "expected no output_sequence_length in output_mode \"" + options.output_mode +
                "\", got " + std::to_string(length.value_or(0)));
    require(!length || *length > 0, "expected a positive output_sequence_length, got " +
                                        std::to_string(length.value_or(0)));
    require_utf8(kName, options);
    with_error_prefix(layer_title(kName, options.name) + ": ",
                      [&] { options.ngrams.all_lengths(); });
  }

  std::string class_name() const override { return kName; }
  std::string_view inner_name() const override { return "_lookup_layer"; }

  TensorSpec host_spec(std::span<const TensorSpec> inputs) const override {
    check(inputs[0].dtype, inputs[0].shape);
    const OutputMode mode = lookup().mode();
    const Shape rows = row_shape(inputs[0].shape);
    const DType dtype = mode == OutputMode::tf_idf ? DType::float32 : DType::int64;
    if (!rules_.splits()) return {dense_spec(inputs[0].shape), dtype};
    const std::int64_t length = options_.output_sequence_length.value_or(None);
    return {ragged_shape(rows, length), dtype};
  }

  Tensor call_on_host(const std::vector<Tensor>& inputs) const override {
    lookup().require_vocabulary();
    const Tensor& texts = inputs[0];
    const Rows rows = rows_of(texts);
    const bool is_integer = lookup().mode() == OutputMode::integer;
    std::size_t length = rows.longest();
    if (options_.output_sequence_length) {
      length = static_cast<std::size_t>(*options_.output_sequence_length);
    } else if (!rules_.splits() && texts.rank() > 0) {
      length = static_cast<std::size_t>(rules_.row_length(texts.shape().back()));
    }
    const std::vector<std::int64_t> categories =
        rows.padded(length, is_integer ? 0 : IndexLookup<std::string>::kMasked);
    const auto axis = static_cast<std::int64_t>(length);
    const Shape leading = row_shape(texts.shape());
    if (!rules_.splits()) {
      const bool is_scalar = texts.rank() == 0 && !options_.output_sequence_length;
      return lookup().encode(categories,
                             is_scalar ? Shape() : leading.inserted(leading.rank(), axis));
    }
    const Shape flat = {static_cast<std::int64_t>(rows.ends.size()), axis};
    // Encoded as a plain matrix: with one row of tokens the sample would else be the batch.
    const Tensor encoded = lookup().mode() == OutputMode::one_hot
                               ? one_hot(categories, flat)
                               : lookup().encode(categories, flat);
    return encoded.reshape(ragged_shape(leading, axis));
  }

  Config get_config() const override {
    Config config = config_of(options_);
    config.set("vocabulary_size", lookup().vocabulary_size());
    return config;
  }

 protected:
  void count(const Tensor& batch, TokenCounts<std::string>& counts) const override {
    check(batch.dtype(), batch.shape());
    for_each_row(batch, [&](std::span<const std::string_view> row) { counts.add_document(row); });
  }

 private:
  void check(DType dtype, const Shape& shape) const {
    if (dtype != DType::string) {
      throw TypeError("expected strings, got " + std::string(antler::name(dtype)));
    }
    if (rules_.splits() && shape.rank() > 1 && shape.back() != 1) {
      throw ShapeError("expected texts of shape (batch) or (batch, 1), got " + shape.to_string() +
                       "; with split = nullptr each is a token");
    }
    if (!rules_.splits() && !rules_.ngrams.is_none() && shape.rank() == 0) {
      throw ShapeError("expected rows of tokens for ngrams, got a scalar");
    }
  }

  // The axes before that of tokens.
  Shape row_shape(const Shape& texts) const {
    if (texts.rank() == 0 || (rules_.splits() && texts.rank() == 1)) return texts;
    return texts.erased(texts.rank() - 1);
  }

  Shape dense_spec(const Shape& texts) const {
    Shape tokens = texts;
    if (texts.rank() > 0) tokens.set(-1, rules_.row_length(texts.back()));
    if (const auto& length = options_.output_sequence_length) {
      tokens = row_shape(texts).inserted(row_shape(texts).rank(), *length);
    }
    return encoded_shape(tokens, lookup().mode(), lookup().depth());
  }

  // Rows of `length` tokens of split texts, encoded.
  Shape ragged_shape(const Shape& rows, std::int64_t length) const {
    const OutputMode mode = lookup().mode();
    Shape shape = rows;
    if (mode == OutputMode::integer || mode == OutputMode::one_hot) {
      shape = shape.inserted(shape.rank(), length);
    }
    return mode == OutputMode::integer ? shape : shape.inserted(shape.rank(), lookup().depth());
  }

  // Without the rule that drops an axis of one token.
  Tensor one_hot(const std::vector<std::int64_t>& categories, const Shape& flat) const {
    return lookup().encode(categories, Shape{flat.size()});
  }

  template <class Use>
  void for_each_row(const Tensor& texts, const Use& use) const {
    Tokenizer tokenizer(rules_);
    const std::span<const std::string> all = texts.data<std::string>();
    const bool is_row = !rules_.splits() && texts.rank() > 0;
    const auto length = static_cast<std::size_t>(is_row ? texts.shape().back() : 1);
    for (std::size_t i = 0; i + length <= all.size() && length > 0; i += length) {
      use(tokenizer.row(all.subspan(i, length)));
    }
  }

  Rows rows_of(const Tensor& texts) const {
    Rows rows;
    for_each_row(texts, [&](std::span<const std::string_view> row) {
      for (const std::string_view token : row) {
        rows.categories.push_back(lookup().category_of(token));
      }
      rows.ends.push_back(rows.categories.size());
    });
    return rows;
  }

  TextVectorizationOptions options_;
  TokenRules rules_;
};

TextVectorizationLayer& layer_of(const TextVectorization& layer) {
  return static_cast<TextVectorizationLayer&>(layer.base());
}

}  // namespace

TextVectorization::TextVectorization(const TextVectorizationOptions& options)
    : Layer(std::make_shared<TextVectorizationLayer>(options, std::nullopt)) {}

Layer TextVectorization::from_config(const Config& config) {
  const auto options = layer_options<TextVectorizationOptions>(kName, config, {"vocabulary_size"});
  return Layer(std::make_shared<TextVectorizationLayer>(options, size_in_config(kName, config)));
}

void TextVectorization::adapt(const Tensor& texts) const { layer_of(*this).adapt(texts); }
void TextVectorization::adapt(const std::vector<Tensor>& batches) const {
  layer_of(*this).adapt(batches);
}
void TextVectorization::adapt(const Dataset& data, std::optional<std::int64_t> steps) const {
  layer_of(*this).adapt(data, steps);
}
void TextVectorization::set_vocabulary(const VocabularyArg& vocabulary,
                                       const ArrayArg& idf_weights) const {
  layer_of(*this).set_vocabulary(vocabulary, numbers_of(idf_weights));
}
std::vector<std::string> TextVectorization::get_vocabulary(bool include_special_tokens) const {
  return layer_of(*this).lookup().get_vocabulary(include_special_tokens);
}
std::int64_t TextVectorization::vocabulary_size() const {
  return layer_of(*this).lookup().vocabulary_size();
}
void TextVectorization::save_assets(const std::string& folder) const {
  save_vocabulary(layer_of(*this), folder);
}
void TextVectorization::load_assets(const std::string& folder) const {
  load_vocabulary(layer_of(*this), folder);
}

}  // namespace antler
