#pragma once

#include "antler/graph/updates.h"

namespace antler {

/// Two ways to go on from the same updates, chosen while the program runs: what `yes` or `no`
/// assigns becomes an assignment of `updates`, of the one's value where the bool scalar `condition`
/// holds and of the other's elsewhere.
void assign_where(const Value& condition, const Updates& yes, const Updates& no, Updates& updates);

}  // namespace antler
