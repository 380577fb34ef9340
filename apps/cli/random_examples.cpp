#include "apps/cli/random_examples.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/models/trainer.h"

namespace antler::cli {
namespace {

// Streams of random numbers; gradient_check.cpp has others.
enum : std::uint32_t { kInputs = 1, kTargets };

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

// How many indices each Embedding of the model can look up; none when it has no Embedding.
std::optional<std::int64_t> index_count(const Model& model) {
  std::optional<std::int64_t> count;
  for (const Layer& layer : model.layers()) {
    if (layer.class_name() != "Embedding") continue;
    const std::int64_t known = layer.get_config().at("input_dim").as_integer();
    count = std::min(known, count.value_or(known));
  }
  return count;
}

Tensor random_indices(const Shape& shape, std::int64_t count, std::uint64_t seed,
                      std::uint64_t step) {
  const RandomStream random(seed, kInputs, step);
  Tensor out = Tensor::uninitialized(DType::int64, shape);
  std::uint64_t element = 0;
  for (std::int64_t& value : out.mutable_data<std::int64_t>()) {
    value = static_cast<std::int64_t>(random.below(element++, static_cast<std::uint64_t>(count)));
  }
  return out;
}

// Targets that the loss takes: class numbers for a sparse loss; else 0 and 1 below an activation
// that gives probabilities, one of them a row where they sum to 1; else numbers like the outputs.
Tensor random_target(const Tensor& output, const std::string& loss, std::uint64_t seed,
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

}  // namespace

Tensor random_normal(const Shape& shape, std::uint64_t seed, std::uint32_t stream,
                     std::uint64_t step) {
  const RandomStream random(seed, stream, step);
  Tensor out = Tensor::uninitialized(DType::float64, shape);
  std::uint64_t element = 0;
  for (double& value : out.mutable_data<double>()) value = random.normal(element++);
  return out;
}

std::vector<Tensor> random_inputs(const Model& model, std::int64_t examples, std::uint64_t seed) {
  if (model.inputs().empty()) {
    throw StateError("expected a model with an Input, so that the shape of its examples is known");
  }
  const InputScale scale = input_scale(model);
  const std::optional<std::int64_t> indices = index_count(model);
  std::vector<Tensor> inputs;
  for (const Value& input : model.inputs()) {
    Shape shape = input.shape().without_batch().with_batch(examples);
    for (int axis = 1; axis < shape.rank(); ++axis) {
      if (shape[axis] == None) shape.set(axis, 4);
    }
    if (indices || !is_floating(input.dtype())) {
      inputs.push_back(
          random_indices(shape, indices.value_or(2), seed, inputs.size()).astype(input.dtype()));
      continue;
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

bool has_loss(const Model& model) {
  Trainer& trainer = model.model_base().trainer();
  return trainer.is_compiled() && !trainer.options().loss.empty();
}

std::vector<Tensor> random_targets(const Model& model, const std::vector<Tensor>& outputs,
                                   std::uint64_t seed) {
  std::vector<Tensor> targets;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    targets.push_back(random_target(outputs[i], loss_name(model, i), seed, i));
  }
  return targets;
}

}  // namespace antler::cli
