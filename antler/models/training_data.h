#pragma once

#include <optional>
#include <string>

#include "antler/data/dataset.h"
#include "antler/models/model.h"

namespace antler {

/// What fit trains on and validates with, batched and shuffled as its options say.
struct TrainingData {
  Dataset training;
  std::optional<Dataset> validation;
};

/// Checks fit's data and applies validation_split, validation_data, class_weight and sample_weight.
/// Errors: ShapeError, ValueError naming the argument, what was expected and what came.
TrainingData prepare_training_data(const ModelBase& model, const DataArg& x, const DataArg& y,
                                   const FitOptions& options);

/// Whether examples are weighed: an empty tensor alone says no.
bool has_weights(const DataArg& sample_weight);

/// Tensors as a Dataset, in the model's order of inputs and outputs; `what` opens errors.
Dataset dataset_of(const ModelBase& model, const std::string& what, const DataArg& x,
                   const DataArg& y, const DataArg& sample_weight);

/// validation_data in batches of that size; a Dataset keeps its own.
Dataset validation_dataset(const ModelBase& model, const ValidationData& data,
                           std::int64_t batch_size);

/// The batches that the model's programs take: what its HostLayers make of `data`.
Dataset fed_by(ModelBase& model, const Dataset& data);

/// All examples as one batch, for the model's programs.
Batch whole_batch(ModelBase& model, const Dataset& data);

/// One weight an example: the class's, 1 for classes that are not named. Labels that are one-hot
/// count by their largest column. Source: Keras' class_weight.
Tensor weights_of_classes(const Tensor& y, const FlatMap<std::int64_t, double>& class_weight);

}  // namespace antler
