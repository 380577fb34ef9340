#pragma once

#include "antler/graph/graph.h"

namespace antler {

/// Whether two graphs compute the same from inputs in the same places: op by op, constants bit by
/// bit. Graphs that differ in more than the making of their nodes count as different.
bool is_same_computation(const Graph& a, const Graph& b);

}  // namespace antler
