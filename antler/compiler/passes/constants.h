#pragma once

#include "antler/graph/value.h"

namespace antler::passes {

/// Whether a value is a floating constant of one element, with that number and its sign.
bool is_constant(const Value& value, double number);

}  // namespace antler::passes
