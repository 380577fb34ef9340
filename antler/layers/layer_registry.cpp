#include "antler/layers/layer_registry.h"

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/core/serialized.h"
#include "antler/core/suggest.h"
#include "antler/layers/activation.h"
#include "antler/layers/activity_regularization.h"
#include "antler/layers/adaptive_pooling.h"
#include "antler/layers/attention.h"
#include "antler/layers/batch_normalization.h"
#include "antler/layers/category_encoding.h"
#include "antler/layers/concatenate.h"
#include "antler/layers/conv_lstm.h"
#include "antler/layers/conv_transpose.h"
#include "antler/layers/convolution.h"
#include "antler/layers/cropping.h"
#include "antler/layers/dense.h"
#include "antler/layers/depthwise_conv.h"
#include "antler/layers/discretization.h"
#include "antler/layers/dot.h"
#include "antler/layers/dropout.h"
#include "antler/layers/einsum_dense.h"
#include "antler/layers/elu.h"
#include "antler/layers/embedding.h"
#include "antler/layers/flatten.h"
#include "antler/layers/global_pooling.h"
#include "antler/layers/hashed_crossing.h"
#include "antler/layers/hashing.h"
#include "antler/layers/identity.h"
#include "antler/layers/input.h"
#include "antler/layers/integer_lookup.h"
#include "antler/layers/lambda.h"
#include "antler/layers/layer_normalization.h"
#include "antler/layers/leaky_relu.h"
#include "antler/layers/masking.h"
#include "antler/layers/merging.h"
#include "antler/layers/multi_head_attention.h"
#include "antler/layers/noise.h"
#include "antler/layers/normalization.h"
#include "antler/layers/permute.h"
#include "antler/layers/pipeline.h"
#include "antler/layers/pooling.h"
#include "antler/layers/prelu.h"
#include "antler/layers/random_color.h"
#include "antler/layers/random_crop.h"
#include "antler/layers/random_geometry.h"
#include "antler/layers/recurrent.h"
#include "antler/layers/relu.h"
#include "antler/layers/repeat_vector.h"
#include "antler/layers/rescaling.h"
#include "antler/layers/reshape.h"
#include "antler/layers/resizing.h"
#include "antler/layers/reversible_embedding.h"
#include "antler/layers/separable_conv.h"
#include "antler/layers/softmax.h"
#include "antler/layers/spatial_dropout.h"
#include "antler/layers/spectral_normalization.h"
#include "antler/layers/string_lookup.h"
#include "antler/layers/text_vectorization.h"
#include "antler/layers/up_sampling.h"
#include "antler/layers/wrapper.h"
#include "antler/layers/wrappers.h"
#include "antler/layers/zero_padding.h"

