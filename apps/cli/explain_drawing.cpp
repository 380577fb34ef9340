#include "apps/cli/explain_drawing.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/models/drawing_text.h"

namespace antler::cli {

ExplainFormat explain_format_from_name(const std::string& name) {
  if (name == "text") return ExplainFormat::text;
  if (name == "dot") return ExplainFormat::dot;
  if (name == "svg") return ExplainFormat::svg;
  throw ValueError(unknown_name("format", name, {"text", "dot", "svg"}));
}

ModelDrawing draw(const ExplainedGraph& graph) {
  ModelDrawing drawing;
  drawing.outer.name = graph.result;
  const auto index_of = [&](const std::string& name) {
    return static_cast<std::size_t>(
        std::find_if(graph.nodes.begin(), graph.nodes.end(),
                     [&](const ExplainedNode& node) { return node.name == name; }) -
        graph.nodes.begin());
  };
  for (const ExplainedNode& node : graph.nodes) {
    const std::size_t box = drawing.boxes.size();
    drawing.outer.boxes.push_back(box);
    drawing.boxes.push_back(
        {.name = node.formula.empty() ? node.name : node.name + " = " + node.formula,
         .class_name = node.op,
         .activation = "",
         .inputs = "",
         .outputs = "",
         .dtypes = "",
         .trainable = {}});
    if (node.value) {
      drawing.boxes.back().notes = {
          "value " + short_number(*node.value),
          "d" + graph.result + "/d" + node.name + " = " + short_number(*node.gradient)};
    }
    for (const std::string& input : node.inputs) {
      const ModelDrawing::Arrow arrow{index_of(input), box};
      const bool is_known =
          arrow.from == graph.nodes.size() ||
          std::find(drawing.arrows.begin(), drawing.arrows.end(), arrow) != drawing.arrows.end();
      if (!is_known) drawing.arrows.push_back(arrow);
    }
  }
  return drawing;
}

std::string drawing_text(const ModelDrawing& drawing, ExplainFormat format) {
  const utils::ModelToDotOptions options;
  return format == ExplainFormat::dot ? drawing_to_dot(drawing, options)
                                      : drawing_to_svg(drawing, options);
}

}  // namespace antler::cli
