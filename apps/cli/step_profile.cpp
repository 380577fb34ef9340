#include "apps/cli/step_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "antler/compiler/profile.h"
#include "antler/models/trainer.h"
#include "apps/workloads/timing.h"

namespace antler::cli {
namespace {

// What came from no layer: the metrics, the count of steps, copies.
constexpr const char* kNoLayer = "(step)";

void add(ProfileRow& row, const ProfiledCall& call, double steps, const Roofline& roofline) {
  const double runs = static_cast<double>(call.runs) / steps;
  row.calls += call.runs / static_cast<std::int64_t>(steps);
  row.seconds += call.seconds / steps;
  row.work.flops += runs * call.work.flops;
  row.work.bytes += runs * call.work.bytes;
  row.least_seconds += runs * roofline.seconds(call.work);
}

ProfileRow& row_of(std::vector<ProfileRow>& rows, const std::string& name) {
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const ProfileRow& row) { return row.name == name; });
  if (found != rows.end()) return *found;
  rows.push_back({.name = name});
  return rows.back();
}

void sort_by_time(std::vector<ProfileRow>& rows) {
  std::stable_sort(rows.begin(), rows.end(),
                   [](const ProfileRow& a, const ProfileRow& b) { return a.seconds > b.seconds; });
}

Config to_config(const ProfileRow& row) {
  return Config::map({{"name", row.name},
                      {"calls", row.calls},
                      {"us", row.seconds * 1e6},
                      {"flops", row.work.flops},
                      {"bytes", row.work.bytes},
                      {"gflops", row.work.flops / row.seconds / 1e9},
                      {"gbs", row.work.bytes / row.seconds / 1e9},
                      {"roofline", row.share_of_roofline()}});
}

Config to_config(const std::vector<ProfileRow>& rows) {
  Config list = Config::list();
  for (const ProfileRow& row : rows) list.push_back(to_config(row));
  return list;
}

void print_row(std::string& text, const ProfileRow& row, const ProfileRow& total) {
  fmt::format_to(std::back_inserter(text),
                 "{:>10.2f} {:>5.1f}% {:>6} {:>9.2f} {:>8.2f} {:>8.0f}%  {}\n", row.seconds * 1e6,
                 100 * row.seconds / total.seconds, row.calls, row.work.flops / row.seconds / 1e9,
                 row.work.bytes / row.seconds / 1e9, 100 * row.share_of_roofline(), row.name);
}

void print_rows(std::string& text, const char* what, const std::vector<ProfileRow>& rows,
                const ProfileRow& total) {
  fmt::format_to(std::back_inserter(text), "\n{:>10} {:>6} {:>6} {:>9} {:>8} {:>9}  {}\n", "us",
                 "share", "calls", "GFLOP/s", "GB/s", "roofline", what);
  for (const ProfileRow& row : rows) print_row(text, row, total);
}

}  // namespace

StepProfile profile_step(const BenchSubject& subject, double seconds) {
  StepProfile profile;
  profile.total.name = "all";
  profile.roofline = machine_roofline();
  Trainer& trainer = subject.model.model_base().trainer();
  trainer.forget_programs();
  std::vector<ProfiledCall> calls;
  std::int64_t steps = 0;
  {
    Profile watched;
    trainer.train_on(subject.batch);
    profile.arena_bytes = watched.arena_bytes();
    watched.reset();
    workloads::mean_seconds(seconds, [&] {
      trainer.train_on(subject.batch);
      ++steps;
    });
    calls = watched.calls();
  }
  trainer.forget_programs();
  for (const ProfiledCall& call : calls) {
    if (call.runs == 0) continue;  // made a weight
    const auto count = static_cast<double>(steps);
    add(row_of(profile.layers, call.layer.empty() ? kNoLayer : call.layer), call, count,
        profile.roofline);
    add(row_of(profile.kernels, call.kernel), call, count, profile.roofline);
    add(profile.total, call, count, profile.roofline);
  }
  sort_by_time(profile.layers);
  sort_by_time(profile.kernels);
  return profile;
}

Config to_config(const StepProfile& profile) {
  const Roofline& roofline = profile.roofline;
  return Config::map({{"total", to_config(profile.total)},
                      {"layers", to_config(profile.layers)},
                      {"kernels", to_config(profile.kernels)},
                      {"arena_bytes", profile.arena_bytes},
                      {"machine", Config::map({{"gflops", roofline.flops / 1e9},
                                               {"cache_gbs", roofline.cache_bytes / 1e9},
                                               {"memory_gbs", roofline.memory_bytes / 1e9}})}});
}

std::string to_text(const StepProfile& profile) {
  const Roofline& roofline = profile.roofline;
  std::string text = fmt::format(
      "\nA step with a clock around each kernel call; the arena takes {:.3f} MB.\n"
      "The machine: {:.1f} GFLOP/s in products, {:.1f} GB/s in caches, {:.1f} GB/s in memory{}.\n",
      static_cast<double>(profile.arena_bytes) / (1 << 20), roofline.flops / 1e9,
      roofline.cache_bytes / 1e9, roofline.memory_bytes / 1e9,
      roofline_file().empty() ? "" : " (" + roofline_file() + ")");
  print_rows(text, "layer", profile.layers, profile.total);
  print_rows(text, "kernel", profile.kernels, profile.total);
  text += '\n';
  print_row(text, profile.total, profile.total);
  return text;
}

}  // namespace antler::cli
