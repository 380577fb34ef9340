#include "antler/layers/array_arg.h"

#include "antler/core/error.h"

namespace antler {
namespace {

Config nested_lists(const Tensor& values) {
  if (values.rank() == 0) return values.item<double>();
  Config list = Config::list();
  for (std::int64_t i = 0; i < values.length(); ++i) list.push_back(nested_lists(values[i]));
  return list;
}

// Appends the numbers of `config`; the first list at each depth gives the shape.
void flatten(const Config& config, std::size_t depth, std::vector<std::int64_t>& dims,
             std::vector<double>& numbers) {
  const bool is_first = numbers.empty() && dims.size() == depth;
  if (config.is_list() && is_first) dims.push_back(static_cast<std::int64_t>(config.size()));
  if (config.is_list() != (depth < dims.size()) ||
      (config.is_list() && static_cast<std::int64_t>(config.size()) != dims[depth])) {
    throw ValueError("expected nested lists of equal lengths, got " + config.to_string());
  }
  if (!config.is_list()) {
    numbers.push_back(config.as_number());
    return;
  }
  for (const Config& element : config.as_list()) flatten(element, depth + 1, dims, numbers);
}

}  // namespace

ArrayArg::ArrayArg(std::initializer_list<double> numbers)
    : ArrayArg(std::vector<double>(numbers)) {}
ArrayArg::ArrayArg(const std::vector<double>& numbers) : values_(Tensor::from(numbers)) {}

Config to_config(const ArrayArg& array) { return array ? nested_lists(array.values()) : Config(); }

void from_config(const Config& config, ArrayArg& array) {
  array = ArrayArg();
  if (config.is_null()) return;
  if (config.is_map()) return from_config(config.at("config").at("value"), array);
  std::vector<std::int64_t> dims;
  std::vector<double> numbers;
  flatten(config, 0, dims, numbers);
  array = ArrayArg(Tensor::from(numbers, Shape(dims)));
}

}  // namespace antler
