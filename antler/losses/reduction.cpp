#include "antler/losses/reduction.h"

#include <vector>

#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler {
namespace {

struct Entry {
  std::string_view name;
  Reduction reduction;
};

// The first name of each is the one that is written.
constexpr Entry kReductions[] = {
    {"sum_over_batch_size", Reduction::sum_over_batch_size},
    {"sum", Reduction::sum},
    {"none", Reduction::none},
    {"mean_with_sample_weight", Reduction::mean_with_sample_weight},
    {"mean", Reduction::sum_over_batch_size},
    {"auto", Reduction::sum_over_batch_size},
};

}  // namespace

std::string_view name(Reduction reduction) {
  for (const Entry& entry : kReductions) {
    if (entry.reduction == reduction) return entry.name;
  }
  return "";
}

Reduction reduction_from_name(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Entry& entry : kReductions) {
    if (entry.name == name) return entry.reduction;
    names.push_back(entry.name);
  }
  throw ValueError(unknown_name("reduction", name, names));
}

Config to_config(const ReductionArg& reduction) { return name(reduction.get()); }

void from_config(const Config& config, ReductionArg& reduction) {
  reduction = config.is_null() ? ReductionArg(Reduction::none) : ReductionArg(config.as_string());
}

}  // namespace antler
