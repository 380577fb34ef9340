#include "apps/cli/prediction_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "antler/core/error.h"
#include "antler/models/trainer.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/softmax.h"

namespace antler::cli {
namespace {

std::string last_activation(const Model& model) {
  const std::vector<Layer> layers = model.layers();
  if (layers.empty()) return "";
  const Config config = layers.back().get_config();
  const Config* activation = config.find("activation");
  if (activation != nullptr && activation->is_string()) return activation->as_string();
  return layers.back().class_name() == "Softmax" ? "softmax" : "";
}

// The activation that the loss expects of logits: "softmax", "sigmoid", or "" when the outputs are
// no logits.
std::string activation_of_logits(const Model& model) {
  const Trainer& trainer = model.model_base().trainer();
  if (!trainer.is_compiled()) return "";
  const LossesArg& losses = trainer.options().loss;
  if (losses.losses().size() != 1 || !losses.losses().front().loss.object()) return "";
  const Loss& loss = losses.losses().front().loss.object();
  const Config config = loss.base().get_config();
  const Config* from_logits = config.find("from_logits");
  if (from_logits == nullptr || !from_logits->as_bool()) return "";
  return loss.base().class_name() == "BinaryCrossentropy" ? "sigmoid" : "softmax";
}

// What the outputs are: probabilities by the last layer, or to be made so from logits.
struct OutputKind {
  std::string activation;
  bool are_logits = false;
};

OutputKind kind_of_outputs(const Model& model) {
  const std::string logits = activation_of_logits(model);
  if (!logits.empty()) return {logits, true};
  return {last_activation(model), false};
}

Tensor probabilities(const OutputKind& kind, const Tensor& output) {
  if (!kind.are_logits) return output;
  return kind.activation == "softmax" ? ops::softmax(output) : ops::sigmoid(output);
}

Coding numbered_coding(const std::string& activation, std::int64_t outputs) {
  Coding coding;
  if (activation == "softmax") coding.task = Task::multiclass;
  if (activation == "sigmoid") coding.task = outputs == 1 ? Task::binary : Task::multilabel;
  const std::int64_t classes = coding.task == Task::binary ? 2 : outputs;
  for (std::int64_t i = 0; i < classes && coding.task != Task::regression; ++i) {
    coding.classes.emplace_back(i);
  }
  for (std::int64_t i = 0; i < outputs; ++i) coding.targets.push_back(fmt::format("{}", i));
  return coding;
}

// A float's shortest decimals: a double would show digits that the model never had.
Config number(float value) { return Config(std::stod(fmt::format("{}", value))); }

std::vector<Config> probability_row(const Coding& coding, std::span<const float> outputs) {
  std::vector<float> p(outputs.begin(), outputs.end());
  if (coding.task == Task::binary) p = {1.0F - outputs[0], outputs[0]};
  std::vector<Config> row;
  for (const float value : p) row.push_back(number(value));
  if (coding.task != Task::multilabel) {
    // Keras' rule for one sigmoid: the second class only when it is over one half.
    const std::size_t best =
        coding.task == Task::binary
            ? static_cast<std::size_t>(outputs[0] > 0.5F)
            : static_cast<std::size_t>(std::max_element(p.begin(), p.end()) - p.begin());
    row.push_back(coding.classes[best]);
    return row;
  }
  std::string labels;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (p[i] > 0.5F) labels += (labels.empty() ? "" : "|") + class_text(coding.classes[i]);
  }
  row.emplace_back(labels);
  return row;
}

std::string csv_cell(const Config& value) {
  if (!value.is_string()) {
    return value.is_integer() ? fmt::format("{}", value.as_integer())
                              : fmt::format("{}", value.as_number());
  }
  const std::string& text = value.as_string();
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

void add_line(std::string& text, const std::vector<Config>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text += ',';
    text += csv_cell(cells[i]);
  }
  text += '\n';
}

}  // namespace

PredictionTable prediction_table(const LoadedModel& model, const Tensor& output) {
  if (output.rank() > 2) {
    throw ValueError(
        fmt::format("predict: expected one row of outputs for each example, got shape "
                    "{}; write it with -o out.npy",
                    output.shape().to_string()));
  }
  const std::int64_t width = output.rank() == 1 ? 1 : output.shape()[1];
  const OutputKind kind = model.coding ? OutputKind() : kind_of_outputs(model.model);
  const Coding coding = model.coding.value_or(numbered_coding(kind.activation, width));
  const auto wanted = coding.task == Task::binary       ? std::int64_t{1}
                      : coding.task == Task::regression ? width
                                                        : std::ssize(coding.classes);
  if (wanted != width) {
    throw ValueError(fmt::format("predict: expected {} outputs for the classes in the file, got {}",
                                 wanted, width));
  }
  PredictionTable table;
  for (const Config& value : coding.classes) table.names.push_back("p_" + class_text(value));
  if (coding.task != Task::regression || width == 1) {
    table.names.emplace_back("prediction");
  } else {
    for (const std::string& target : coding.targets) table.names.push_back("prediction_" + target);
  }
  const Tensor floats = probabilities(kind, output.astype(DType::float32));
  const std::span<const float> values = floats.data<float>();
  const auto step = static_cast<std::size_t>(width);
  for (std::size_t at = 0; at + step <= values.size(); at += step) {
    const std::span<const float> outputs = values.subspan(at, step);
    if (coding.task != Task::regression) {
      table.rows.push_back(probability_row(coding, outputs));
      continue;
    }
    std::vector<Config> row;
    for (const float value : outputs) row.push_back(number(value));
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string to_csv(const PredictionTable& table) {
  std::string text;
  add_line(text, {table.names.begin(), table.names.end()});
  for (const std::vector<Config>& row : table.rows) add_line(text, row);
  return text;
}

}  // namespace antler::cli
