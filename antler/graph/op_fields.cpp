#include "antler/graph/op_fields.h"

#include <cstring>
#include <string>

#include "antler/graph/graph.h"

namespace antler {

Config field_value(DType dtype) { return name(dtype); }

Config field_value(const Shape& shape) {
  Config sizes = Config::list();
  for (const std::int64_t size : shape) sizes.push_back(size == None ? Config() : Config(size));
  return sizes;
}

Config field_value(const std::shared_ptr<const Graph>& body) {
  if (body == nullptr) return {};
  std::int64_t ops = 0;
  for (const auto& node : topological_order(body->outputs)) ops += node->is_op() ? 1 : 0;
  return std::to_string(ops) + (ops == 1 ? " op" : " ops");
}

namespace detail {

bool is_same_field(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

}  // namespace detail
}  // namespace antler
