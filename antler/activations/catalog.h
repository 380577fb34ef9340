#pragma once

#include <string_view>
#include <vector>

#include "antler/core/callable.h"
#include "antler/graph/value.h"

namespace antler::activations {

/// The built-in activation of a name, with its default arguments.
///
/// Errors  ValueError for an unknown name, with the nearest one.  Source  keras.activations.get.
Callable<Value(const Value&)> get(std::string_view name);

/// All names, aliases ("swish" beside "silu") among them.
std::vector<std::string_view> names();

}  // namespace antler::activations
