#include "apps/cli/gradient_check.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/function.h"
#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/models/step_context.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/creation.h"
#include "antler/ops/sum.h"
#include "apps/cli/float64_graph.h"

namespace antler::cli {
namespace {

constexpr std::int64_t kExamples = 8;
constexpr std::int64_t kMostElements = 40;
constexpr double kTolerance = 1e-5;
constexpr double kRelativeStep = 1e-6;
// Streams of random numbers.
enum : std::uint32_t { kInputs = 1, kTargets, kElements, kDirections };

Tensor random_normal(const Shape& shape, std::uint64_t seed, std::uint32_t stream,
                     std::uint64_t step) {
  const RandomStream random(seed, stream, step);
  Tensor out = Tensor::uninitialized(DType::float64, shape);
  std::uint64_t element = 0;
  for (double& value : out.mutable_data<double>()) value = random.normal(element++);
  return out;
}

// The first layer's mean and deviation: without them inputs of a model for incomes would all look
// alike to it.
struct InputScale {
  std::vector<double> mean = {0.0}, deviation = {1.0};
};

std::vector<double> numbers_of(const Config& config) {
  if (config.is_number()) return {config.as_number()};
  std::vector<double> numbers;
  if (!config.is_list()) return numbers;
  for (const Config& element : config.as_list()) {
    const std::vector<double> inner = numbers_of(element);
    numbers.insert(numbers.end(), inner.begin(), inner.end());
  }
  return numbers;
}

InputScale input_scale(const Model& model) {
  InputScale scale;
  const std::vector<Layer> layers = model.layers();
  for (const Layer& layer : layers) {
    const Config config = layer.get_config();
    if (layer.class_name() == "Normalization" && config.contains("mean")) {
      const std::vector<double> mean = numbers_of(config.at("mean"));
      std::vector<double> deviation = numbers_of(config.at("variance"));
      for (double& value : deviation) value = std::sqrt(value);
      if (mean.empty() || mean.size() != deviation.size()) return scale;
      return {mean, deviation};
    }
    if (layer.class_name() == "Rescaling" && layer == layers.front()) {
      const std::vector<double> factor = numbers_of(config.at("scale"));
      if (factor.size() == 1 && factor[0] != 0) return {{0.5 / factor[0]}, {0.3 / factor[0]}};
      return scale;
    }
    if (layer.class_name() != "InputLayer" && layer.class_name() != "Flatten") return scale;
  }
  return scale;
}

std::vector<Tensor> random_inputs(const Model& model, std::uint64_t seed) {
  if (model.inputs().empty()) {
    throw StateError(
        "gradcheck: expected a model with an Input, so that the shape of its examples "
        "is known");
  }
  const InputScale scale = input_scale(model);
  std::vector<Tensor> inputs;
  for (const Value& input : model.inputs()) {
    Shape shape = input.shape().without_batch().with_batch(kExamples);
    for (int axis = 1; axis < shape.rank(); ++axis) {
      if (shape[axis] == None) shape.set(axis, 4);
    }
    Tensor x = random_normal(shape, seed, kInputs, inputs.size());
    std::size_t at = 0;
    for (double& value : x.mutable_data<double>()) {
      const std::size_t i = at++ % scale.mean.size();
      value = scale.mean[i] + scale.deviation[i] * value;
    }
    inputs.push_back(x.astype(input.dtype()));
  }
  return inputs;
}

// Targets that the loss takes: class numbers for a sparse loss; else 0 and 1 below an activation
// that gives probabilities, one of them a row where they sum to 1; else numbers like the outputs.
Tensor random_targets(const Tensor& output, const std::string& loss, std::uint64_t seed,
                      std::size_t index) {
  const RandomStream random(seed, kTargets, index);
  const std::int64_t width = output.rank() > 1 ? output.shape().back() : 1;
  const auto rows = static_cast<std::uint64_t>(output.size() / width);
  const auto classes = static_cast<std::uint64_t>(width);
  std::vector<std::int64_t> chosen;
  for (std::uint64_t i = 0; i < rows; ++i) {
    chosen.push_back(static_cast<std::int64_t>(random.below(i, classes)));
  }
  if (loss.find("parse") != std::string::npos) {
    return Tensor::from(chosen, output.shape().erased(-1).inserted(output.rank() - 1, 1));
  }
  const bool probabilities = loss.find("rossentropy") != std::string::npos;
  const bool binary = loss.find("inary") != std::string::npos;
  Tensor y = Tensor::uninitialized(DType::float32, output.shape());
  std::uint64_t element = 0;
  for (float& value : y.mutable_data<float>()) {
    const std::uint64_t i = element++;
    if (probabilities && !binary && width > 1) {
      value = static_cast<std::int64_t>(i % classes) == chosen[i / classes] ? 1.0F : 0.0F;
    } else if (probabilities) {
      value = static_cast<float>(random.below(i, 2));
    } else {
      const double near = output.item(static_cast<std::int64_t>(i));
      value = static_cast<float>(near + (std::abs(near) + 1) * random.normal(i));
    }
  }
  return y;
}

std::string loss_name(const Model& model, std::size_t output) {
  const std::vector<LossesArg::Named>& losses =
      model.model_base().trainer().options().loss.losses();
  const LossArg& loss = losses.at(std::min(output, losses.size() - 1)).loss;
  return loss.object() ? loss.object().name() : loss.given_name();
}

bool has_loss(const Model& model) {
  Trainer& trainer = model.model_base().trainer();
  return trainer.is_compiled() && !trainer.options().loss.empty();
}

// The loss of a batch as graph, with the weights as leaves.
Value trace_loss(const Model& model, std::uint64_t seed) {
  const std::vector<Tensor> inputs = random_inputs(model, seed);
  ModelBase& base = model.model_base();
  StepContext context(base.trainer(), {.training = false});
  for (const Tensor& input : inputs) context.x.emplace_back(input);
  const std::vector<Value> outputs = base.invoke(context.x, context.call());
  if (!has_loss(model)) {
    Value total = Tensor::zeros(Shape());
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const Tensor weights = random_normal(outputs[i].shape(), seed, kTargets, i);
      total = total + ops::sum(outputs[i] * Value(weights.astype(outputs[i].dtype())));
    }
    return total;
  }
  const std::vector<Tensor> values = evaluate(outputs);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    context.y.emplace_back(random_targets(values[i], loss_name(model, i), seed, i));
  }
  return base.compute_loss(context.y, outputs, {}, context);
}

