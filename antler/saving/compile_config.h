#pragma once

#include "antler/core/config.h"
#include "antler/models/compile_options.h"
#include "antler/models/model.h"

// compile_config: what a model was compiled with, both ways.
namespace antler {

/// Keras' {"optimizer", "loss", "loss_weights", "metrics", "weighted_metrics"}; an empty map for a
/// model that is not compiled. Losses and metrics of a user's own stand by their names.
Config compile_config_of(const Model& model);

/// compile's arguments for `model`. Errors: ValueError, TypeError with the key: unknown classes,
/// functions (their code is in no file), outputs that the model does not have.
CompileOptions compile_options_from(const Config& config, const Model& model);

}  // namespace antler
