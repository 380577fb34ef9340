#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "antler/core/shape.h"
#include "apps/cli/explain_drawing.h"
#include "apps/cli/explained_graph.h"
#include "apps/cli/task.h"

namespace antler::cli {

struct TrainArguments {
  std::vector<std::string> data;
  std::optional<std::string> target;
  std::optional<Task> task;
  std::vector<std::int64_t> layers = {25, 15};
  std::string activation = "relu";
  std::optional<std::string> loss;
  std::string optimizer = "adam";
  std::optional<double> learning_rate;
  int epochs = 20;
  std::int64_t batch_size = 32;
  double validation_split = 0;
  std::uint64_t seed = 0;
  std::string output = "model.keras";
  bool json = false;
};

struct EvaluateArguments {
  std::string model;
  std::vector<std::string> data;
  bool json = false;
};

struct PredictArguments {
  std::string model;
  std::vector<std::string> data;
  std::optional<std::string> output;
  bool json = false;
};

struct SummaryArguments {
  std::string model;
  bool json = false;
};

struct GradcheckArguments {
  std::string model;
  std::uint64_t seed = 0;
  bool json = false;
};

struct BenchArguments {
  /// The letter of a workload, or a .keras file.
  std::string what;
  std::int64_t batch_size = 32;
  double seconds = 1;
  bool profile = false;
  bool json = false;
};

struct ExplainArguments {
  /// A .keras file, or an expression.
  std::string what;
  /// For a model: where its example comes from; else it is drawn by the seed.
  std::vector<std::string> data;
  LeafValues at;
  ExplainFormat format = ExplainFormat::text;
  std::optional<std::string> output;
  std::uint64_t seed = 0;
  std::int64_t batch_size = 32;
  bool ops = false;
  bool program = false;
  bool json = false;

  bool is_model() const { return what.ends_with(".keras"); }
};

struct DoctorArguments {
  std::string model;
  std::vector<std::string> data;
  /// For a table and a model that the command did not train.
  std::optional<std::string> target;
  std::uint64_t seed = 0;
  bool json = false;
};

struct DatasetsArguments {
  bool json = false;
};

struct DemoArguments {
  std::string output = "digits.keras";
  std::uint64_t seed = 0;
};

/// Help or the version was asked for, or the command was used in a wrong way: nothing is left to
/// do.
struct Finished {
  int exit_code = 0;
};

using Command = std::variant<Finished, TrainArguments, EvaluateArguments, PredictArguments,
                             SummaryArguments, GradcheckArguments, BenchArguments, ExplainArguments,
                             DoctorArguments, DatasetsArguments, DemoArguments>;

/// The command line, checked as far as it can be without reading a file; sets the number of
/// threads. Errors go to standard error, with the nearest right name.
Command parse_arguments(int argc, const char* const* argv);

}  // namespace antler::cli