// The loss alone, and with its gradients, as functions of the weights in float64.
class WideLoss {
 public:
  WideLoss(const Model& model, std::uint64_t seed)
      : variables_(model.trainable_weights()),
        loss_(trace_loss(model, seed)),
        gradients_(gradients(loss_, variables_)) {
    for (std::size_t i = 0; i < variables_.size(); ++i) {
      if (!gradients_[i]) gradients_[i] = ops::zeros(variables_[i].shape(), variables_[i].dtype());
    }
  }

  const std::vector<Variable>& variables() const { return variables_; }
  Function loss() const { return function({loss_}); }
  Function gradient() const { return function(gradients_); }

 private:
  Function function(const std::vector<Value>& outputs) const {
    return Function(
        [outputs, variables = variables_](const std::vector<Value>& weights) {
          ValueMap replacements;
          for (std::size_t i = 0; i < variables.size(); ++i) {
            replacements.emplace(key_of(Value(variables[i])), weights[i]);
          }
          return in_float64(outputs, replacements);
        },
        {.backend = "reference", .stable_rewrites = true});
  }

  std::vector<Variable> variables_;
  Value loss_;
  std::vector<Value> gradients_;
};

// Central differences of the loss along a direction in one weight.
class Differences {
 public:
  Differences(const Function& loss, std::vector<Tensor> weights)
      : loss_(loss), weights_(std::move(weights)) {}

  const std::vector<Tensor>& weights() const { return weights_; }
  double loss() const { return loss_.call(weights_)[0].item(); }

