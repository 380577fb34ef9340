#pragma once

#include <string>
#include <vector>

#include "antler/core/config.h"

namespace antler::golden {

/// What running the cases of one file gave.
struct CasesReport {
  int passed = 0;
  std::vector<std::string>
      failures;  // one line a failed case: "lstm_seq: outputs[0] max error ..."
};

/// Runs a list of cases, or {"keras", "backend", "cases": [..]}. The kind of a case is read from
/// its keys; one of unknown kind failed. Errors: TypeError, ValueError when it is no such document.
CasesReport run_cases(const Config& document);

}  // namespace antler::golden
