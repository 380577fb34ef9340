#pragma once

#include <string>
#include <vector>

#include "antler/core/config.h"

namespace antler::golden {

/// What is wrong with a case of optimizers.json; empty: it passed. Compared are the variables after
/// each step, the optimizer's variables in saving order, and the variables after
/// finalize_variable_values.
std::vector<std::string> check_optimizers(const Config& golden_case);

}  // namespace antler::golden
