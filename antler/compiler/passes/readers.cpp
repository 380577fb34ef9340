#include "antler/compiler/passes/readers.h"

namespace antler::passes {

Readers::Readers(const std::vector<Value>& roots) {
  for (const Value& root : roots) ++counts_[key_of(root)];
  for (const auto& node : topological_order(roots)) {
    for (const Value& input : node->inputs()) ++counts_[key_of(input)];
  }
}

std::int64_t Readers::count(const Value& value) const {
  const auto found = counts_.find(key_of(value));
  return found == counts_.end() ? 0 : found->second;
}

}  // namespace antler::passes
