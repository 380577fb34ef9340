#include "apps/cli/explained_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "antler/core/error.h"
#include "antler/models/step_memory.h"
#include "antler/models/trainer.h"
#include "apps/cli/random_examples.h"

namespace antler::cli {
namespace {

constexpr const char* kNoLayer = "(step)";  // metrics, the count of steps, copies

const std::string& layer_of(const ProfiledCall& call) {
  static const std::string none = kNoLayer;
  return call.layer.empty() ? none : call.layer;
}

std::string bytes_text(double bytes) { return readable_size(static_cast<std::int64_t>(bytes)); }

std::string flops_text(double flops) {
  if (flops < 1e4) return fmt::format("{:.0f}", flops);
  if (flops < 1e7) return fmt::format("{:.1f} k", flops / 1e3);
  if (flops < 1e10) return fmt::format("{:.1f} M", flops / 1e6);
  return fmt::format("{:.1f} G", flops / 1e9);
}

std::string change_text(const PassEffect& effect) {
  std::string text;
  for (const auto& [kernel, count] : effect.changes) {
    if (kernel.starts_with("fused_")) continue;  // they have their own list
    text += fmt::format("{}{:+} {}", text.empty() ? "" : ", ", count, kernel);
  }
  return text;
}

std::string what_of(const ExplainedProgram& program) {
  return fmt::format("{} of {} row{}", program.is_training ? "training step" : "prediction",
                     program.batch_size, program.batch_size == 1 ? "" : "s");
}

void add_passes(std::string& text, const ExplainedProgram& program) {
  fmt::format_to(std::back_inserter(text), "\n{:<18} {:>6} {:>6}  {}\n", "pass", "before", "after",
                 "ops more or fewer");
  for (const PassEffect& effect : program.passes) {
    const std::string name = effect.pass + (effect.program > 0 ? " (loop)" : "");
    fmt::format_to(std::back_inserter(text), "{:<18} {:>6} {:>6}  {}\n", name, effect.ops_before,
                   effect.ops_after, change_text(effect));
  }
}

void add_fused(std::string& text, const ExplainedProgram& program) {
  std::map<std::string, std::vector<std::string>> layers;  // by kernel
  for (const ProfiledCall& call : program.calls) {
    if (call.kernel.starts_with("fused_")) layers[call.kernel].push_back(layer_of(call));
  }
  if (layers.empty()) return;
  text += "\nfused kernels\n";
  for (auto& [kernel, of] : layers) {
    const std::size_t count = of.size();
    std::vector<std::string> different;
    for (const std::string& layer : of) {
      const bool is_new = std::find(different.begin(), different.end(), layer) == different.end();
      if (is_new) different.push_back(layer);
    }
    fmt::format_to(std::back_inserter(text), "{:>4} x {}: {}\n", count, kernel,
                   fmt::join(different, ", "));
  }
}

// Results of the workspace that begin at one offset, in the order of the calls.
struct Place {
  std::size_t offset = 0;
  std::size_t bytes = 0;
  std::vector<std::string> results;
};

std::vector<Place> places_of(const ExplainedProgram& program) {
  std::map<std::size_t, Place> places;
  std::size_t number = 0;
  for (const ProfiledCall& call : program.calls) {
    if (call.program != 0) continue;
    for (const OutputPlace& output : call.places) {
      if (output.kind != OutputPlace::Kind::workspace) continue;
      Place& place = places[output.offset];
      place.offset = output.offset;
      place.bytes = std::max(place.bytes, output.bytes);
      place.results.push_back(fmt::format("{} {}", number, layer_of(call)));
    }
    ++number;
  }
  std::vector<Place> sorted;
  for (auto& [offset, place] : places) sorted.push_back(std::move(place));
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Place& a, const Place& b) { return a.bytes > b.bytes; });
  return sorted;
}

void add_memory(std::string& text, const ExplainedProgram& program) {
  constexpr std::size_t kShown = 8;
  double apart = 0;
  std::int64_t results = 0, written = 0;
  for (const ProfiledCall& call : program.calls) {
    if (call.program != 0) continue;
    for (const OutputPlace& place : call.places) {
      const bool in_arena = place.kind == OutputPlace::Kind::workspace;
      apart += in_arena ? static_cast<double>(place.bytes) : 0;
      results += in_arena ? 1 : 0;
      written += place.kind == OutputPlace::Kind::variable ? 1 : 0;
    }
  }
  fmt::format_to(std::back_inserter(text),
                 "\nmemory: an arena of {} holds {} results that would take {} apart; {} more go "
                 "straight into variables\n",
                 bytes_text(static_cast<double>(program.arena_bytes)), results, bytes_text(apart),
                 written);
  const std::vector<Place> places = places_of(program);
  std::size_t shown = 0, shared = 0;
  for (const Place& place : places) {
    if (place.results.size() < 2) continue;
    if (++shared > kShown) continue;
    ++shown;
    fmt::format_to(std::back_inserter(text), "{:>12} at {:>8}: {}\n",
                   bytes_text(static_cast<double>(place.bytes)), place.offset,
                   fmt::join(place.results, ", "));
  }
  if (shared > shown) {
    fmt::format_to(std::back_inserter(text), "{:>12} smaller places are shared too\n",
                   shared - shown);
  }
}

struct LayerWork {
  std::string layer;
  std::int64_t calls = 0;
  KernelWork work = {};
};

