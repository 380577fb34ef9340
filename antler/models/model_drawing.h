#pragma once

#include <optional>
#include <string>
#include <vector>

#include "antler/models/model_base.h"

namespace antler {

/// The boxes and arrows of a model, for whoever draws them: one box a layer, or an op between
/// layers.
struct ModelDrawing {
  struct Box {
    std::string name;
    std::string class_name;
    std::string activation;  // empty: none
    std::string inputs;      // shapes; empty for an Input, "?" when it was not called
    std::string outputs;
    std::string dtypes;
    std::optional<bool> trainable;        // none for a box without weights
    std::vector<std::string> notes = {};  // lines that are always drawn, below the title
  };
  struct Arrow {
    std::size_t from;
    std::size_t to;
    bool operator==(const Arrow&) const = default;
  };
  /// The boxes of a model; those of nested models that were taken apart stand in `groups`.
  struct Group {
    std::string name;
    std::vector<std::size_t> boxes = {};
    std::vector<Group> groups = {};
  };

  std::vector<Box> boxes;
  std::vector<Arrow> arrows;
  Group outer;
};

/// As Keras draws it: a Sequential without its Input, a model of a user's class as one box, nested
/// models as one box each unless they are to be taken apart.
///
/// Errors  StateError for a model that is not built.
ModelDrawing draw_model(const ModelBase& model, bool expand_nested);

}  // namespace antler
