#include <exception>
#include <new>
#include <variant>

#include "antler/core/error.h"
#include "apps/cli/arguments.h"
#include "apps/cli/commands/bench.h"
#include "apps/cli/commands/datasets.h"
#include "apps/cli/commands/demo.h"
#include "apps/cli/commands/doctor.h"
#include "apps/cli/commands/evaluate.h"
#include "apps/cli/commands/explain.h"
#include "apps/cli/commands/gradcheck.h"
#include "apps/cli/commands/predict.h"
#include "apps/cli/commands/summary.h"
#include "apps/cli/commands/train.h"
#include "apps/cli/exit_codes.h"
#include "apps/cli/output.h"

namespace antler::cli {
namespace {

int run(const Finished& finished) { return finished.exit_code; }

int run_command(int argc, const char* const* argv) {
  try {
    return std::visit([](const auto& arguments) { return run(arguments); },
                      parse_arguments(argc, argv));
  } catch (const std::bad_alloc&) {
    complain("out of memory");
  } catch (const std::exception& error) {
    complain(error.what());
  }
  return kWorkFailed;
}

}  // namespace
}  // namespace antler::cli

int main(int argc, char** argv) { return antler::cli::run_command(argc, argv); }
