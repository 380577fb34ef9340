#pragma once

#include <vector>

#include "antler/graph/graph.h"

// How a loop is made from a body that uses values from outside.
namespace antler::ops::detail {

/// A loop before it is a Scan. The body's inputs are leaves for the initial values, the slices of
/// the sequences and the invariants, in this order; other values that it reads come from outside.
struct LoopBody {
  std::vector<Value> initial, sequences, invariants;
  Graph graph;
};

/// Takes products of slices with values from outside out of the body, with the elementwise ops that
/// lead to them and from them: they are computed for all steps at once and become sequences.
/// Sequences that the body reads no more are dropped. Nothing happens while sizes are unknown.
void lift_products(LoopBody& loop);

/// Makes invariants of the values from outside: the largest parts of the body that depend on none
/// of its inputs. Constants stay.
void capture(LoopBody& loop);

}  // namespace antler::ops::detail
