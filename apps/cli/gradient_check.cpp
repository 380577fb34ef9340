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
#include "apps/cli/random_examples.h"

namespace antler::cli {
namespace {

constexpr std::int64_t kExamples = 8;
constexpr std::int64_t kMostElements = 40;
constexpr double kTolerance = 1e-5;
constexpr double kRelativeStep = 1e-6;
// Streams of random numbers; random_examples.cpp has others.
enum : std::uint32_t { kOutputWeights = 2, kElements, kDirections };

// The loss of a batch as graph, with the weights as leaves.
Value trace_loss(const Model& model, std::uint64_t seed) {
  const std::vector<Tensor> inputs =
      with_error_prefix("gradcheck: ", [&] { return random_inputs(model, kExamples, seed); });
  ModelBase& base = model.model_base();
  StepContext context(base.trainer(), {.training = false});
  for (const Tensor& input : inputs) context.x.emplace_back(input);
  const std::vector<Value> outputs = base.invoke(context.x, context.call());
  if (!has_loss(model)) {
    Value total = Tensor::zeros(Shape());
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const Tensor weights = random_normal(outputs[i].shape(), seed, kOutputWeights, i);
      total = total + ops::sum(outputs[i] * Value(weights.astype(outputs[i].dtype())));
    }
    return total;
  }
  for (const Tensor& target : random_targets(model, evaluate(outputs), seed)) {
    context.y.emplace_back(target);
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
