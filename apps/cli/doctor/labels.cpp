#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "apps/cli/doctor/checks.h"

namespace antler::cli {
namespace {

struct Spread {
  double least = std::numeric_limits<double>::infinity();
  double most = -std::numeric_limits<double>::infinity();
  bool is_whole = true;
};

Spread spread_of(std::span<const double> values) {
  Spread spread;
  for (const double value : values) {
    spread.least = std::min(spread.least, value);
    spread.most = std::max(spread.most, value);
    spread.is_whole = spread.is_whole && value == std::floor(value);
  }
  return spread;
}

std::string from_to(const Spread& spread) {
  return fmt::format("from {:g} to {:g}", spread.least, spread.most);
}

// The last axis of the targets, when it holds one number for each unit.
bool has_column_a_unit(const Patient& patient) {
  return patient.y.rank() == patient.model().outputs().front().rank() &&
         patient.y.shape().back() == patient.units;
}

bool is_one_hot(const Patient& patient, std::span<const double> y) {
  if (!has_column_a_unit(patient) || patient.units < 2) return false;
  const auto units = static_cast<std::size_t>(patient.units);
  for (std::size_t row = 0; row < y.size(); row += units) {
    const auto ones = std::count(y.begin() + row, y.begin() + row + units, 1.0);
    const auto zeros = std::count(y.begin() + row, y.begin() + row + units, 0.0);
    if (ones != 1 || zeros != patient.units - 1) return false;
  }
  return true;
}

std::vector<Finding> check_class_numbers(const Patient& patient, std::span<const double> y) {
  const std::string loss = patient.loss.name();
  if (is_one_hot(patient, y)) {
    return {{.kind = "labels",
             .place = loss,
             .measured =
                 fmt::format("targets of {} columns, in each row one 1 and else 0", patient.units),
             .meaning = "a sparse loss takes one class number a row, and these are one-hot",
             .change = "compile with categorical_crossentropy, or give it the place of the 1",
             .stops = true}};
  }
  const Config config = patient.loss.base().get_config();
  const Config* ignored = config.find("ignore_class");
  std::vector<double> counted;
  for (const double value : y) {
    const bool counts = ignored == nullptr || ignored->is_null() || value != ignored->as_number();
    if (counts) counted.push_back(value);
  }
  const Spread spread = spread_of(counted);
  const auto classes = static_cast<double>(patient.units);
  if (spread.is_whole && spread.least >= 0 && spread.most < classes) return {};
  const bool from_one = spread.is_whole && spread.least == 1 && spread.most == classes;
  return {
      {.kind = "labels",
       .place = loss,
       .measured = fmt::format("class numbers {}{}, {} units in {}", from_to(spread),
                               spread.is_whole ? "" : " with fractions", patient.units,
                               patient.last_place()),
       .meaning = fmt::format("there are units for the classes 0 to {} alone", patient.units - 1),
       .change = from_one ? "subtract 1: classes are counted from 0"
                          : "number the classes from 0, or give the last layer a unit for "
                            "each",
       .stops = true}};
}

std::vector<Finding> check_one_hot(const Patient& patient, std::span<const double> y) {
  if (has_column_a_unit(patient) && patient.units > 1) return {};
  const Spread spread = spread_of(y);
  if (patient.units < 2 || !spread.is_whole) return {};
  return {{.kind = "labels",
           .place = patient.loss.name(),
           .measured =
               fmt::format("one number a row, {}, for {} units", from_to(spread), patient.units),
           .meaning = "this loss takes a column for each class, and these are class numbers",
           .change = "compile with sparse_categorical_crossentropy, or make the targets one-hot",
           .stops = true}};
}

struct Range {
  double least, most;
};

// What the last layer can give.
Range range_of(const std::string& activation) {
  const double infinity = std::numeric_limits<double>::infinity();
  if (activation == "sigmoid" || activation == "softmax" || activation == "hard_sigmoid") {
    return {0, 1};
  }
  if (activation == "tanh" || activation == "softsign") return {-1, 1};
  if (activation == "relu" || activation == "softplus" || activation == "exponential") {
    return {0, infinity};
  }
  return {-infinity, infinity};
}

std::vector<Finding> check_range(const Patient& patient, std::span<const double> y) {
  const bool binary = patient.loss.base().class_name().starts_with("Binary");
  const Range range = binary ? Range{0, 1} : range_of(patient.activation);
  const auto outside = std::count_if(
      y.begin(), y.end(), [&](double value) { return value < range.least || value > range.most; });
  if (outside == 0) return {};
  const std::string limits = std::isinf(range.most)
                                 ? fmt::format("below {:g}", range.least)
                                 : fmt::format("outside {:g} to {:g}", range.least, range.most);
  const double share = 100.0 * static_cast<double>(outside) / static_cast<double>(y.size());
  Finding finding = {.kind = "targets",
                     .place = binary ? patient.loss.name() : patient.last_place(),
                     .measured = fmt::format("targets {}, {:.3g} % of them {}",
                                             from_to(spread_of(y)), share, limits)};
  if (binary) {
    finding.meaning = "this loss takes probabilities as targets, mostly 0 and 1";
    finding.change = "give the classes the numbers 0 and 1";
  } else {
    finding.meaning = fmt::format("{} never gives such a value", patient.activation);
    finding.change = "make the last activation linear, or scale the targets into its range";
  }
  return {finding};
}

// One class, or one number, for all rows.
std::vector<Finding> check_variety(const Patient& patient, std::span<const double> y) {
  const auto width = y.size() / static_cast<std::size_t>(patient.y.length());
  const bool varies =
      !std::equal(y.begin() + static_cast<std::ptrdiff_t>(width), y.end(), y.begin());
  if (varies || patient.y.length() < 2) return {};
  return {{.kind = "one_class",
           .place = "targets",
           .measured = fmt::format("the same target in all {} rows", patient.y.length()),
           .meaning = "a bias alone meets it, and the features teach nothing",
           .change = "look at how the rows were chosen, and add rows of other targets"}};
}

std::vector<Finding> check_softmax_of_one(const Patient& patient) {
  if (patient.activation != "softmax" || patient.units != 1) return {};
  return {{.kind = "softmax_of_one",
           .place = patient.last_place(),
           .measured = "softmax over 1 unit",
           .meaning = "shares of a single unit are always 1, so nothing is learned",
           .change = "make it sigmoid with binary_crossentropy, or give it a unit for each class"}};
}

}  // namespace

std::vector<Finding> check_labels(const Patient& patient) {
  std::vector<Finding> findings = check_softmax_of_one(patient);
  const Tensor wide = patient.y.astype(DType::float64);
  const std::span<const double> y = wide.data<double>();
  const std::string_view loss = patient.loss.base().class_name();
  const auto add = [&](std::vector<Finding> more) {
    findings.insert(findings.end(), more.begin(), more.end());
  };
  if (loss.starts_with("Sparse")) {
    add(check_class_numbers(patient, y));
  } else if (loss.starts_with("Categorical")) {
    add(check_one_hot(patient, y));
  } else {
    add(check_range(patient, y));
  }
  add(check_variety(patient, y));
  return findings;
}

}  // namespace antler::cli
