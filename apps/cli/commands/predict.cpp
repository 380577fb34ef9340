#include "apps/cli/commands/predict.h"

#include <fmt/format.h>

#include <span>

#include "antler/data/atomic_file.h"
#include "antler/data/npy.h"
#include "apps/cli/examples.h"
#include "apps/cli/exit_codes.h"
#include "apps/cli/output.h"
#include "apps/cli/prediction_table.h"

namespace antler::cli {
namespace {

// One object a line for each row.
void print_rows(const PredictionTable& table) {
  for (const std::vector<Config>& row : table.rows) {
    Config object = Config::map();
    for (std::size_t i = 0; i < row.size(); ++i) object.set(table.names[i], row[i]);
    print_json(object);
  }
}

void write(const std::string& path, const LoadedModel& loaded, const Tensor& output) {
  if (path.ends_with(".npy")) return write_npy(path, output);
  const std::string csv = to_csv(prediction_table(loaded, output));
  write_file_atomically(path, std::as_bytes(std::span(csv)));
}

}  // namespace

int run(const PredictArguments& arguments) {
  const LoadedModel loaded = load_model_file(arguments.model);
  const CodedExamples examples = code_examples(loaded, read_data(arguments.data, Part::test));
  // Standard output holds the predictions alone.
  for (const std::string& note : examples.notes) complain("note: " + note);
  const Tensor output = loaded.model.predict(examples.x);
  if (!arguments.output) {
    const PredictionTable table = prediction_table(loaded, output);
    if (is_json()) {
      print_rows(table);
    } else {
      print(to_csv(table));
    }
    return kSuccess;
  }
  write(*arguments.output, loaded, output);
  if (is_json()) {
    print_json(Config::map({{"output", *arguments.output}, {"rows", output.length()}}));
  } else {
    say(fmt::format("wrote {} predictions to {}", output.length(), *arguments.output));
  }
  return kSuccess;
}

}  // namespace antler::cli
