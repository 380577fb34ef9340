#include "tests/golden/check_schedules.h"

#include "antler/schedules/schedule.h"
#include "tests/golden/case.h"
#include "tests/golden/same_config.h"

namespace antler::golden {
namespace {

constexpr double kRateTolerance = 1e-6;

void check(const Config& golden_case, Failures& failures) {
  failures.expect_keys(golden_case, {"name", "schedule", "values"});
  const Schedule schedule = Schedule::from_config(golden_case.at("schedule"));
  if (Schedule::from_config(schedule.to_config()).to_config() != schedule.to_config()) {
    failures.add("config is not read back: " + schedule.to_config().to_string());
  }
  compare_configs(schedule.to_config(), golden_case.at("schedule"), failures);
  for (const Config& pair : golden_case.at("values").as_list()) {
    if (pair.size() != 2) {
      failures.add("expected pairs of step and rate, got " + pair.to_string());
      continue;
    }
    const std::int64_t step = pair[0].as_integer();
    const Tensor rate = schedule(Tensor::full({}, static_cast<double>(step), DType::int64));
    failures.compare("step " + std::to_string(step), rate, read_tensor(pair[1]), kRateTolerance);
  }
}

}  // namespace

std::vector<std::string> check_schedules(const Config& golden_case) {
  return run_check(golden_case, check);
}

}  // namespace antler::golden
