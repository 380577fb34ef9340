#include "apps/cli/commands/evaluate.h"

#include <fmt/format.h>

#include "apps/cli/examples.h"
#include "apps/cli/exit_codes.h"
#include "apps/cli/output.h"

namespace antler::cli {

int run(const EvaluateArguments& arguments) {
  const LoadedModel loaded = load_model_file(arguments.model);
  const Data data = read_data(arguments.data, Part::test);
  const Tensor y = code_example_targets(loaded, data);
  const CodedExamples examples =
      code_examples(loaded, loaded.coding ? data : without_last_column(data));
  for (const std::string& note : examples.notes) say("note: " + note);
  const Logs logs = loaded.model.evaluate(examples.x, y);
  Config values = Config::map();
  for (const auto& [name, value] : logs) {
    if (!is_json()) print(fmt::format("{}: {:.6g}\n", name, value));
    values.set(name, value);
  }
  if (is_json()) print_json(values);
  return kSuccess;
}

}  // namespace antler::cli
