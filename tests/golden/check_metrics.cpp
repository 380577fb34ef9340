#include "tests/golden/check_metrics.h"

#include "antler/metrics/metric.h"
#include "tests/golden/case.h"
#include "tests/golden/same_config.h"

namespace antler::golden {
namespace {

TensorSpec spec_of(const Tensor& tensor) { return {tensor.shape(), tensor.dtype()}; }

}  // namespace

std::vector<std::string> check_metrics(const Config& golden_case) {
  return run_check(golden_case, [](const Config& c, Failures& failures) {
    failures.expect_keys(c, {"name", "metric", "batches", "result"});
    const MetricArg argument = metric_from_config(c.at("metric"));
    Metric metric = argument.object();
    if (metric) compare_configs(to_config(metric), c.at("metric"), failures);
    for (const Config& batch : c.at("batches").as_list()) {
      std::vector<Tensor> arguments(3);
      for (std::size_t i = 0; i < batch.size() && i < 3; ++i) {
        if (!batch.as_list()[i].is_null()) arguments[i] = read_tensor(batch.as_list()[i]);
      }
      if (!metric) metric = argument.resolve(spec_of(arguments[0]), spec_of(arguments[1]));
      metric.update_state(arguments[0], arguments[1], arguments[2]);
    }
    failures.compare("result", metric.result(), read_tensor(c.at("result")), kTolerance);
  });
}

}  // namespace antler::golden