std::vector<LayerWork> work_by_layer(const ExplainedProgram& program) {
  std::vector<LayerWork> rows;
  for (const ProfiledCall& call : program.calls) {
    const std::string& layer = layer_of(call);
    auto row = std::find_if(rows.begin(), rows.end(),
                            [&](const LayerWork& each) { return each.layer == layer; });
    if (row == rows.end()) row = rows.insert(rows.end(), LayerWork{.layer = layer});
    const auto runs = static_cast<double>(call.runs);
    row->calls += call.runs;
    row->work.flops += runs * call.work.flops;
    row->work.bytes += runs * call.work.bytes;
  }
  return rows;
}

void add_work(std::string& text, const ExplainedProgram& program) {
  fmt::format_to(std::back_inserter(text), "\n{:>6} {:>10} {:>12}  {}\n", "calls", "flops", "bytes",
                 "layer");
  LayerWork all{.layer = "all"};
  std::vector<LayerWork> rows = work_by_layer(program);
  for (const LayerWork& row : rows) {
    all.calls += row.calls;
    all.work.flops += row.work.flops;
    all.work.bytes += row.work.bytes;
  }
  rows.push_back(all);
  for (const LayerWork& row : rows) {
    fmt::format_to(std::back_inserter(text), "{:>6} {:>10} {:>12}  {}\n", row.calls,
                   flops_text(row.work.flops), bytes_text(row.work.bytes), row.layer);
  }
}

constexpr const char* kKinds[] = {"arena", "variable", "output"};

void add_calls(std::string& text, const ExplainedProgram& program) {
  fmt::format_to(std::back_inserter(text), "\n{:>4} {:>10} {:>12}  {}\n", "call", "flops", "bytes",
                 "kernel (layer) -> where its results lie");
  std::size_t number = 0;
  for (const ProfiledCall& call : program.calls) {
    std::string places;
    for (const OutputPlace& place : call.places) {
      const bool in_arena = place.kind == OutputPlace::Kind::workspace;
      places += (places.empty() ? "" : ", ") +
                std::string(kKinds[static_cast<std::size_t>(place.kind)]) +
                (in_arena ? fmt::format(" {}", place.offset) : "");
    }
    const std::string label = call.program > 0 ? "loop" : fmt::format("{}", number++);
    fmt::format_to(std::back_inserter(text), "{:>4} {:>10} {:>12}  {} ({}) -> {}\n", label,
                   flops_text(call.work.flops), bytes_text(call.work.bytes), call.kernel,
                   layer_of(call), places);
  }
}

}  // namespace

ExplainedProgram explain_program(const LoadedModel& loaded, std::int64_t batch_size,
                                 std::uint64_t seed) {
  const std::vector<Tensor> x =
      with_error_prefix("explain: ", [&] { return random_inputs(loaded.model, batch_size, seed); });
  Trainer& trainer = loaded.model.model_base().trainer();
  ExplainedProgram program{.is_training = has_loss(loaded.model), .batch_size = batch_size};
  const auto step = [&](const std::vector<Tensor>& y) {
    const std::vector<Tensor> inputs = trainer.predict_inputs(x);
    if (program.is_training) return trainer.train_on({.x = inputs, .y = y, .size = batch_size});
    std::vector<TensorSpec> specs;
    for (const Tensor& input : inputs) specs.push_back({input.shape(), input.dtype()});
    trainer.predict_batch(trainer.predict_function(specs), inputs);
  };
  std::vector<Tensor> y;
  if (program.is_training) y = random_targets(loaded.model, loaded.model.predict_all(x), seed);
  step(y);  // makes the metrics' and the optimizer's variables: not part of a step
  trainer.forget_programs();
  {
    Profile watched;
    step(y);
    program.calls = watched.calls();
    program.passes = watched.passes();
    program.arena_bytes = watched.arena_bytes();
  }
  trainer.forget_programs();
  std::erase_if(program.passes, [](const PassEffect& effect) { return effect.changes.empty(); });
  return program;
}

Config to_config(const ExplainedProgram& program) {
  Config passes = Config::list(), calls = Config::list();
  for (const PassEffect& effect : program.passes) {
    Config changes = Config::map();
    for (const auto& [kernel, count] : effect.changes) changes.set(kernel, count);
    passes.push_back(Config::map({{"pass", effect.pass},
                                  {"program", effect.program},
                                  {"ops_before", effect.ops_before},
                                  {"ops_after", effect.ops_after},
                                  {"changes", changes}}));
  }
  for (const ProfiledCall& call : program.calls) {
    Config places = Config::list();
    for (const OutputPlace& place : call.places) {
      places.push_back(Config::map({{"kind", kKinds[static_cast<std::size_t>(place.kind)]},
                                    {"offset", static_cast<std::int64_t>(place.offset)},
                                    {"bytes", static_cast<std::int64_t>(place.bytes)}}));
    }
    calls.push_back(Config::map({{"kernel", call.kernel},
                                 {"layer", call.layer},
                                 {"program", call.program},
                                 {"runs", call.runs},
                                 {"flops", call.work.flops},
                                 {"bytes", call.work.bytes},
                                 {"places", places}}));
  }
  return Config::map({{"step", program.is_training ? "train" : "predict"},
                      {"batch_size", program.batch_size},
                      {"passes", passes},
                      {"calls", calls},
                      {"arena_bytes", static_cast<std::int64_t>(program.arena_bytes)}});
}

std::string to_text(const ExplainedProgram& program, bool calls) {
  std::int64_t count = 0;
  for (const ProfiledCall& call : program.calls) count += call.program == 0 ? 1 : 0;
  std::string text = fmt::format("\nThe compiled {}: {} kernel calls\n", what_of(program), count);
  add_passes(text, program);
  add_fused(text, program);
  add_memory(text, program);
  add_work(text, program);
  if (calls) add_calls(text, program);
  return text;
}

}  // namespace antler::cli
