#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "antler/core/config.h"
#include "antler/core/named_only.h"
#include "antler/layers/layer_registry.h"
#include "antler/models/model.h"

// Keras 3's own files. `.keras` holds architecture, compile state, weights and the optimizer's
// state; `.weights.h5` the weights and the optimizer's state alone. Model::to_json, save,
// save_weights and load_weights are defined here as well.
namespace antler {

struct LoadOptions {
  NamedOnly named_only = NamedOnly();
  /// The layers and models of classes that Antler does not know; asked before the built-in ones.
  CustomObjects custom_objects = {};
  /// Whether the model is compiled as it was when it was saved, optimizer state included.
  bool compile = true;
};

/// The model in a .keras file, written by Antler or by Keras 3. A file of Antler's goes on where it
/// was saved: fit with `.initial_epoch` gives the bits of a run that was never interrupted.
///
///   Model model = load_model("digits.keras");
///   Model mine = load_model("mine.keras",
///                           {.custom_objects = {{"ScaleLayer", layer_factory<ScaleLayer>()}}});
///
/// Errors   FileError that names the file, the place in it ("config.json: config.layers[2]") and
///          the layer: missing, damaged or hostile files, classes and keys that are not known,
///          Lambda layers (code in a file is never run), weights that do not fit.
/// Source   keras.saving.load_model.
Model load_model(const std::string& path, const LoadOptions& options = {});

struct ModelFromJsonOptions {
  NamedOnly named_only = NamedOnly();
  CustomObjects custom_objects = {};
};

/// The model of Model::to_json's text, or of that of Keras: architecture and compile's arguments,
/// with new weights.
///
/// Errors   FileError for text that is no JSON, with line and column; the rest as
///          model_from_config.
/// Source   keras.models.model_from_json.
Model model_from_json(std::string_view text, const ModelFromJsonOptions& options = {});

struct SaveOptions {
  NamedOnly named_only = NamedOnly();
  /// The epochs done, for whoever goes on.
  std::optional<int> epoch = {};
  /// Anything of the caller's, a map: read_extra gives it back.
  Config user = {};
};

/// Writes a .keras file: all of it or, after an error, nothing. Model::save is this without
/// options. Losses and metrics of a user's own are written by name, as Keras does: such a file is
/// loaded with `.compile = false`.
///
/// Errors   FileError: the name does not end in .keras, the disk is full, ...; StateError for a
///          model of a user's class that was not called yet, and for an op between layers that
///          Keras has no class for.
/// Source   keras.saving.save_model.
void save_model(const Model& model, const std::string& path, const SaveOptions& options = {});

/// What Keras does not store: the member antler.json. All empty in a file that Keras wrote.
struct FileExtra {
  std::optional<std::uint64_t> seed;
  std::optional<std::int64_t> step;
  std::optional<int> epoch;
  Config user = {};
};

/// Errors: FileError as load_model.
FileExtra read_extra(const std::string& path);

}  // namespace antler
