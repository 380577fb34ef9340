#pragma once

#include <string>

#include "antler/models/model_drawing.h"
#include "apps/cli/explained_graph.h"

namespace antler::cli {

/// How the graph of `antler explain` is shown.
enum class ExplainFormat { text, dot, svg };
/// Errors: ValueError for another name, with the nearest one.
ExplainFormat explain_format_from_name(const std::string& name);

/// A box for each node with its formula, value and derivative; arrows along the computation.
ModelDrawing draw(const ExplainedGraph& graph);

/// The drawing as text for graphviz, or as an SVG that was laid out here. Needs no other program.
std::string drawing_text(const ModelDrawing& drawing, ExplainFormat format);

}  // namespace antler::cli
