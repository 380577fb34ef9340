#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "antler/layers/feature_statistics.h"
#include "apps/cli/doctor/checks.h"

namespace antler::cli {
namespace {

constexpr double kFar = 10;          // of a mean or deviation, where 0 and 1 are wanted
constexpr double kNear = 0.01;       // the largest deviation, where 1 is wanted
constexpr double kApart = 100;       // the largest deviation by the smallest
constexpr std::int64_t kMany = 100;  // wider rows are pictures: constant columns are their margins

struct Columns {
  std::vector<double> mean, deviation;
};

std::vector<double> numbers_of(const Tensor& tensor) {
  const std::span<const double> data = tensor.data<double>();
  return {data.begin(), data.end()};
}

// Of each column of a table; of all numbers together for pictures and sequences.
Columns columns_of(const Tensor& x) {
  FeatureStatistics statistics(x.rank() == 2 ? std::vector<int>{1} : std::vector<int>());
  statistics.add(x);
  Columns columns = {numbers_of(statistics.mean()), numbers_of(statistics.variance())};
  for (std::size_t i = 0; i < columns.mean.size(); ++i) {
    double& value = columns.deviation[i];
    const bool is_rounding = value <= 1e-12 * columns.mean[i] * columns.mean[i];
    value = is_rounding ? 0 : std::sqrt(value);
  }
  return columns;
}

// The layer that the numbers reach first.
std::string first_layer(const Model& model) {
  for (const Layer& layer : model.layers()) {
    const std::string name = layer.class_name();
    if (name != "InputLayer" && name != "Flatten" && name != "Reshape") return name;
  }
  return "";
}

bool is_scaling(const std::string& layer) {
  return layer.ends_with("Normalization") || layer == "Rescaling";
}

std::string name_of(const Patient& patient, std::size_t column) {
  if (patient.x.rank() != 2) return "the inputs";
  return column < patient.columns.size() ? patient.columns[column]
                                         : fmt::format("column {}", column);
}

std::vector<Finding> constant_columns(const Patient& patient, const Columns& columns) {
  std::string names;
  std::int64_t count = 0;
  for (std::size_t i = 0; i < columns.deviation.size(); ++i) {
    if (columns.deviation[i] > 0) continue;
    if (++count <= 3) names += (count > 1 ? ", " : "") + name_of(patient, i);
  }
  const auto all = static_cast<std::int64_t>(columns.deviation.size());
  if (count == 0 || (all > kMany && count < all)) return {};
  return {{.kind = "constant_features",
           .place = names + (count > 3 ? ", ..." : ""),
           .measured = fmt::format("{} of {} inputs have one value in all {} rows", count, all,
                                   patient.x.length()),
           .meaning = "what never changes tells no row from another",
           .change = "leave it out, or look at how the file was made"}};
}

std::vector<Finding> unscaled_columns(const Patient& patient, const Columns& columns) {
  std::size_t widest = 0, narrowest = 0, farthest = 0;
  const std::vector<double>& deviation = columns.deviation;
  for (std::size_t i = 0; i < deviation.size(); ++i) {
    if (deviation[i] > deviation[widest]) widest = i;
    if (std::abs(columns.mean[i]) > std::abs(columns.mean[farthest])) farthest = i;
    const bool is_narrower = deviation[narrowest] == 0 || deviation[i] < deviation[narrowest];
    if (deviation[i] > 0 && is_narrower) narrowest = i;
  }
  const bool is_far = std::abs(columns.mean[farthest]) > kFar || deviation[widest] > kFar;
  const bool is_tiny = deviation[widest] > 0 && deviation[widest] < kNear;
  const bool is_apart = deviation[widest] > kApart * deviation[narrowest] && deviation[widest] > 0;
  if (!is_far && !is_tiny && !is_apart) return {};
  const std::size_t shown = is_far && deviation[widest] <= kFar ? farthest : widest;
  std::string measured =
      fmt::format("{} has mean {:.4g} and deviation {:.4g}", name_of(patient, shown),
                  columns.mean[shown], deviation[shown]);
  if (is_apart) {
    measured +=
        fmt::format(", {} deviation {:.4g}", name_of(patient, narrowest), deviation[narrowest]);
  }
  return {{.kind = "unscaled_features",
           .place = "features",
           .measured = measured,
           .meaning = "weights start as for inputs around 0 with deviation 1, and one rate must do "
                      "for all",
           .change = patient.x.rank() == 2 ? "begin with Normalization, adapted to the data"
                                           : "begin with Rescaling or Normalization"}};
}

}  // namespace

std::vector<Finding> check_features(const Patient& patient) {
  const std::string first = first_layer(patient.model());
  const bool is_numbers = patient.x.dtype() != DType::string && first != "Embedding" &&
                          is_floating(patient.model().inputs().front().dtype());
  if (!is_numbers) return {};
  const Columns columns = columns_of(patient.x);
  std::vector<Finding> findings = constant_columns(patient, columns);
  if (is_scaling(first)) return findings;
  const std::vector<Finding> unscaled = unscaled_columns(patient, columns);
  findings.insert(findings.end(), unscaled.begin(), unscaled.end());
  return findings;
}

}  // namespace antler::cli
