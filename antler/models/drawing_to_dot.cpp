// A drawing in the DOT language.
#include "antler/models/drawing_text.h"

namespace antler {
namespace {

// A quoted string of the DOT language.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + "\"";
}

class DotWriter {
 public:
  DotWriter(const ModelDrawing& drawing, const utils::ModelToDotOptions& options)
      : drawing_(drawing), options_(options) {}

  std::string text() {
    text_ = "digraph " + quoted(drawing_.outer.name) + " {\n";
    text_ += "  rankdir=" + options_.rankdir + ";\n  dpi=" + std::to_string(options_.dpi) +
             ";\n  splines=" + options_.splines + ";\n  concentrate=true;\n";
    text_ += "  node [shape=plain, fontname=\"Helvetica\"];\n  edge [penwidth=2];\n";
    add_group(drawing_.outer, "  ");
    for (const ModelDrawing::Arrow& arrow : drawing_.arrows) {
      text_ += "  " + id(arrow.from) + " -> " + id(arrow.to) + ";\n";
    }
    return text_ + "}\n";
  }

 private:
  static std::string id(std::size_t box) { return "box_" + std::to_string(box); }

  void add_group(const ModelDrawing::Group& group, const std::string& indent) {
    for (const std::size_t box : group.boxes) {
      text_ += indent + id(box) + " [label=<" + table(drawing_.boxes[box]) + ">];\n";
    }
    for (const ModelDrawing::Group& inner : group.groups) {
      text_ += indent + "subgraph cluster_" + std::to_string(clusters_++) + " {\n" + indent +
               "  label=" + quoted(inner.name) + ";\n" + indent + "  labeljust=l;\n" + indent +
               "  style=dashed;\n";
      add_group(inner, indent + "  ");
      text_ += indent + "}\n";
    }
  }

  // An HTML-like label: the title over the width of the cells below.
  std::string table(const ModelDrawing::Box& box) const {
    const std::vector<std::string> cells = cells_of(box);
    const std::string span =
        cells.size() > 1 ? " colspan=\"" + std::to_string(cells.size()) + "\"" : "";
    std::string rows = "<tr><td" + span + " bgcolor=\"black\"><font color=\"white\">";
    rows += options_.show_layer_names
                ? "<b>" + xml_text(box.name) + "</b> (" + xml_text(box.class_name) + ")"
                : "<b>" + xml_text(box.class_name) + "</b>";
    rows += "</font></td></tr>";
    if (options_.show_layer_activations && !box.activation.empty()) {
      rows += "<tr><td" + span + ">Activation: <b>" + xml_text(box.activation) + "</b></td></tr>";
    }
    for (const std::string& note : box.notes) {
      rows += "<tr><td" + span + ">" + xml_text(note) + "</td></tr>";
    }
    if (!cells.empty()) {
      rows += "<tr>";
      for (const std::string& cell : cells) rows += cell;
      rows += "</tr>";
    }
    return "<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"8\">" + rows +
           "</table>";
  }

  std::vector<std::string> cells_of(const ModelDrawing::Box& box) const {
    std::vector<std::string> cells;
    const auto add = [&](const char* title, const std::string& text) {
      cells.push_back(std::string("<td>") + title + ": <b>" + xml_text(text) + "</b></td>");
    };
    if (options_.show_shapes && !box.inputs.empty()) add("Input shape", box.inputs);
    if (options_.show_shapes) add("Output shape", box.outputs);
    if (options_.show_dtype) add("Output dtype", box.dtypes);
    if (options_.show_trainable && box.trainable) {
      cells.push_back(
          *box.trainable ? "<td bgcolor=\"forestgreen\"><font color=\"white\">Trainable</font></td>"
                         : "<td bgcolor=\"firebrick\"><font color=\"white\">Non-trainable</font>"
                           "</td>");
    }
    return cells;
  }

  const ModelDrawing& drawing_;
  const utils::ModelToDotOptions& options_;
  std::string text_;
  int clusters_ = 0;
};

}  // namespace

std::string xml_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string drawing_to_dot(const ModelDrawing& drawing, const utils::ModelToDotOptions& options) {
  return DotWriter(drawing, options).text();
}

}  // namespace antler
