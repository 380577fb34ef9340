#pragma once

#include <string>

#include "antler/core/named_only.h"
#include "antler/models/model.h"

// Drawings of models that need no other program: DOT text, and SVG.
namespace antler::utils {

struct ModelToDotOptions {
  NamedOnly named_only = NamedOnly();
  bool show_shapes = false;
  bool show_dtype = false;
  bool show_layer_names = true;
  /// Where the arrows go: "TB" down, "BT" up, "LR" to the right, "RL" to the left.
  std::string rankdir = "TB";
  /// Whether the layers of nested models are drawn.
  bool expand_nested = false;
  int dpi = 200;
  bool show_layer_activations = false;
  bool show_trainable = false;
  /// How graphviz draws the arrows: "ortho", "curved", "polyline", "spline", "line".
  std::string splines = "ortho";
};

/// The model in the DOT language: a box a layer, an arrow for what it takes. Text for graphviz:
///
///   dot -Tpng model.dot -o model.png
///
/// Errors   StateError for a model that is not built; ValueError for another rankdir or splines.
/// Source   keras.utils.model_to_dot, which gives a pydot object.
std::string model_to_dot(const Model& model, const ModelToDotOptions& options = {});

struct PlotModelOptions {
  NamedOnly named_only = NamedOnly();
  bool show_shapes = false;
  bool show_dtype = false;
  bool show_layer_names = false;
  std::string rankdir = "TB";
  bool expand_nested = false;
  int dpi = 200;
  bool show_layer_activations = false;
  bool show_trainable = false;
  std::string splines = "ortho";
};

/// Writes such a drawing: to_file ends in .svg (laid out here, in rows) or in .dot or .gv. In the
/// SVG the layers of nested models carry the model's name; dpi and splines are graphviz' affair.
///
/// Errors   as model_to_dot; ValueError for another ending; FileError.
/// Source   keras.utils.plot_model, which needs pydot and graphviz.
void plot_model(const Model& model, const std::string& to_file = "model.svg",
                const PlotModelOptions& options = {});

}  // namespace antler::utils
