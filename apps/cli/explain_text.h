#pragma once

#include <string>

#include "apps/cli/explained_graph.h"

namespace antler::cli {

/// For a person: the graph as a tree from the result down, the steps forward and back with their
/// numbers, and the gradient as formulas. `utf8`: whether lines may be drawn with more than ASCII.
std::string to_text(const ExplainedGraph& graph, bool utf8);

}  // namespace antler::cli
