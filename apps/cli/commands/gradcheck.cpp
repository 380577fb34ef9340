#include "apps/cli/commands/gradcheck.h"

#include <fmt/format.h>

#include "apps/cli/exit_codes.h"
#include "apps/cli/gradient_check.h"
#include "apps/cli/output.h"

namespace antler::cli {
namespace {

Config to_config(const GradientReport& report) {
  Config weights = Config::list();
  for (const WeightCheck& weight : report.weights) {
    weights.push_back(Config::map({{"name", weight.name},
                                   {"elements", weight.elements},
                                   {"checked", weight.checked},
                                   {"max_error", weight.max_error},
                                   {"passed", weight.passed}}));
  }
  return Config::map({{"passed", report.passed()},
                      {"loss", report.loss},
                      {"tolerance", report.tolerance},
                      {"weights", weights}});
}

void print_report(const GradientReport& report) {
  print(fmt::format("loss on random examples: {:.6g}\n", report.loss));
  for (const WeightCheck& weight : report.weights) {
    print(fmt::format("{:<28} {:>7} elements, {:>3} moved, largest error {:.1e}  {}\n", weight.name,
                      weight.elements, weight.checked, weight.max_error,
                      weight.passed ? "ok" : "WRONG"));
  }
  print(fmt::format("{}: gradients and finite differences {} within {:.0e}\n",
                    report.passed() ? "passed" : "failed", report.passed() ? "agree" : "disagree",
                    report.tolerance));
}

}  // namespace

int run(const GradcheckArguments& arguments) {
  const GradientReport report = check_gradients(load_model_file(arguments.model), arguments.seed);
  if (is_json()) {
    print_json(to_config(report));
  } else {
    print_report(report);
  }
  return report.passed() ? kSuccess : kWorkFailed;
}

}  // namespace antler::cli
