#pragma once

#include <string>
#include <vector>

#include "antler/graph/value.h"

namespace antler::ops {

/// Einstein's summation for one or two operands: letters name axes, a letter that the output lacks
/// is summed over, "..." stands for any axes in front of, between or behind the named ones, which
/// broadcast. Without "->" the output has "..." and then the letters that occur once, sorted.
///
///   "ij,jk->ik" product   "bij,bkj->bik" batch of them   "ij->ji" transposition   "...i->..." sum
///
/// Written with transpose, reshape, matmul, multiply and sum; where the order of axes allows, the
/// flags of Matmul replace a transposition.
///
/// Shapes  as the letters say.  Types  any, two operands are brought to one; bool counts as int32.
/// Errors  ValueError for a malformed equation, a letter twice in one operand, other numbers of
///         operands; ShapeError for ranks and sizes that do not fit.
/// Source  keras.ops.einsum.
Value einsum(const std::string& equation, const std::vector<Value>& operands);

}  // namespace antler::ops
