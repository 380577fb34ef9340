#include "antler/models/config_constants.h"

#include <string>
#include <vector>

#include "antler/core/error.h"

namespace antler {
namespace {

Config number_at(const Tensor& tensor, std::int64_t i) {
  if (tensor.dtype() == DType::boolean) return tensor.item<bool>(i);
  if (is_floating(tensor.dtype())) return tensor.item<double>(i);
  return tensor.item<std::int64_t>(i);
}

Config nested_list(const Tensor& tensor, int axis, std::int64_t& position) {
  if (axis == tensor.rank()) return number_at(tensor, position++);
  Config list = Config::list();
  for (std::int64_t i = 0; i < tensor.shape()[axis]; ++i) {
    list.push_back(nested_list(tensor, axis + 1, position));
  }
  return list;
}

// The sizes that the first element of each level says.
Shape shape_of(const Config& value) {
  std::vector<std::int64_t> sizes;
  const Config* level = &value;
  while (level->is_list()) {
    if (sizes.size() == 32) throw ValueError("expected at most 32 axes");
    sizes.push_back(static_cast<std::int64_t>(level->size()));
    if (level->size() == 0) break;
    level = &level->as_list().front();
  }
  return Shape(sizes);
}

void collect(const Config& value, const Shape& shape, int axis, std::vector<double>& numbers) {
  if (axis == shape.rank()) {
    numbers.push_back(value.is_bool() ? (value.as_bool() ? 1.0 : 0.0) : value.as_number());
    return;
  }
  if (static_cast<std::int64_t>(value.as_list().size()) != shape[axis]) {
    throw ValueError("expected rows of one length, got " + std::to_string(value.size()) +
                     " elements beside " + std::to_string(shape[axis]));
  }
  for (const Config& element : value.as_list()) collect(element, shape, axis + 1, numbers);
}

}  // namespace

Config constant_to_config(const Tensor& tensor) {
  if (tensor.rank() == 0) return number_at(tensor, 0);
  std::int64_t position = 0;
  return Config::map({{"class_name", "__numpy__"},
                      {"config", Config::map({{"value", nested_list(tensor, 0, position)},
                                              {"dtype", name(tensor.dtype())}})}});
}

bool is_constant(const Config& config) {
  const Config* class_name = config.find("class_name");
  return class_name != nullptr &&
         (*class_name == Config("__numpy__") || *class_name == Config("__tensor__"));
}

Tensor constant_from_config(const Config& config) {
  const Config& content = config.at("config");
  const Config& value = content.at("value");
  const Shape shape = shape_of(value);
  std::vector<double> numbers;
  collect(value, shape, 0, numbers);
  return Tensor::from(numbers, shape).astype(dtype_from_name(content.at("dtype").as_string()));
}

}  // namespace antler
