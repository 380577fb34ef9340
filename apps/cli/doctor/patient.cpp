#include "apps/cli/doctor/patient.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "antler/core/error.h"
#include "antler/data/rows.h"
#include "antler/models/trainer.h"
#include "apps/cli/examples.h"
#include "apps/cli/labels.h"
#include "apps/cli/random_examples.h"
#include "apps/cli/targets.h"

namespace antler::cli {
namespace {

constexpr std::int64_t kSampleRows = 512;

void check_can_be_examined(const Patient& patient) {
  const Model& model = patient.model();
  if (!has_loss(model)) {
    throw ValueError(patient.path +
                     ": expected a compiled model, got one without a loss; compile it with a loss "
                     "and save it again");
  }
  if (model.inputs().size() != 1 || model.outputs().size() != 1) {
    throw ValueError(fmt::format("{}: expected a model of one input and one output, got {} and {}",
                                 patient.path, model.inputs().size(), model.outputs().size()));
  }
}

// Takes --target's columns out of a table for y; the rest is x.
Tensor take_target(const LoadedModel& loaded, Data& data, const std::string& target) {
  if (loaded.coding && !loaded.coding->targets.empty()) {
    throw ValueError("--target: expected none, for the model knows its own: " +
                     loaded.coding->targets.front());
  }
  if (!data.table) throw ValueError("--target: expected a table with it, got arrays");
  std::vector<std::int64_t> places = find_targets(data, target);
  const Tensor y =
      code_targets(Task::regression, target_columns(*data.table, places), {}, false, data.source);
  std::sort(places.begin(), places.end(), std::greater<>());
  for (const std::int64_t place : places) {
    data.table->columns.erase(data.table->columns.begin() + place);
  }
  return y;
}

std::vector<std::string> column_names(const LoadedModel& loaded, const Data& data) {
  std::vector<std::string> names;
  if (loaded.coding) {
    for (const Feature& feature : loaded.coding->features) {
      if (feature.kind == Feature::Kind::number) names.push_back(feature.name);
      for (const std::string& text : feature.categories) names.push_back(feature.name + "=" + text);
    }
  } else if (data.table) {
    for (const Column& column : data.table->columns) names.push_back(column.name);
  }
  return names;
}

void read_examples(const DoctorArguments& arguments, Patient& patient) {
  Data data = read_data(arguments.data, Part::train);
  if (arguments.target) {
    patient.y = take_target(patient.loaded, data, *arguments.target);
  } else {
    patient.y = code_example_targets(patient.loaded, data);
    if (!patient.loaded.coding) data = without_last_column(data);
  }
  CodedExamples examples = code_examples(patient.loaded, data);
  patient.x = examples.x;
  patient.notes = std::move(examples.notes);
  patient.columns = column_names(patient.loaded, data);
  if (patient.x.length() == 0) throw ValueError(data.source + ": expected rows, got none");
}

void draw_sample(Patient& patient) {
  std::vector<std::int64_t> rows = shuffled_order(patient.x.length(), patient.seed, 0);
  rows.resize(static_cast<std::size_t>(std::min(kSampleRows, patient.x.length())));
  const auto drawn = [&](const Tensor& all) {
    Tensor some = Tensor::uninitialized(all.dtype(), all.shape().without_batch().with_batch(
                                                         static_cast<std::int64_t>(rows.size())));
    gather_rows(all, rows, some);
    return some;
  };
  patient.sample_x = drawn(patient.x);
  patient.sample_y = drawn(patient.y);
}

}  // namespace

std::optional<bool> Patient::from_logits() const {
  const Config config =
      loss.base().class_name() == "function" ? Config::map() : loss.base().get_config();
  const Config* value = config.find("from_logits");
  return value != nullptr ? std::optional<bool>(value->as_bool()) : std::nullopt;
}

bool Patient::gives_probabilities() const {
  return activation == "softmax" || activation == "sigmoid" || activation == "hard_sigmoid";
}

std::string activation_of(const LayerBase& layer) {
  if (layer.class_name() == "Softmax") return "softmax";
  if (ends_in_relu(layer)) return "relu";
  const Config config = layer.get_config();
  const Config* activation = config.find("activation");
  return activation != nullptr && activation->is_string() ? activation->as_string() : "";
}

Patient admit(const DoctorArguments& arguments) {
  Patient patient;
  patient.path = arguments.model;
  patient.seed = arguments.seed;
  patient.loaded = load_model_file(arguments.model);
  check_can_be_examined(patient);
  read_examples(arguments, patient);
  draw_sample(patient);
  const TensorSpec output = patient.model().outputs().front().spec();
  const LossArg& loss = patient.model().model_base().trainer().options().loss.losses().front().loss;
  patient.loss = loss.resolve({patient.y.shape(), patient.y.dtype()}, output);
  patient.last = patient.model().layers().back();
  patient.activation = activation_of(patient.last.base());
  patient.units = output.shape.rank() > 1 ? output.shape.back() : 1;
  return patient;
}

}  // namespace antler::cli
