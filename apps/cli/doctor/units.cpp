#include <fmt/format.h>

#include <cmath>

#include "apps/cli/doctor/checks.h"

namespace antler::cli {
namespace {

constexpr double kFlatSlope = 0.01;
constexpr double kFlatRows = 0.99;  // share of the examples in which a flat unit is flat
constexpr double kUnits = 1.0 / 3;  // share of a layer's units that are worth a word

// The slope of an activation, from its value; 1 for those that are not looked at.
double slope_at(const std::string& activation, double value) {
  if (activation == "sigmoid") return value * (1 - value);
  if (activation == "tanh") return 1 - value * value;
  if (activation == "hard_sigmoid") return value > 0 && value < 1 ? 1 : 0;
  if (activation == "relu") return value > 0 ? 1 : 0;
  return 1;
}

// How many of a layer's units are flat: relu for all examples, the others for nearly all.
std::int64_t flat_units(const LayerOutput& layer, std::int64_t units) {
  const Tensor wide = layer.values.astype(DType::float64);
  const std::span<const double> values = wide.data<double>();
  std::vector<std::int64_t> flat(static_cast<std::size_t>(units));
  for (std::size_t i = 0; i < values.size(); ++i) {
    flat[i % flat.size()] += slope_at(layer.activation, values[i]) < kFlatSlope ? 1 : 0;
  }
  const auto rows = static_cast<double>(values.size()) / static_cast<double>(units);
  const double least = layer.activation == "relu" ? rows : kFlatRows * rows;
  std::int64_t count = 0;
  for (const std::int64_t examples : flat) count += static_cast<double>(examples) >= least ? 1 : 0;
  return count;
}

// Layers whose outputs are the activation's values, with the units along the last axis.
bool is_looked_at(const LayerOutput& layer) {
  const bool is_kind = layer.class_name.ends_with("Dense") ||
                       layer.class_name.find("Conv") != std::string::npos ||
                       layer.class_name == "Activation" || layer.class_name == "ReLU";
  return is_kind && !layer.is_last && layer.values.rank() > 1 && layer.values.size() > 0 &&
         layer.class_name.find("LSTM") == std::string::npos;
}

}  // namespace

std::vector<Finding> check_units(const Inside& inside) {
  std::vector<Finding> findings;
  for (const LayerOutput& layer : inside.layers) {
    if (!is_looked_at(layer)) continue;
    const std::int64_t units = layer.values.shape().back();
    const std::int64_t count = flat_units(layer, units);
    if (static_cast<double>(count) <= kUnits * static_cast<double>(units)) continue;
    const bool is_relu = layer.activation == "relu";
    findings.push_back(
        {.kind = is_relu ? "dead_units" : "flat_units",
         .place = layer.place(),
         .measured = is_relu ? fmt::format("{} of {} units are 0 for all {} examples", count, units,
                                           layer.values.length())
                             : fmt::format("{} of {} units lie on a flat end of {} for nearly all "
                                           "of {} examples",
                                           count, units, layer.activation, layer.values.length()),
         .meaning = "no gradient comes back through them: they stay as they are",
         .change = is_relu ? "start anew with a smaller rate, or use leaky_relu and he_normal"
                           : "start anew with scaled features and smaller weights, or use relu"});
  }
  return findings;
}

}  // namespace antler::cli
