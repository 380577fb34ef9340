#pragma once

#include <string>
#include <vector>

#include "antler/core/config.h"

namespace antler::golden {

/// What is wrong with a case of fit.json; empty: it passed. Compared are the history, the weights
/// after fit, evaluate and predict, with the stable rewrites off.
std::vector<std::string> check_fit(const Config& golden_case);
/// The same with the stable rewrites on.
std::vector<std::string> check_fit_rewritten(const Config& golden_case);

}  // namespace antler::golden