  double along(std::size_t weight, const Tensor& direction, double step) {
    const double above = moved(weight, direction, step), below = moved(weight, direction, -step);
    return (above - below) / (2 * step);
  }

 private:
  double moved(std::size_t weight, const Tensor& direction, double step) {
    std::vector<Tensor> weights = weights_;
    const std::span<double> values = weights[weight].mutable_data<double>();
    const std::span<const double> by = direction.data<double>();
    for (std::size_t i = 0; i < values.size(); ++i) values[i] += step * by[i];
    return loss_.call(weights)[0].item();
  }

  const Function& loss_;
  std::vector<Tensor> weights_;
};

double largest(std::span<const double> values) {
  double most = 0;
  for (const double value : values) most = std::max(most, std::abs(value));
  return most;
}

double norm(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum);
}

// The error of a difference as a share of `scale`. A kink of relu between the two points makes a
// difference wrong that a smaller step makes right: a wrong gradient stays wrong.
double error_along(Differences& differences, std::size_t weight, const Tensor& direction,
                   double analytic, double scale, double step) {
  double best = INFINITY;
  for (const double shrink : {1.0, 0.1, 0.01}) {
    const double numeric = differences.along(weight, direction, step * shrink);
    best = std::min(best, std::abs(analytic - numeric) / scale);
    if (best <= kTolerance) break;
  }
  return best;
}

WeightCheck check_weight(Differences& differences, std::size_t index, const Variable& variable,
                         const Tensor& gradient, double floor, std::uint64_t seed) {
  WeightCheck check = {.name = variable.path(), .elements = gradient.size()};
  const std::span<const double> g = gradient.data<double>();
  const double scale = std::max(largest(g), floor);
  const std::span<const double> w = differences.weights()[index].data<double>();
  const double step = kRelativeStep * std::max(1.0, largest(w));
  const RandomStream random(seed, kElements, index);
  const auto count = static_cast<std::uint64_t>(gradient.size());
  const bool all = gradient.size() <= kMostElements;
  check.checked = all ? gradient.size() : kMostElements;
  for (std::int64_t k = 0; k < check.checked; ++k) {
    const auto number = static_cast<std::uint64_t>(k);
    const std::uint64_t element = all ? number : random.below(number, count);
    Tensor direction = Tensor::zeros(gradient.shape(), DType::float64);
    direction.mutable_data<double>()[element] = 1.0;
    check.max_error = std::max(check.max_error,
                               error_along(differences, index, direction, g[element], scale, step));
  }
  const Tensor direction = random_normal(gradient.shape(), seed, kDirections, index);
  const std::span<const double> d = direction.data<double>();
  double analytic = 0;
  for (std::size_t i = 0; i < g.size(); ++i) analytic += g[i] * d[i];
  const double whole = std::max(norm(g), floor);
  check.max_error =
      std::max(check.max_error, error_along(differences, index, direction, analytic, whole, step));
  check.passed = check.max_error <= kTolerance;
  return check;
}

}  // namespace

bool GradientReport::passed() const {
  return std::all_of(weights.begin(), weights.end(),
                     [](const WeightCheck& weight) { return weight.passed; });
}

GradientReport check_gradients(const LoadedModel& loaded, std::uint64_t seed) {
  const WideLoss wide(loaded.model, seed);
  std::vector<Tensor> weights;
  for (const Variable& variable : wide.variables()) {
    weights.push_back(variable.read().astype(DType::float64));
  }
  const Function loss = wide.loss();
  const std::vector<Tensor> gradients = wide.gradient().call(weights);
  Differences differences(loss, weights);
  GradientReport report = {.loss = differences.loss(), .tolerance = kTolerance, .weights = {}};
  // What rounding alone makes of a difference; a gradient of zero has no scale of its own.
  const double floor = 1e-8 + std::abs(report.loss) * 1e-4;
  for (std::size_t i = 0; i < gradients.size(); ++i) {
    report.weights.push_back(
        check_weight(differences, i, wide.variables()[i], gradients[i], floor, seed));
  }
  return report;
}

}  // namespace antler::cli
