#include "antler/models/plot_model.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/data/atomic_file.h"
#include "antler/models/drawing_text.h"

namespace antler::utils {
namespace {

void check_word(std::string_view option, const std::string& got,
                const std::vector<std::string_view>& known) {
  if (std::find(known.begin(), known.end(), got) != known.end()) return;
  throw ValueError("model_to_dot: " + unknown_name(option, got, known));
}

ModelDrawing checked_drawing(const Model& model, const ModelToDotOptions& options) {
  check_word("rankdir", options.rankdir, {"TB", "BT", "LR", "RL"});
  check_word("splines", options.splines, {"ortho", "curved", "polyline", "spline", "line"});
  return draw_model(model.model_base(), options.expand_nested);
}

}  // namespace

std::string model_to_dot(const Model& model, const ModelToDotOptions& options) {
  return drawing_to_dot(checked_drawing(model, options), options);
}

void plot_model(const Model& model, const std::string& to_file, const PlotModelOptions& options) {
  const ModelToDotOptions dot = {.show_shapes = options.show_shapes,
                                 .show_dtype = options.show_dtype,
                                 .show_layer_names = options.show_layer_names,
                                 .rankdir = options.rankdir,
                                 .expand_nested = options.expand_nested,
                                 .dpi = options.dpi,
                                 .show_layer_activations = options.show_layer_activations,
                                 .show_trainable = options.show_trainable,
                                 .splines = options.splines};
  const bool is_svg = to_file.ends_with(".svg");
  if (!is_svg && !to_file.ends_with(".dot") && !to_file.ends_with(".gv")) {
    throw ValueError("plot_model: expected a name that ends in .svg, .dot or .gv, got \"" +
                     to_file + "\"; graphviz makes other kinds: dot -Tpng model.dot -o model.png");
  }
  const ModelDrawing drawing = checked_drawing(model, dot);
  const std::string text = is_svg ? drawing_to_svg(drawing, dot) : drawing_to_dot(drawing, dot);
  write_file_atomically(to_file, std::as_bytes(std::span(text)));
}

}  // namespace antler::utils
