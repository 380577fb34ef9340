#include "antler/saving/weight_names.h"

#include <unordered_map>

#include "antler/core/serialized.h"

namespace antler {

std::vector<std::string> weight_group_names(const std::vector<Layer>& layers) {
  std::unordered_map<std::string, int> counts;
  std::vector<std::string> names;
  for (const Layer& layer : layers) {
    const std::string base = snake_case(layer.class_name());
    const int count = counts[base]++;
    names.push_back(count == 0 ? base : base + "_" + std::to_string(count));
  }
  return names;
}

}  // namespace antler
