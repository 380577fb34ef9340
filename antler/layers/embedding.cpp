#include "antler/layers/embedding.h"

#include "antler/layers/embedding_layer.h"

namespace antler {
namespace {

class EmbeddingLayer final : public EmbeddingLayerBase<EmbeddingOptions> {
 public:
  EmbeddingLayer(std::int64_t input_dim, std::int64_t output_dim, const EmbeddingOptions& options)
      : EmbeddingLayerBase("Embedding", input_dim, output_dim, options) {
    const Shape shape{input_dim, output_dim};
    if (options.weights && options.weights.shape() != shape) {
      throw ShapeError(layer_title("Embedding", options.name) + ": expected weights " +
                       shape.to_string() + ", got " + options.weights.shape().to_string());
    }
  }

  void build(const Shape& input) override {
    EmbeddingLayerBase::build(input);
    if (!options().weights) return;
    Variable table = embeddings();
    table.assign(options().weights.astype(table.dtype()));
  }

  Value call(const Value& x, CallContext&) const override { return look_up(x); }

  Value compute_mask(const std::vector<Value>& inputs, const CallContext&) const override {
    return padding_mask(inputs[0]);
  }
};

}  // namespace

Embedding::Embedding(std::int64_t input_dim, std::int64_t output_dim,
                     const EmbeddingOptions& options)
    : Layer(std::make_shared<EmbeddingLayer>(input_dim, output_dim, options)) {}

Layer Embedding::from_config(const Config& config) {
  return embedding_from_config<Embedding, EmbeddingOptions>("Embedding", config);
}

}  // namespace antler
