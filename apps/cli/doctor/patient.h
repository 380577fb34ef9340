#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "apps/cli/arguments.h"
#include "apps/cli/model_file.h"

namespace antler::cli {

/// A compiled model with the data that it is to learn, coded as it takes them. The file stays as it
/// is; checks that train load a copy.
struct Patient {
  std::string path;
  LoadedModel loaded;
  std::uint64_t seed = 0;
  /// All rows, and some of them in an order drawn by the seed.
  Tensor x, y, sample_x, sample_y;
  std::vector<std::string> notes;
  /// The columns of x, where they have names.
  std::vector<std::string> columns;
  Loss loss;
  Layer last;
  /// Of the last layer, under Keras' name; empty for what is none ("Rescaling") or has no name.
  std::string activation;
  /// The last axis of the output.
  std::int64_t units = 1;

  const Model& model() const { return loaded.model; }
  std::string last_place() const { return last.name() + " (" + last.class_name() + ")"; }
  /// A cross-entropy's from_logits; none for other losses.
  std::optional<bool> from_logits() const;
  bool gives_probabilities() const;
};

/// The activation that a layer's config names; empty when it has none or one without a name.
std::string activation_of(const LayerBase& layer);

/// Errors  those of read_data and code_examples; ValueError for a model without a loss or with
///         several inputs or outputs, for a --target that the file knows better, and for no rows.
Patient admit(const DoctorArguments& arguments);

}  // namespace antler::cli
