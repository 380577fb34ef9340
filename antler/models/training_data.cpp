#include "antler/models/training_data.h"

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

void check_lengths(const std::string& what, const std::vector<Tensor>& x,
                   const std::vector<Tensor>& y, const std::vector<Tensor>& sample_weight) {
  const auto check = [&](const std::string& name, const Tensor& tensor) {
    if (tensor.rank() == 0) {
      throw ShapeError(what + ": expected " + name + " with a batch axis, got a scalar");
    }
    if (tensor.length() != x[0].length()) {
      throw ShapeError(what + ": expected " + std::to_string(x[0].length()) +
                       " examples as in x, got " + std::to_string(tensor.length()) + " in " + name);
    }
  };
  if (x.empty() || x[0].rank() == 0 || x[0].length() == 0) {
    throw ShapeError(what + ": expected at least one example");
  }
  for (const Tensor& tensor : x) check("x", tensor);
  for (const Tensor& tensor : y) check("y", tensor);
  for (const Tensor& tensor : sample_weight) {
    if (tensor) check("sample_weight", tensor);
  }
}

// A model that is not built yet takes its inputs as they come.
std::vector<Tensor> inputs_of(const ModelBase& model, const DataArg& x) {
  return x.in_order_of("x", model.input_names());
}

// One tensor weighs the examples for all outputs, several are the outputs' own.
std::vector<Tensor> weights_of(const ModelBase& model, const DataArg& sample_weight) {
  if (!has_weights(sample_weight)) return {};
  if (sample_weight.single() == nullptr) {
    return sample_weight.in_order_of("sample_weight", model.output_names());
  }
  const Tensor& weight = *sample_weight.single();
  const bool is_one_an_example = weight.rank() < 2 || weight.size() == weight.length();
  if (model.output_names().size() > 1 && !is_one_an_example) {
    throw ShapeError("expected sample_weight with one number an example for all outputs, got " +
                     weight.shape().to_string() + "; give one tensor an output");
  }
  return {weight};
}

}  // namespace

bool has_weights(const DataArg& sample_weight) {
  const Tensor* single = sample_weight.single();
  return single != nullptr ? static_cast<bool>(*single) : !sample_weight.empty();
}

Dataset dataset_of(const ModelBase& model, const std::string& what, const DataArg& x,
                   const DataArg& y, const DataArg& sample_weight) {
  return with_error_prefix(what == "x" ? "" : what + ": ", [&] {
    const std::vector<Tensor> inputs = inputs_of(model, x);
    const std::vector<Tensor> targets =
        y.empty() ? std::vector<Tensor>{} : y.in_order_of("y", model.output_names());
    const std::vector<Tensor> weights = weights_of(model, sample_weight);
    check_lengths("data", inputs, targets, weights);
    return Dataset(inputs, targets, weights);
  });
}

Dataset validation_dataset(const ModelBase& model, const ValidationData& data,
                           std::int64_t batch_size) {
  if (data.dataset) return *data.dataset;
  return dataset_of(model, "validation_data", data.x, data.y, data.sample_weight).batch(batch_size);
}

Tensor weights_of_classes(const Tensor& y, const FlatMap<std::int64_t, double>& class_weight) {
  const std::int64_t rows = y.length();
  const std::int64_t columns = rows == 0 ? 1 : y.size() / rows;
  Tensor weights = Tensor::uninitialized(DType::float32, {rows});
  const auto out = weights.mutable_data<float>();
  for (std::int64_t row = 0; row < rows; ++row) {
    std::int64_t label = 0;
    if (columns == 1) {
      label = std::llround(y.item<double>(row));
    } else {
      for (std::int64_t c = 1; c < columns; ++c) {
        if (y.item<double>(row * columns + c) > y.item<double>(row * columns + label)) label = c;
      }
    }
    const auto found = class_weight.find(label);
    out[static_cast<std::size_t>(row)] =
        found == class_weight.end() ? 1.0F : static_cast<float>(found->second);
  }
  return weights;
}

TrainingData prepare_training_data(const ModelBase& model, const DataArg& x, const DataArg& y,
                                   const FitOptions& options) {
  DataArg weight = options.sample_weight;
  if (!options.class_weight.empty()) {
    if (has_weights(weight)) {
      throw ValueError("fit: expected class_weight or sample_weight, got both");
    }
    const std::vector<Tensor> targets = y.in_order_of("y", model.output_names());
    if (targets.size() != 1) {
      throw ValueError("fit: expected one output with class_weight, got " +
                       std::to_string(targets.size()));
    }
    weight = weights_of_classes(targets[0], options.class_weight);
  }
  const std::int64_t batch_size = options.batch_size.value_or(32);
  const std::int64_t validation_batch = options.validation_batch_size.value_or(batch_size);
  Dataset training = dataset_of(model, "fit", x, y, weight);
  std::optional<Dataset> validation;
  if (!options.validation_data.empty()) {
    validation = validation_dataset(model, options.validation_data, validation_batch);
  } else if (options.validation_split != 0.0) {
    const double fraction = options.validation_split;
    if (!(fraction > 0.0 && fraction < 1.0)) {
      throw ValueError("fit: expected validation_split in [0, 1), got " +
                       Config(fraction).to_string());
    }
    const std::int64_t count = *training.example_count();
    const auto kept =
        static_cast<std::int64_t>(std::floor(static_cast<double>(count) * (1.0 - fraction)));
    if (kept == 0 || kept == count) {
      throw ValueError("fit: validation_split of " + Config(fraction).to_string() + " leaves " +
                       (kept == 0 ? "no training" : "no validation") + " examples of " +
                       std::to_string(count));
    }
    // Weights of classes are for training alone.
    validation =
        dataset_of(model, "fit", x, y, options.sample_weight).skip(kept).batch(validation_batch);
    training = training.take(kept);
  }
  if (options.shuffle) training = training.shuffle(model.trainer().seed());
  return {training.batch(batch_size), validation};
}

Dataset fed_by(ModelBase& model, const Dataset& data) {
  if (!model.has_host_layers()) return data;
  return data.map([&model](Batch& batch) { batch.x = model.feed(batch.x); });
}

Batch whole_batch(ModelBase& model, const Dataset& data) {
  Batch batch{data.x(), data.y(), data.sample_weight(), *data.example_count()};
  if (model.has_host_layers()) batch.x = model.feed(batch.x);
  return batch;
}

}  // namespace antler
