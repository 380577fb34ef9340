#include "apps/cli/commands/bench.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>

#include "antler/core/thread_pool.h"
#include "antler/models/trainer.h"
#include "apps/cli/bench_subject.h"
#include "apps/cli/exit_codes.h"
#include "apps/cli/output.h"
#include "apps/cli/peak_memory.h"
#include "apps/cli/step_profile.h"
#include "apps/workloads/timing.h"

namespace antler::cli {
namespace {

struct Timings {
  double first_step = 0, step = 0, predict = 0;  // seconds
  double memory_mb = 0;
};

std::vector<Tensor> first_example(const std::vector<Tensor>& x) {
  std::vector<Tensor> one;
  for (const Tensor& input : x) one.push_back(input.slice(0, 1));
  return one;
}

Timings measure(const BenchSubject& subject, double seconds) {
  Timings timings;
  Trainer& trainer = subject.model.model_base().trainer();
  const auto begin = std::chrono::steady_clock::now();
  trainer.train_on(subject.batch);
  timings.first_step = workloads::seconds_since(begin);
  timings.step = workloads::mean_seconds(seconds, [&] { trainer.train_on(subject.batch); });
  const std::vector<Tensor> one = first_example(subject.x);
  timings.predict =
      workloads::mean_seconds(seconds / 4, [&] { subject.model.predict_on_batch(one); });
  timings.memory_mb = peak_memory_mb();
  return timings;
}

Config to_config(const BenchSubject& subject, const Timings& timings) {
  return Config::map({{"workload", subject.name},
                      {"threads", num_threads()},
                      {"step_us", timings.step * 1e6},
                      {"predict_us", timings.predict * 1e6},
                      {"first_step_ms", timings.first_step * 1e3},
                      {"memory_mb", timings.memory_mb}});
}

void print_timings(const BenchSubject& subject, const Timings& timings) {
  print(
      fmt::format("{}: batch {}, {} thread{}\n"
                  "  training step    {:>12.2f} us   ({:.0f} examples a second)\n"
                  "  prediction of 1  {:>12.2f} us\n"
                  "  first step       {:>12.2f} ms   (tracing and compiling included)\n"
                  "  peak memory      {:>12.1f} MB   (of the process)\n",
                  subject.name, subject.batch.size, num_threads(), num_threads() == 1 ? "" : "s",
                  timings.step * 1e6, static_cast<double>(subject.batch.size) / timings.step,
                  timings.predict * 1e6, timings.first_step * 1e3, timings.memory_mb));
}

}  // namespace

int run(const BenchArguments& arguments) {
  const BenchSubject subject = make_bench_subject(arguments.what, arguments.batch_size);
  const Timings timings = measure(subject, arguments.seconds);
  std::optional<StepProfile> profile;
  if (arguments.profile) profile = profile_step(subject, arguments.seconds);
  if (is_json()) {
    Config config = to_config(subject, timings);
    if (profile) config.set("profile", to_config(*profile));
    print_json(config);
  } else {
    print_timings(subject, timings);
    if (profile) print(to_text(*profile));
  }
  return kSuccess;
}

}  // namespace antler::cli
