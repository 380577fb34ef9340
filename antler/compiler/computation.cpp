#include "antler/compiler/computation.h"

namespace antler {

std::vector<Value> Computation::roots() const {
  std::vector<Value> roots = outputs;
  for (const Assignment& a : assignments) roots.push_back(a.value);
  return roots;
}

Computation Computation::with_roots(const std::vector<Value>& roots) const {
  Computation changed = *this;
  for (std::size_t i = 0; i < outputs.size(); ++i) changed.outputs[i] = roots[i];
  for (std::size_t i = 0; i < assignments.size(); ++i) {
    changed.assignments[i].value = roots[outputs.size() + i];
  }
  return changed;
}

}  // namespace antler
