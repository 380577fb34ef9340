#pragma once

#include <span>
#include <string>
#include <vector>

#include "antler/layers/vocabulary_layer.h"

namespace antler {

/// What StringLookup and IntegerLookup are: each element of the input is a token, or with `invert`
/// an index.
template <class Token>
class LookupLayer : public VocabularyLayer<Token> {
 public:
  using VocabularyLayer<Token>::VocabularyLayer;
  using VocabularyLayer<Token>::lookup;

  DType input_dtype() const override { return lookup().inverts() ? DType::int64 : dtype_of<Token>; }

  TensorSpec host_spec(std::span<const TensorSpec> inputs) const override {
    const TensorSpec& input = inputs[0];
    const bool takes_texts = input_dtype() == DType::string;
    if (takes_texts != (input.dtype == DType::string)) {
      throw TypeError(std::string("expected ") + (takes_texts ? "strings" : "numbers") + ", got " +
                      input.to_string());
    }
    if (lookup().inverts()) return {input.shape, dtype_of<Token>};
    return {encoded_shape(input.shape, lookup().mode(), lookup().depth()),
            lookup().mode() == OutputMode::tf_idf ? DType::float32 : DType::int64};
  }

  Tensor call_on_host(const std::vector<Tensor>& inputs) const override {
    lookup().require_vocabulary();
    return lookup().inverts() ? tokens_of(inputs[0]) : indices_of(inputs[0]);
  }

 protected:
  void count(const Tensor& batch, TokenCounts<Token>& counts) const override {
    if ((batch.dtype() == DType::string) != (dtype_of<Token> == DType::string)) {
      throw TypeError("expected " + std::string(antler::name(dtype_of<Token>)) + " data, got " +
                      std::string(antler::name(batch.dtype())));
    }
    const Tensor elements =
        batch.dtype() == dtype_of<Token> ? batch : batch.astype(dtype_of<Token>);
    const std::span<const Token> data = elements.template data<Token>();
    const std::vector<TokenView<Token>> tokens(data.begin(), data.end());
    const std::int64_t documents = batch.rank() < 2 ? 1 : batch.length();
    const std::size_t length =
        documents == 0 ? 0 : tokens.size() / static_cast<std::size_t>(documents);
    for (std::int64_t i = 0; i < documents; ++i) {
      counts.add_document(std::span(tokens).subspan(static_cast<std::size_t>(i) * length, length));
    }
  }

 private:
  Tensor indices_of(const Tensor& input) const {
    const Tensor elements =
        input.dtype() == dtype_of<Token> ? input : input.astype(dtype_of<Token>);
    const std::span<const Token> tokens = elements.template data<Token>();
    std::vector<std::int64_t> categories(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      categories[i] = lookup().category_of(tokens[i]);
      if (categories[i] == IndexLookup<Token>::kNoIndex) {
        IndexLookup<Token>::refuse(tokens[i], static_cast<std::int64_t>(i), input.shape());
      }
    }
    return lookup().encode(categories, input.shape());
  }

  Tensor tokens_of(const Tensor& input) const {
    const Tensor indices = input.astype(DType::int64);
    std::vector<Token> tokens;
    tokens.reserve(static_cast<std::size_t>(indices.size()));
    for (const std::int64_t index : indices.data<std::int64_t>()) {
      tokens.push_back(lookup().token_of(index));
    }
    return Tensor::from(tokens, input.shape());
  }
};

}  // namespace antler
