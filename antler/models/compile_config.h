#pragma once

#include <optional>

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

/// compile's arguments in the "compile_config" of a model's serialized object; none when it was not
/// compiled. Errors: as compile_options_from, opened by "compile_config: ".
std::optional<CompileOptions> saved_compile_options(const Config& object, const Model& model);

}  // namespace antler
