#include "apps/cli/data_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/data/arff.h"
#include "antler/data/csv.h"
#include "antler/data/datasets.h"
#include "antler/data/idx.h"
#include "antler/data/mulan.h"
#include "antler/data/npy.h"
#include "antler/data/npz.h"
#include "antler/data/numbers.h"

namespace antler::cli {
namespace {

// The ending without the dot, .gz passed over: "csv" for "F.csv.gz".
std::string extension_of(std::string_view path) {
  if (path.ends_with(".gz")) path.remove_suffix(3);
  const std::string extension = std::filesystem::path(path).extension().string();
  return extension.empty() ? "" : extension.substr(1);
}

Table table_of_numbers(const std::string& path) {
  const Tensor matrix = read_numbers(path);
  const std::span<const double> numbers = matrix.data<double>();
  const std::int64_t rows = matrix.length(), columns = matrix.shape()[1];
  Table table;
  table.source = path;
  for (std::int64_t i = 0; i < rows; ++i) table.lines.push_back(i + 1);
  for (std::int64_t j = 0; j < columns; ++j) {
    Column column;
    column.name = fmt::format("column_{}", j);
    column.missing.assign(static_cast<std::size_t>(rows), 0);
    for (std::int64_t i = 0; i < rows; ++i) {
      column.numbers.push_back(numbers[static_cast<std::size_t>(i * columns + j)]);
    }
    table.columns.push_back(std::move(column));
  }
  return table;
}

Data read_arff_data(const std::string& path) {
  const std::string xml = find_mulan_xml(path);
  if (xml.empty()) return {.source = path, .table = read_arff(path)};
  LabelledTable labelled = read_mulan(path, xml);
  return {.source = path,
          .table = std::move(labelled.table),
          .label_columns = std::move(labelled.labels)};
}

Data read_npz_data(const std::string& path) {
  const FlatMap<std::string, Tensor> arrays = read_npz(path);
  const auto x = arrays.find("x"), y = arrays.find("y");
  if (x == arrays.end()) {
    std::string names;
    for (const auto& [name, array] : arrays) names += (names.empty() ? "" : ", ") + name;
    throw ValueError(fmt::format("{}: expected arrays named x and y, got {}", path, names));
  }
  return {.source = path, .x = x->second, .y = y == arrays.end() ? Tensor() : y->second};
}

Data read_named(const std::string& name, Part part) {
  const std::vector<std::string> known = datasets::names();
  std::string wanted = name;
  for (char& c : wanted) c = c == '-' ? '_' : c;
  if (std::find(known.begin(), known.end(), wanted) == known.end()) {
    const std::string near = nearest_name(wanted, {known.begin(), known.end()});
    throw ValueError(fmt::format(
        "{}: no such file, and no data set of that name; {}", name,
        near.empty() ? "antler datasets lists the data sets" : "did you mean " + near + "?"));
  }
  const datasets::Split split = datasets::load(name);
  const datasets::Examples& examples = part == Part::train ? split.train : split.test;
  return {.source = name, .x = examples.x, .y = examples.y};
}

Data read_one(const std::string& path, Part part) {
  const std::string extension = extension_of(path);
  if (extension == "csv" || extension == "tsv") return {.source = path, .table = read_csv(path)};
  if (extension == "txt") return {.source = path, .table = table_of_numbers(path)};
  if (extension == "arff") return read_arff_data(path);
  if (extension == "npz") return read_npz_data(path);
  if (extension == "npy") return {.source = path, .x = read_npy(path)};
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored) || path.find('/') != std::string::npos) {
    return {.source = path, .x = read_idx(path)};
  }
  return read_named(path, part);
}

Tensor read_array(const std::string& path) {
  return extension_of(path) == "npy" ? read_npy(path) : read_idx(path);
}

Data read_two(const std::string& x, const std::string& y) {
  for (const std::string& path : {x, y}) {
    const std::string extension = extension_of(path);
    for (const std::string_view whole : {"csv", "tsv", "txt", "arff", "npz"}) {
      if (extension != whole) continue;
      throw ValueError(
          fmt::format("{}: a .{} file holds features and targets: expected it alone, got {} and {}",
                      path, whole, x, y));
    }
  }
  return {.source = x, .x = read_array(x), .y = read_array(y)};
}

}  // namespace

Data read_data(const std::vector<std::string>& arguments, Part part) {
  Data data = arguments.size() == 1 ? read_one(arguments[0], part)
                                    : read_two(arguments.at(0), arguments.at(1));
  if (data.table) return data;
  if (data.x.rank() == 0 || !data.x) {
    throw ValueError(fmt::format("{}: expected rows of features, got an array of shape {}",
                                 data.source, data.x.shape().to_string()));
  }
  if (data.x.rank() == 1) data.x = data.x.reshape({data.x.length(), 1});
  if (data.y && data.y.rank() > 0 && data.y.length() != data.x.length()) {
    throw ValueError(fmt::format("{}: expected as many targets as examples, got {} and {}",
                                 arguments.back(), data.y.length(), data.x.length()));
  }
  return data;
}

}  // namespace antler::cli
