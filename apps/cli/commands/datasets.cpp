#include "apps/cli/commands/datasets.h"

#include <fmt/format.h>

#include "antler/data/datasets.h"
#include "apps/cli/exit_codes.h"
#include "apps/cli/output.h"

namespace antler::cli {

int run(const DatasetsArguments&) {
  Config list = Config::list();
  for (const antler::datasets::Description& set : antler::datasets::describe()) {
    list.push_back(Config::map({{"name", set.name},
                                {"content", set.content},
                                {"is_found", set.is_found},
                                {"where", set.where}}));
    if (!is_json()) {
      print(fmt::format("{:<14} {}\n{:<14} {}: {}\n", set.name, set.content, "",
                        set.is_found ? "found" : "not found", set.where));
    }
  }
  if (is_json()) print_json(list);
  return kSuccess;
}

}  // namespace antler::cli
