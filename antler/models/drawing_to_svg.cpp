// A drawing as SVG.
#include <algorithm>
#include <cstdio>

#include "antler/models/drawing_layout.h"
#include "antler/models/drawing_text.h"

namespace antler {
namespace {

constexpr double kMargin = 16;
constexpr double kPadding = 10;
constexpr double kLineHeight = 18;
constexpr double kLetterWidth = 7.6;  // of a 13 px sans-serif, rather wide

struct Point {
  double x = 0;
  double y = 0;
};

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

// Characters of UTF-8, not bytes.
double letters(const std::string& text) {
  return static_cast<double>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

class SvgWriter {
 public:
  SvgWriter(const ModelDrawing& drawing, const utils::ModelToDotOptions& options)
      : drawing_(drawing), options_(options) {
    is_sideways_ = options.rankdir == "LR" || options.rankdir == "RL";
    is_reversed_ = options.rankdir == "BT" || options.rankdir == "RL";
    titles_.resize(drawing.boxes.size());
    note_titles(drawing.outer, "");
    std::vector<LayoutBox> boxes;
    for (std::size_t i = 0; i < drawing.boxes.size(); ++i) {
      lines_.push_back(lines_of(i));
      double width = 0;
      for (const std::string& line : lines_[i]) width = std::max(width, letters(line));
      width = width * kLetterWidth + 2 * kPadding;
      const double height = static_cast<double>(lines_[i].size()) * kLineHeight + kPadding;
      sizes_.push_back({width, height});
      boxes.push_back(is_sideways_ ? LayoutBox{width, height} : LayoutBox{height, width});
    }
    std::vector<std::pair<std::size_t, std::size_t>> arrows;
    for (const ModelDrawing::Arrow& arrow : drawing.arrows)
      arrows.emplace_back(arrow.from, arrow.to);
    layout_ = lay_out(boxes, arrows);
  }

  std::string text() const {
    const double width = (is_sideways_ ? layout_.main : layout_.cross) + 2 * kMargin;
    const double height = (is_sideways_ ? layout_.cross : layout_.main) + 2 * kMargin;
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width) +
                      "\" height=\"" + number(height) + "\" viewBox=\"0 0 " + number(width) + " " +
                      number(height) + "\" font-family=\"Helvetica, Arial, sans-serif\" " +
                      "font-size=\"13\">\n";
    svg += "<title>" + xml_text(drawing_.outer.name) + "</title>\n";
    svg +=
        "<defs><marker id=\"head\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" "
        "markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L10 5L0 10z\"/>"
        "</marker></defs>\n";
    for (std::size_t i = 0; i < drawing_.arrows.size(); ++i) svg += arrow(i);
    for (std::size_t i = 0; i < drawing_.boxes.size(); ++i) svg += box(i);
    return svg + "</svg>\n";
  }

 private:
  // Layers of nested models that were taken apart: "encoder / dense".
  void note_titles(const ModelDrawing::Group& group, const std::string& prefix) {
    for (const std::size_t i : group.boxes) {
      const ModelDrawing::Box& box = drawing_.boxes[i];
      titles_[i] = prefix + (options_.show_layer_names ? box.name + " (" + box.class_name + ")"
                                                       : box.class_name);
    }
    for (const ModelDrawing::Group& inner : group.groups) {
      note_titles(inner, prefix + inner.name + " / ");
    }
  }

  std::vector<std::string> lines_of(std::size_t i) const {
    const ModelDrawing::Box& box = drawing_.boxes[i];
    std::vector<std::string> lines = {titles_[i]};
    if (options_.show_layer_activations && !box.activation.empty()) {
      lines.push_back("Activation: " + box.activation);
    }
    lines.insert(lines.end(), box.notes.begin(), box.notes.end());
    if (options_.show_shapes && !box.inputs.empty()) lines.push_back("Input shape: " + box.inputs);
    if (options_.show_shapes) lines.push_back("Output shape: " + box.outputs);
    if (options_.show_dtype) lines.push_back("Output dtype: " + box.dtypes);
    if (options_.show_trainable && box.trainable) {
      lines.emplace_back(*box.trainable ? "Trainable" : "Non-trainable");
    }
    return lines;
  }

  Point at(const LayoutPoint& point) const {
    const double main = is_reversed_ ? layout_.main - point.main : point.main;
    return is_sideways_ ? Point{main + kMargin, point.cross + kMargin}
                        : Point{point.cross + kMargin, main + kMargin};
  }

  std::string box(std::size_t i) const {
    const Point center = at(layout_.centers[i]);
    const double left = center.x - sizes_[i].x / 2, top = center.y - sizes_[i].y / 2;
    std::string svg = "<rect x=\"" + number(left) + "\" y=\"" + number(top) + "\" width=\"" +
                      number(sizes_[i].x) + "\" height=\"" + number(sizes_[i].y) +
                      "\" rx=\"4\" fill=\"white\" stroke=\"black\"/>\n";
    for (std::size_t line = 0; line < lines_[i].size(); ++line) {
      svg += "<text x=\"" + number(center.x) + "\" y=\"" +
             number(top + kPadding / 2 + (static_cast<double>(line) + 0.75) * kLineHeight) +
             "\" text-anchor=\"middle\"" + (line == 0 ? " font-weight=\"bold\"" : "") + ">" +
             xml_text(lines_[i][line]) + "</text>\n";
    }
    return svg;
  }

  // Where a line that comes from or goes to `to` meets the side of a box along the main axis.
  Point side(std::size_t i, const LayoutPoint& to) const {
    LayoutPoint end = layout_.centers[i];
    const double half = (is_sideways_ ? sizes_[i].x : sizes_[i].y) / 2;
    end.main += to.main >= end.main ? half : -half;
    return at(end);
  }

  std::string arrow(std::size_t i) const {
    const auto [from, to] = drawing_.arrows[i];
    if (from == to) return loop(from);
    const std::vector<LayoutPoint>& bends = layout_.bends[i];
    std::vector<Point> points = {side(from, bends.empty() ? layout_.centers[to] : bends.front())};
    for (const LayoutPoint& bend : bends) points.push_back(at(bend));
    points.push_back(side(to, bends.empty() ? layout_.centers[from] : bends.back()));
    std::string way;
    for (std::size_t p = 1; p < points.size(); ++p) {
      // Along the main axis at both ends.
      const Point& a = points[p - 1];
      const Point& b = points[p];
      const Point by_a = is_sideways_ ? Point{(a.x + b.x) / 2, a.y} : Point{a.x, (a.y + b.y) / 2};
      const Point by_b = is_sideways_ ? Point{(a.x + b.x) / 2, b.y} : Point{b.x, (a.y + b.y) / 2};
      way += " C" + text_of(by_a) + ", " + text_of(by_b) + ", " + text_of(b);
    }
    return path("M" + text_of(points.front()) + way);
  }

  // A layer that takes its own output: out at one side, past the box, and in at the other.
  std::string loop(std::size_t box) const {
    LayoutPoint ahead = layout_.centers[box], behind = ahead;
    ahead.main += 1;
    behind.main -= 1;
    const Point start = side(box, ahead), end = side(box, behind);
    const double out = (is_sideways_ ? sizes_[box].y : sizes_[box].x) / 2 + kMargin;
    const auto beside = [&](const Point& point) {
      return is_sideways_ ? Point{point.x, point.y + out} : Point{point.x + out, point.y};
    };
    return path("M" + text_of(start) + " C" + text_of(beside(start)) + ", " + text_of(beside(end)) +
                ", " + text_of(end));
  }

  static std::string text_of(const Point& point) { return number(point.x) + " " + number(point.y); }

  static std::string path(const std::string& way) {
    return "<path d=\"" + way +
           "\" fill=\"none\" stroke=\"black\" stroke-width=\"1.5\" marker-end=\"url(#head)\"/>\n";
  }

  const ModelDrawing& drawing_;
  const utils::ModelToDotOptions& options_;
  bool is_sideways_ = false;
  bool is_reversed_ = false;
  std::vector<std::string> titles_;
  std::vector<std::vector<std::string>> lines_;
  std::vector<Point> sizes_;
  DrawingLayout layout_;
};

}  // namespace

std::string drawing_to_svg(const ModelDrawing& drawing, const utils::ModelToDotOptions& options) {
  return SvgWriter(drawing, options).text();
}

}  // namespace antler
