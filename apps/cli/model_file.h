#pragma once

#include <optional>
#include <string>

#include "antler/models/model.h"
#include "apps/cli/coding.h"

namespace antler::cli {

struct LoadedModel {
  Model model;
  /// None for a model that the command did not train.
  std::optional<Coding> coding;
};

/// Errors: FileError of the reader; what Coding needs and the file lacks.
LoadedModel load_model_file(const std::string& path);
/// `epoch`: how many epochs were run.
void save_model_file(const Model& model, const std::string& path, const Coding& coding, int epoch);

/// Whether a file can be written there, asked before hours of training. Errors: FileError.
void check_can_write(const std::string& path);

}  // namespace antler::cli
