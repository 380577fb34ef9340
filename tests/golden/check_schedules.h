#pragma once

#include <string>
#include <vector>

#include "antler/core/config.h"

namespace antler::golden {

/// What is wrong with a case of schedules.json; empty: it passed. Compared is the rate at each
/// step.
std::vector<std::string> check_schedules(const Config& golden_case);

}  // namespace antler::golden
