#pragma once

#include <string>
#include <vector>

#include "antler/core/config.h"

namespace antler::golden {

/// What is wrong with a case of metrics.json; empty: it passed.
std::vector<std::string> check_metrics(const Config& golden_case);

}  // namespace antler::golden
