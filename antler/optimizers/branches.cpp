#include "antler/optimizers/branches.h"

#include "antler/ops/where.h"

namespace antler {

void assign_where(const Value& condition, const Updates& yes, const Updates& no, Updates& updates) {
  std::vector<Assignment> chosen;
  for (const Updates* branch : {&yes, &no}) {
    for (const Assignment& assignment : branch->assignments()) {
      const Value a = yes.value(assignment.variable), b = no.value(assignment.variable);
      chosen.push_back({assignment.variable, a.is_same(b) ? a : ops::where(condition, a, b)});
    }
  }
  for (const Assignment& assignment : chosen) updates.assign(assignment.variable, assignment.value);
}

}  // namespace antler
