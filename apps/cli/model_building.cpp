#include "apps/cli/model_building.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "antler/layers/dense.h"
#include "antler/layers/feature_statistics.h"
#include "antler/layers/flatten.h"
#include "antler/layers/input.h"
#include "antler/layers/normalization.h"
#include "antler/layers/rescaling.h"
#include "antler/metrics/accuracy.h"
#include "antler/optimizers/optimizer.h"

namespace antler::cli {
namespace {

std::vector<double> numbers_of(const Tensor& tensor) {
  const std::span<const double> data = tensor.data<double>();
  return {data.begin(), data.end()};
}

// A variance that is rounding alone; dividing by it would make noise of it.
bool is_constant(double mean, double variance) { return variance <= 1e-12 * mean * mean; }

Layer normalization(const InputStatistics& inputs) {
  if (inputs.is_shared) {
    return Normalization(
        {.axis = {}, .mean = inputs.mean.front(), .variance = inputs.variance.front()});
  }
  return Normalization({.mean = inputs.mean, .variance = inputs.variance});
}

// Mean and deviation of each target column; a constant one has deviation 1.
struct TargetScale {
  std::vector<double> mean, deviation;
};

TargetScale target_scale(const Tensor& y) {
  FeatureStatistics statistics({1});
  statistics.add(y);
  TargetScale scale = {numbers_of(statistics.mean()), numbers_of(statistics.variance())};
  for (std::size_t i = 0; i < scale.deviation.size(); ++i) {
    double& value = scale.deviation[i];
    value = is_constant(scale.mean[i], value) ? 1.0 : std::sqrt(value);
  }
  return scale;
}

Layer output_rescaling(const TargetScale& scale) {
  if (scale.mean.size() == 1) {
    return Rescaling(scale.deviation.front(), {.offset = scale.mean.front()});
  }
  return Rescaling(scale.deviation, {.offset = scale.mean});
}

// The loss is in the target's unit, squared for a squared error, and so are the gradients. Adam and
// its kind do not mind; SGD's own rate is taken to mean targets of deviation 1.
void fit_rate_to_targets(Optimizer& optimizer, const std::string& loss, const TargetScale& scale) {
  if (optimizer.base().class_name() != "SGD") return;
  const double unit = *std::max_element(scale.deviation.begin(), scale.deviation.end());
  const bool is_squared = loss == "mse" || loss.find("quared") != std::string::npos;
  optimizer.set_learning_rate(optimizer.learning_rate() / (is_squared ? unit * unit : unit));
}

MetricsArg metrics_of(Task task) {
  switch (task) {
    case Task::regression:
      return {"root_mean_squared_error", "mean_absolute_error"};
    case Task::multilabel:
      // "accuracy" would mean the accuracy of one class of many here, as in Keras.
      return {metrics::BinaryAccuracy({.name = "accuracy"})};
    case Task::binary:
    case Task::multiclass:
      break;
  }
  return {"accuracy"};
}

std::string_view output_activation(Task task) {
  if (task == Task::regression) return "linear";
  return task == Task::multiclass ? "softmax" : "sigmoid";
}

}  // namespace

std::string loss_name(const TrainArguments& arguments, Task task) {
  return arguments.loss.value_or(std::string(default_loss(task)));
}

bool takes_class_numbers(const TrainArguments& arguments, Task task) {
  const std::string loss = loss_name(arguments, task);
  return task == Task::multiclass && (loss.starts_with("sparse") || loss.starts_with("Sparse") ||
                                      loss == "crossentropy" || loss == "ce");
}

InputStatistics input_statistics(const Tensor& x, const std::vector<bool>& is_category) {
  InputStatistics inputs = {.shape = x.shape().without_batch()};
  inputs.is_shared = x.rank() > 2 || x.dtype() == DType::uint8;
  FeatureStatistics statistics(inputs.is_shared ? std::vector<int>() : std::vector<int>{1});
  statistics.add(x);
  inputs.mean = numbers_of(statistics.mean());
  inputs.variance = numbers_of(statistics.variance());
  for (std::size_t i = 0; i < inputs.mean.size(); ++i) {
    const bool category = i < is_category.size() && is_category[i];
    if (category) inputs.mean[i] = 0;
    if (category || is_constant(inputs.mean[i], inputs.variance[i])) inputs.variance[i] = 1;
  }
  return inputs;
}

Sequential build_model(const TrainArguments& arguments, Task task, const InputStatistics& inputs,
                       std::int64_t outputs, const Tensor& y) {
  std::vector<Layer> layers = {Input(inputs.shape), normalization(inputs)};
  if (inputs.shape.rank() > 1) layers.push_back(Flatten());
  for (const std::int64_t units : arguments.layers) {
    layers.push_back(Dense(units, {.activation = arguments.activation}));
  }
  layers.push_back(Dense(outputs, {.activation = std::string(output_activation(task))}));
  Optimizer optimizer = OptimizerArg(arguments.optimizer).get();
  if (task == Task::regression) {
    const TargetScale scale = target_scale(y);
    layers.push_back(output_rescaling(scale));
    fit_rate_to_targets(optimizer, loss_name(arguments, task), scale);
  }
  if (arguments.learning_rate) optimizer.set_learning_rate(*arguments.learning_rate);
  Sequential model(layers);
  model.compile(
      {.optimizer = optimizer, .loss = loss_name(arguments, task), .metrics = metrics_of(task)});
  return model;
}

}  // namespace antler::cli
