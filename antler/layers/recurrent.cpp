#include "antler/layers/recurrent.h"

#include "antler/core/options.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/recurrent_layer.h"
#include "antler/layers/wrappers.h"

namespace antler {
namespace {

template <class Options>
LayerCommon common_of(const Options& options) {
  return {options.name, options.dtype, options.trainable, options.activity_regularizer};
}

// The keys of a layer's config beyond those of every layer.
template <class Options>
Config arguments_of(const Options& options) {
  Config config = Config::map();
  Options::visit(options, [&](std::string_view key, const auto& field) {
    const bool is_common =
        key == "name" || key == "trainable" || key == "dtype" || key == "activity_regularizer";
    if (!is_common) config.set(key, to_config(field));
  });
  return config;
}

template <class CellOptions, class Options>
CellOptions shared_options(const Options& options) {
  CellOptions cell;
  cell.activation = options.activation;
  cell.use_bias = options.use_bias;
  cell.kernel_initializer = options.kernel_initializer;
  cell.recurrent_initializer = options.recurrent_initializer;
  cell.bias_initializer = options.bias_initializer;
  cell.kernel_regularizer = options.kernel_regularizer;
  cell.recurrent_regularizer = options.recurrent_regularizer;
  cell.bias_regularizer = options.bias_regularizer;
  cell.kernel_constraint = options.kernel_constraint;
  cell.recurrent_constraint = options.recurrent_constraint;
  cell.bias_constraint = options.bias_constraint;
  cell.dropout = options.dropout;
  cell.recurrent_dropout = options.recurrent_dropout;
  cell.seed = options.seed;
  cell.dtype = options.dtype;
  cell.trainable = options.trainable;
  return cell;
}

SimpleRNNCell cell_of(std::int64_t units, const SimpleRNNOptions& options) {
  auto cell = shared_options<SimpleRNNCellOptions>(options);
  cell.name = "simple_rnn_cell";
  return SimpleRNNCell(units, cell);
}
GRUCell cell_of(std::int64_t units, const GRUOptions& options) {
  auto cell = shared_options<GRUCellOptions>(options);
  cell.recurrent_activation = options.recurrent_activation;
  cell.reset_after = options.reset_after;
  cell.name = "gru_cell";
  return GRUCell(units, cell);
}
LSTMCell cell_of(std::int64_t units, const LSTMOptions& options) {
  auto cell = shared_options<LSTMCellOptions>(options);
  cell.recurrent_activation = options.recurrent_activation;
  cell.unit_forget_bias = options.unit_forget_bias;
  cell.name = "lstm_cell";
  return LSTMCell(units, cell);
}

template <class Options>
std::shared_ptr<LayerBase> make_recurrent(std::string_view class_name, std::int64_t units,
                                          const Options& options) {
  require_argument(class_name, options, units >= 1,
                   "expected units of at least 1, got " + std::to_string(units));
  return std::make_shared<RecurrentLayer>(class_name, common_of(options), cell_of(units, options),
                                          RecurrentFlags::of(options),
                                          with_argument(arguments_of(options), "units", units));
}

std::shared_ptr<LayerBase> make_rnn(const Layer& cell, const RNNOptions& options) {
  Config arguments = arguments_of(options);
  return std::make_shared<RecurrentLayer>("RNN", common_of(options), cell,
                                          RecurrentFlags::of(options), std::move(arguments));
}

}  // namespace

RNN::RNN(const Layer& cell, const RNNOptions& options) : Layer(make_rnn(cell, options)) {}

RNN::RNN(const std::vector<Layer>& cells, const RNNOptions& options)
    : RNN(StackedRNNCells(cells), options) {}

void RNN::reset_state() const { static_cast<RecurrentLayer&>(base()).reset_state(); }

SimpleRNN::SimpleRNN(std::int64_t units, const SimpleRNNOptions& options)
    : RNN(make_recurrent("SimpleRNN", units, options)) {}
GRU::GRU(std::int64_t units, const GRUOptions& options)
    : RNN(make_recurrent("GRU", units, options)) {}
LSTM::LSTM(std::int64_t units, const LSTMOptions& options)
    : RNN(make_recurrent("LSTM", units, options)) {}

Layer SimpleRNN::from_config(const Config& config) {
  const auto options = layer_options<SimpleRNNOptions>("SimpleRNN", config, {"units"});
  return SimpleRNN(required_argument<std::int64_t>("SimpleRNN", config, "units"), options);
}
Layer GRU::from_config(const Config& config) {
  const auto options = layer_options<GRUOptions>("GRU", config, {"units"});
  return GRU(required_argument<std::int64_t>("GRU", config, "units"), options);
}
Layer LSTM::from_config(const Config& config) {
  const auto options = layer_options<LSTMOptions>("LSTM", config, {"units"});
  return LSTM(required_argument<std::int64_t>("LSTM", config, "units"), options);
}

Layer rnn_from_config(const Config& config, const CustomObjects& custom) {
  const auto options = layer_options<RNNOptions>("RNN", config, {"cell"});
  return RNN(layer_from_config(inner_config("RNN", config, "cell"), custom), options);
}

}  // namespace antler
