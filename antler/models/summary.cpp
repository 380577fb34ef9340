// Model::summary: Keras' table of layers, and below it what compile knows.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "antler/models/layer_calls.h"
#include "antler/models/model.h"
#include "antler/models/sequential.h"
#include "antler/models/step_memory.h"
#include "antler/models/text_table.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

constexpr int kTrainableWidth = 12;
constexpr int kShortestLine = 60;  // on a terminal that is narrower the table is cut by it

std::string with_separators(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

// Keras leaves four columns of the terminal free; where there is none it need not be narrower.
int fitted_to_terminal(int length) {
  int columns = 0;
  winsize size = {};
  if (const char* given = std::getenv("COLUMNS")) columns = std::atoi(given);
  if (columns <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) columns = size.ws_col;
  return columns <= 0 ? length : std::clamp(columns - 4, std::min(kShortestLine, length), length);
}

class Summary {
 public:
  Summary(const ModelBase& model, const SummaryOptions& options)
      : model_(model), options_(options), calls_(model) {
    const bool is_stack = dynamic_cast<const SequentialModel*>(&model) != nullptr;
    connected_ = !is_stack && model.is_functional() && !calls_.is_chain();
  }

  std::string text() const {
    TextTable table = empty_table();
    for (const Layer& layer : model_.layers()) add_rows(table, layer, 0);
    return "Model: \"" + model_.shown_name() + "\"\n" + table.to_string() + totals() + memory();
  }

 private:
  TextTable empty_table() const {
    using Align = TextTable::Align;
    int length = connected_ ? 108 : 88;
    std::vector<TextTable::Column> columns;
    if (connected_) {
      columns = {{"Layer (type)", Align::left, 0.3},
                 {"Output Shape", Align::left, 0.56},
                 {"Param #", Align::right, 0.74},
                 {"Connected to", Align::left, 1.0}};
    } else {
      columns = {{"Layer (type)", Align::left, 0.45},
                 {"Output Shape", Align::left, 0.80},
                 {"Param #", Align::right, 1.0}};
    }
    if (options_.show_trainable) {
      length += kTrainableWidth;
      for (TextTable::Column& column : columns) column.end *= 0.9;
      columns.push_back({"Trainable", Align::center, 1.0});
    }
    return {std::move(columns), options_.line_length.value_or(fitted_to_terminal(length))};
  }

  void add_rows(TextTable& table, const Layer& layer, int depth) const {
    std::string prefix;
    if (depth > 0) {
      for (int i = 0; i < depth; ++i) prefix += "   ";
      prefix += "\u2514 ";
    }
    std::vector<std::string> cells = {
        prefix + layer.base().shown_name() + " (" + layer.class_name() + ")",
        calls_.output_shape(layer.base()),
        layer.is_built() || is_input(layer) ? with_separators(layer.count_params())
                                            : "0 (unbuilt)"};
    if (connected_) cells.push_back(calls_.connections(layer.base()));
    if (options_.show_trainable) {
      cells.emplace_back(layer.weights().empty() ? "-" : layer.trainable() ? "Y" : "N");
    }
    table.add_row(std::move(cells));
    if (!options_.expand_nested) return;
    for (const Layer& inner : layer.base().layers()) add_rows(table, inner, depth + 1);
  }

  static bool is_input(const Layer& layer) {
    return dynamic_cast<const InputLayer*>(&layer.base()) != nullptr;
  }

  static std::string line(const char* title, const std::vector<Variable>& variables) {
    std::int64_t count = 0;
    for (const Variable& variable : variables) count += variable.size();
    return std::string(" ") + title + ": " + with_separators(count) + " (" +
           readable_size(bytes_of(variables)) + ")\n";
  }

  std::string totals() const {
    const Layer self(std::const_pointer_cast<LayerBase>(model_.shared_from_this()));
    std::vector<Variable> optimizer;
    const Trainer& trainer = model_.trainer();
    const bool is_built = trainer.is_compiled() && trainer.optimizer().base().is_built();
    if (is_built) optimizer = trainer.optimizer().variables();
    std::vector<Variable> all = self.weights();
    all.insert(all.end(), optimizer.begin(), optimizer.end());
    return line("Total params", all) + line("Trainable params", self.trainable_weights()) +
           line("Non-trainable params", self.non_trainable_weights()) +
           (is_built ? line("Optimizer params", optimizer) : "");
  }

  std::string memory() const {
    if (options_.batch_size <= 0) return "";
    const std::optional<StepMemory> memory = memory_of_step(model_, options_.batch_size);
    if (!memory) return "";
    const auto entry = [](const char* title, std::int64_t bytes) {
      return std::string("   ") + title + ": " + readable_size(bytes) + "\n";
    };
    std::string text =
        memory->training ? " A training step on a batch of " : " Prediction of a batch of ";
    text +=
        with_separators(options_.batch_size) + ":\n" + entry("Activations", memory->activations);
    if (memory->training) {
      text += entry("Gradients", memory->gradients) + entry("Optimizer slots", memory->slots);
    }
    return text + entry("Peak memory", memory->peak);
  }

  const ModelBase& model_;
  const SummaryOptions& options_;
  LayerCalls calls_;
  bool connected_ = false;
};

}  // namespace

std::string Model::summary(const SummaryOptions& options) const {
  return Summary(model_base(), options).text();
}

}  // namespace antler