namespace antler {

template class ItemList<CustomObjects::value_type>;

namespace {

struct Entry {
  std::string_view class_name;
  Layer (*from_config)(const Config& config) = nullptr;
  Layer (*wrapper_from_config)(const Config& config, const CustomObjects& custom) = nullptr;
};

// To add a layer: its files in this folder, and a line here.
constexpr Entry kLayers[] = {
    {"Activation", Activation::from_config},
    {"ActivityRegularization", ActivityRegularization::from_config},
    {"AdaptiveAveragePooling1D", AdaptiveAveragePooling1D::from_config},
    {"AdaptiveAveragePooling2D", AdaptiveAveragePooling2D::from_config},
    {"AdaptiveAveragePooling3D", AdaptiveAveragePooling3D::from_config},
    {"AdaptiveMaxPooling1D", AdaptiveMaxPooling1D::from_config},
    {"AdaptiveMaxPooling2D", AdaptiveMaxPooling2D::from_config},
    {"AdaptiveMaxPooling3D", AdaptiveMaxPooling3D::from_config},
    {"Add", Add::from_config},
    {"AdditiveAttention", AdditiveAttention::from_config},
    {"AlphaDropout", AlphaDropout::from_config},
    {"Attention", Attention::from_config},
    {"Average", Average::from_config},
    {"AveragePooling1D", AveragePooling1D::from_config},
    {"AveragePooling2D", AveragePooling2D::from_config},
    {"AveragePooling3D", AveragePooling3D::from_config},
    {"BatchNormalization", BatchNormalization::from_config},
    {"Bidirectional", nullptr, bidirectional_from_config},
    {"CategoryEncoding", CategoryEncoding::from_config},
    {"CenterCrop", CenterCrop::from_config},
    {"Concatenate", Concatenate::from_config},
    {"Conv1D", Conv1D::from_config},
    {"Conv1DTranspose", Conv1DTranspose::from_config},
    {"Conv2D", Conv2D::from_config},
    {"Conv2DTranspose", Conv2DTranspose::from_config},
    {"Conv3D", Conv3D::from_config},
    {"Conv3DTranspose", Conv3DTranspose::from_config},
    {"ConvLSTM1D", ConvLSTM1D::from_config},
    {"ConvLSTM2D", ConvLSTM2D::from_config},
    {"ConvLSTM3D", ConvLSTM3D::from_config},
    {"Cropping1D", Cropping1D::from_config},
    {"Cropping2D", Cropping2D::from_config},
    {"Cropping3D", Cropping3D::from_config},
    {"Dense", Dense::from_config},
    {"DepthwiseConv1D", DepthwiseConv1D::from_config},
    {"DepthwiseConv2D", DepthwiseConv2D::from_config},
    {"Discretization", Discretization::from_config},
    {"Dot", Dot::from_config},
    {"Dropout", Dropout::from_config},
    {"ELU", ELU::from_config},
    {"EinsumDense", EinsumDense::from_config},
    {"Embedding", Embedding::from_config},
    {"Flatten", Flatten::from_config},
    {"GRU", GRU::from_config},
    {"GRUCell", GRUCell::from_config},
    {"GaussianDropout", GaussianDropout::from_config},
    {"GaussianNoise", GaussianNoise::from_config},
    {"GlobalAveragePooling1D", GlobalAveragePooling1D::from_config},
    {"GlobalAveragePooling2D", GlobalAveragePooling2D::from_config},
    {"GlobalAveragePooling3D", GlobalAveragePooling3D::from_config},
    {"GlobalMaxPooling1D", GlobalMaxPooling1D::from_config},
    {"GlobalMaxPooling2D", GlobalMaxPooling2D::from_config},
    {"GlobalMaxPooling3D", GlobalMaxPooling3D::from_config},
    {"GroupNormalization", GroupNormalization::from_config},
    {"GroupQueryAttention", GroupQueryAttention::from_config},
    {"HashedCrossing", HashedCrossing::from_config},
    {"Hashing", Hashing::from_config},
    {"Identity", Identity::from_config},
    {"InputLayer", InputLayer::from_config},
    {"IntegerLookup", IntegerLookup::from_config},
    {"LSTM", LSTM::from_config},
    {"LSTMCell", LSTMCell::from_config},
    {"Lambda", Lambda::from_config},
    {"LayerNormalization", LayerNormalization::from_config},
    {"LeakyReLU", LeakyReLU::from_config},
    {"Masking", Masking::from_config},
    {"MaxPooling1D", MaxPooling1D::from_config},
    {"MaxPooling2D", MaxPooling2D::from_config},
    {"MaxPooling3D", MaxPooling3D::from_config},
    {"Maximum", Maximum::from_config},
    {"Minimum", Minimum::from_config},
    {"MultiHeadAttention", MultiHeadAttention::from_config},
    {"Multiply", Multiply::from_config},
    {"Normalization", Normalization::from_config},
    {"PReLU", PReLU::from_config},
    {"Permute", Permute::from_config},
    {"Pipeline", nullptr, pipeline_from_config},
    {"RMSNormalization", RMSNormalization::from_config},
    {"RNN", nullptr, rnn_from_config},
    {"RandomBrightness", RandomBrightness::from_config},
    {"RandomContrast", RandomContrast::from_config},
    {"RandomCrop", RandomCrop::from_config},
    {"RandomFlip", RandomFlip::from_config},
    {"RandomRotation", RandomRotation::from_config},
    {"RandomTranslation", RandomTranslation::from_config},
    {"RandomZoom", RandomZoom::from_config},
    {"ReLU", ReLU::from_config},
    {"RepeatVector", RepeatVector::from_config},
    {"Rescaling", Rescaling::from_config},
    {"Reshape", Reshape::from_config},
    {"Resizing", Resizing::from_config},
    {"ReversibleEmbedding", ReversibleEmbedding::from_config},
    {"SeparableConv1D", SeparableConv1D::from_config},
    {"SeparableConv2D", SeparableConv2D::from_config},
    {"SimpleRNN", SimpleRNN::from_config},
    {"SimpleRNNCell", SimpleRNNCell::from_config},
    {"Softmax", Softmax::from_config},
    {"SpatialDropout1D", SpatialDropout1D::from_config},
    {"SpatialDropout2D", SpatialDropout2D::from_config},
    {"SpatialDropout3D", SpatialDropout3D::from_config},
    {"SpectralNormalization", nullptr, spectral_normalization_from_config},
    {"StackedRNNCells", nullptr, stacked_rnn_cells_from_config},
    {"StringLookup", StringLookup::from_config},
    {"Subtract", Subtract::from_config},
    {"TextVectorization", TextVectorization::from_config},
    {"TimeDistributed", nullptr, time_distributed_from_config},
    {"UnitNormalization", UnitNormalization::from_config},
    {"UpSampling1D", UpSampling1D::from_config},
    {"UpSampling2D", UpSampling2D::from_config},
    {"UpSampling3D", UpSampling3D::from_config},
    {"Wrapper", nullptr, wrapper_from_config},
    {"ZeroPadding1D", ZeroPadding1D::from_config},
    {"ZeroPadding2D", ZeroPadding2D::from_config},
    {"ZeroPadding3D", ZeroPadding3D::from_config},
};

const Entry* find_built_in(std::string_view class_name) {
  for (const Entry& entry : kLayers) {
    if (entry.class_name == class_name) return &entry;
  }
  return nullptr;
}

// What antler/models makes, as Keras writes it: such a model may stand inside a wrapper.
struct ModelClass {
  std::string_view class_name;
  std::string_view module;
  std::string_view registered_name;
};
constexpr ModelClass kModels[] = {
    {"Functional", "keras.src.models.functional", "Functional"},
    {"Sequential", "keras", ""},
};

const ModelClass* find_model(std::string_view class_name) {
  for (const ModelClass& entry : kModels) {
    if (entry.class_name == class_name) return &entry;
  }
  return nullptr;
}

const LayerFactory* find_custom(const SerializedObject& object, const CustomObjects& custom) {
  for (const std::string& name : {object.registered_name, object.class_name}) {
    // Among the custom objects of a model's reader: they stand for no other class.
    if (name != object.class_name && find_model(name) != nullptr) continue;
    const auto found = custom.find(name);
    if (found != custom.end()) return &found->second;
  }
  return nullptr;
}

Layer make_custom(const SerializedObject& object, const LayerFactory& factory) {
  const Layer layer = factory(object.config);
  if (!layer) {
    throw ValueError(object.class_name +
                     ": expected a layer from its factory, got an empty handle");
  }
  const Config* name = object.config.find("name");
  if (layer.name().empty() && name != nullptr && name->is_string()) {
    layer.base().set_name(name->as_string());
  }
  const Config* trainable = object.config.find("trainable");
  if (trainable != nullptr && trainable->is_bool() && !trainable->as_bool()) {
    layer.set_trainable(false);
  }
  return layer;
}

[[noreturn]] void unknown_layer(const SerializedObject& object, const CustomObjects& custom) {
  std::vector<std::string_view> names;
  for (const auto& [name, factory] : custom) names.push_back(name);
  if (!object.registered_name.empty()) {
    const std::string near = nearest_name(object.class_name, names);
    throw ValueError("unknown layer \"" + object.class_name +
                     "\"; a class of your own comes by custom_objects" +
                     (near.empty() ? "" : ", which has \"" + near + "\""));
  }
  for (const Entry& entry : kLayers) names.push_back(entry.class_name);
  throw ValueError(unknown_name("layer", object.class_name, names));
}

// One shape, a list of them, or one for each argument of call().
std::vector<Shape> shapes_in(const Config& build_config) {
  std::vector<Shape> shapes;
  const auto add = [&](const Config& shape) { from_config(shape, shapes.emplace_back()); };
  if (const Config* by_argument = build_config.find("shapes_dict")) {
    for (const auto& [argument, shape] : by_argument->as_map()) add(shape);
  } else if (const Config* shape = build_config.find("input_shape");
             shape != nullptr && !shape->is_null()) {
    const Config::List& list = shape->as_list();
    if (list.empty() || !list.front().is_list()) {
      add(*shape);
    } else {
      for (const Config& element : list) add(element);
    }
  }
  return shapes;
}

}  // namespace

Layer layer_from_config(const Config& serialized, const CustomObjects& custom) {
  const SerializedObject object = parse_serialized("layer", serialized);
  const LayerFactory* factory = find_custom(object, custom);
  const Entry* entry = find_built_in(object.class_name);
  if (factory == nullptr && entry == nullptr) unknown_layer(object, custom);
  const Layer layer = factory != nullptr ? make_custom(object, *factory)
                      : entry->from_config != nullptr
                          ? entry->from_config(object.config)
                          : entry->wrapper_from_config(object.config, custom);
  const Config* build_config = serialized.find("build_config");
  if (build_config == nullptr || layer.is_built() || layer.base().is_model()) return layer;
  const std::vector<Shape> shapes = with_error_prefix(
      layer.base().error_prefix() + "build_config: ", [&] { return shapes_in(*build_config); });
  if (!shapes.empty()) layer.base().ensure_built(shapes);
  return layer;
}

std::vector<std::string_view> layer_classes() {
  std::vector<std::string_view> names;
  for (const Entry& entry : kLayers) names.push_back(entry.class_name);
  return names;
}

Config layer_to_config(const Layer& layer) {
  Config config = layer.get_config();
  const ModelClass* model = layer.base().is_model() ? find_model(layer.class_name()) : nullptr;
  if (model != nullptr) {
    Config object = serialized(model->module, model->class_name, std::move(config));
    if (!model->registered_name.empty()) object.set("registered_name", model->registered_name);
    return object;
  }
  if (layer.name().empty()) config.set("name", layer.base().shown_name());
  Config object = serialized("keras.layers", layer.class_name(), std::move(config));
  if (find_built_in(layer.class_name()) == nullptr) {
    object.set("module", nullptr);
    object.set("registered_name", layer.class_name());
  }
  Config build_config = layer.base().get_build_config();
  if (!build_config.is_null()) object.set("build_config", std::move(build_config));
  return object;
}

}  // namespace antler
