#include "apps/cli/features.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/core/visit_dtype.h"
#include "antler/data/number_text.h"
#include "apps/cli/cell.h"

namespace antler::cli {
namespace {

constexpr std::size_t kMostCategories = 1000;
// Few rows may all differ by chance.
constexpr std::size_t kFewRows = 20;

// A column of numbers with a stray text ("NA", "?") is read as text; to make categories of it would
// hide the mistake.
void check_not_numbers(const Table& table, const Column& column) {
  std::size_t numbers = 0, others = 0, first_other = 0;
  for (std::size_t row = 0; row < column.texts.size(); ++row) {
    if (column.missing[row] != 0) continue;
    if (parse_number(trimmed(column.texts[row]))) {
      ++numbers;
    } else if (others++ == 0) {
      first_other = row;
    }
  }
  if (others == 0 || numbers <= others) return;
  throw ValueError(fmt::format(
      "{}: expected a number as in most rows, got \"{}\"; leave a cell blank when its value is not "
      "known",
      cell_name(table, first_other, column), column.texts[first_other]));
}

Feature learn_text(const Table& table, const Column& column, std::span<const std::int64_t> rows) {
  if (column.categories.empty()) check_not_numbers(table, column);
  Feature feature = {column.name, Feature::Kind::category};
  for (const std::int64_t row : rows) {
    const std::string& text = column.texts[static_cast<std::size_t>(row)];
    if (!text.empty()) feature.categories.push_back(text);
  }
  std::sort(feature.categories.begin(), feature.categories.end());
  feature.categories.erase(std::unique(feature.categories.begin(), feature.categories.end()),
                           feature.categories.end());
  const std::size_t count = feature.categories.size();
  if (count > kFewRows && 2 * count > rows.size()) {
    return {column.name, Feature::Kind::ignored};
  }
  if (count > kMostCategories) {
    throw ValueError(fmt::format(
        "{}: column \"{}\" has {} different texts: expected at most {} categories; remove the "
        "column or join rare ones",
        table.source, column.name, count, kMostCategories));
  }
  return feature;
}

Feature learn_number(const Table& table, const Column& column, std::span<const std::int64_t> rows) {
  double sum = 0;
  std::int64_t count = 0;
  for (const std::int64_t row : rows) {
    const auto at = static_cast<std::size_t>(row);
    if (column.missing[at] != 0) continue;
    check_finite(table, at, column);
    sum += column.numbers[at];
    ++count;
  }
  return {column.name, Feature::Kind::number, count > 0 ? sum / static_cast<double>(count) : 0.0};
}

// Where the next input of a row goes.
struct Cursor {
  float* first;
  std::int64_t stride;
  float& at(std::size_t row, std::int64_t input) const {
    return first[static_cast<std::int64_t>(row) * stride + input];
  }
};

void code_number(const Table& table, const Column& column, const Feature& feature,
                 const Cursor& cursor, std::vector<std::string>& notes) {
  if (column.is_text) {
    for (std::size_t row = 0; row < column.texts.size(); ++row) {
      if (column.missing[row] != 0 || parse_number(trimmed(column.texts[row]))) continue;
      throw ValueError(fmt::format("{}: expected a number as in training, got \"{}\"",
                                   cell_name(table, row, column), column.texts[row]));
    }
  }
  std::int64_t blank = 0;
  for (std::size_t row = 0; row < table.lines.size(); ++row) {
    double value = feature.mean;
    if (column.missing[row] != 0) {
      ++blank;
    } else if (!column.is_text) {
      check_finite(table, row, column);
      value = column.numbers[row];
    }
    cursor.at(row, 0) = static_cast<float>(value);
  }
  if (blank > 0) {
    notes.push_back(fmt::format("{} blank cell{} in \"{}\" became the training mean, {:.6g}", blank,
                                blank == 1 ? "" : "s", column.name, feature.mean));
  }
}

std::string text_of(const Column& column, std::size_t row) {
  if (column.is_text) return column.texts[row];
  return column.missing[row] != 0 ? "" : fmt::format("{}", column.numbers[row]);
}

void code_category(const Column& column, const Feature& feature, std::size_t rows,
                   const Cursor& cursor, std::vector<std::string>& notes) {
  std::int64_t blank = 0, unknown = 0;
  std::string first_unknown;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::string text = text_of(column, row);
    const auto at = std::lower_bound(feature.categories.begin(), feature.categories.end(), text);
    if (at != feature.categories.end() && *at == text) {
      cursor.at(row, at - feature.categories.begin()) = 1.0F;
    } else if (text.empty()) {
      ++blank;
    } else if (unknown++ == 0) {
      first_unknown = text;
    }
  }
  if (blank > 0) {
    notes.push_back(fmt::format("{} blank cell{} in \"{}\" became no category", blank,
                                blank == 1 ? "" : "s", column.name));
  }
  if (unknown > 0) {
    notes.push_back(
        fmt::format("{} cell{} in \"{}\" with text that training had not, such as "
                    "\"{}\", became no category",
                    unknown, unknown == 1 ? "" : "s", column.name, first_unknown));
  }
}

std::vector<std::int64_t> find_by_name(const Table& table, const Coding& coding) {
  std::vector<std::string_view> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  std::vector<std::int64_t> columns;
  for (const Feature& feature : coding.features) {
    const std::int64_t index = table.index_of(feature.name);
    if (index < 0 && feature.kind != Feature::Kind::ignored) {
      const std::string near = nearest_name(feature.name, names);
      throw ValueError(fmt::format("{}: expected a column \"{}\" as in training, got none{}",
                                   table.source, feature.name,
                                   near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
    columns.push_back(index);
  }
  return columns;
}

}  // namespace

std::int64_t input_count(const Feature& feature) {
  switch (feature.kind) {
    case Feature::Kind::number:
      return 1;
    case Feature::Kind::category:
      return static_cast<std::int64_t>(feature.categories.size());
    case Feature::Kind::ignored:
      break;
  }
  return 0;
}

std::vector<Feature> learn_features(const Table& table, const std::vector<std::int64_t>& columns,
                                    std::span<const std::int64_t> rows) {
  std::vector<Feature> features;
  std::int64_t inputs = 0;
  for (const std::int64_t index : columns) {
    const Column& column = table.columns[static_cast<std::size_t>(index)];
    features.push_back(column.is_text ? learn_text(table, column, rows)
                                      : learn_number(table, column, rows));
    inputs += input_count(features.back());
  }
  if (inputs == 0) {
    throw ValueError(
        fmt::format("{}: expected at least one column of numbers or categories beside "
                    "the target, got none",
                    table.source));
  }
  return features;
}

std::vector<std::int64_t> find_features(const Table& table, const Coding& coding) {
  if (coding.has_header && table.has_header) return find_by_name(table, coding);
  const auto given = static_cast<std::int64_t>(table.columns.size());
  const auto wanted = static_cast<std::int64_t>(coding.features.size());
  std::vector<std::int64_t> columns;
  for (std::int64_t i = 0; i < given; ++i) {
    const auto& targets = coding.target_positions;
    const bool is_target = std::find(targets.begin(), targets.end(), i) != targets.end();
    if (given == wanted || !is_target) columns.push_back(i);
  }
  if (given != wanted && given != coding.column_count) {
    throw ValueError(
        fmt::format("{}: expected {} columns of features, or {} with the target, got "
                    "{}",
                    table.source, wanted, coding.column_count, given));
  }
  return columns;
}

CodedFeatures code_features(const Table& table, const std::vector<std::int64_t>& columns,
                            const std::vector<Feature>& features) {
  const std::int64_t inputs =
      std::accumulate(features.begin(), features.end(), std::int64_t{0},
                      [](std::int64_t sum, const Feature& f) { return sum + input_count(f); });
  CodedFeatures coded = {Tensor::zeros({table.row_count(), inputs}), {}};
  Cursor cursor = {coded.x.mutable_data<float>().data(), inputs};
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (features[i].kind == Feature::Kind::ignored) continue;
    const Column& column = table.columns[static_cast<std::size_t>(columns[i])];
    if (features[i].kind == Feature::Kind::number) {
      code_number(table, column, features[i], cursor, coded.notes);
    } else {
      code_category(column, features[i], table.lines.size(), cursor, coded.notes);
    }
    cursor.first += input_count(features[i]);
  }
  return coded;
}

void check_finite_array(const Tensor& x, const std::string& source) {
  if (!is_floating(x.dtype())) return;
  visit_dtype(x.dtype(), [&](auto zero) {
    using T = decltype(zero);
    const std::span<const T> values = x.data<T>();
    const auto bad = std::find_if(values.begin(), values.end(),
                                  [](T v) { return !std::isfinite(static_cast<double>(v)); });
    if (bad == values.end()) return;
    const std::int64_t width = x.size() / x.length(), at = bad - values.begin();
    throw ValueError(fmt::format("{}: row {}, column {} (from 0): expected a finite number, got {}",
                                 source, at / width, at % width, static_cast<double>(*bad)));
  });
}

}  // namespace antler::cli
