#include "antler/models/plot_model.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/layers/concatenate.h"
#include "antler/models/drawing_layout.h"
#include "antler/ops/exponential.h"
#include "tests/data/files.h"
#include "tests/models/data.h"

namespace antler::testing {
namespace {

int count_of(const std::string& text, const std::string& part) {
  int count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Two inputs, a nested model that is called twice, and an op.
Model graph() {
  const Sequential nested({Input({3}), Dense(3, {.name = "first"}), Dense(2, {.name = "last"})},
                          {.name = "nested"});
  const Value a = Input({3}, {.name = "a"}), b = Input({3}, {.name = "b & <c>"});
  const Dense end(1, {.activation = "relu", .name = "end", .trainable = false});
  return Model({.inputs = {a, b},
                .outputs = {end(Concatenate({.name = "join"})({ops::exp(nested(a)), nested(b)}))},
                .name = "graph"});
}

TEST(ModelToDot, DrawsAStackWithoutItsInput) {
  const Sequential model({Input({2}), Dense(3, {.name = "one"}), Dense(1, {.name = "two"})},
                         {.name = "st\"ack"});
  EXPECT_EQ(utils::model_to_dot(model),
            "digraph \"st\\\"ack\" {\n"
            "  rankdir=TB;\n"
            "  dpi=200;\n"
            "  splines=ortho;\n"
            "  concentrate=true;\n"
            "  node [shape=plain, fontname=\"Helvetica\"];\n"
            "  edge [penwidth=2];\n"
            "  box_0 [label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" "
            "cellpadding=\"8\"><tr><td bgcolor=\"black\"><font color=\"white\"><b>one</b> "
            "(Dense)</font></td></tr></table>>];\n"
            "  box_1 [label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" "
            "cellpadding=\"8\"><tr><td bgcolor=\"black\"><font color=\"white\"><b>two</b> "
            "(Dense)</font></td></tr></table>>];\n"
            "  box_0 -> box_1;\n"
            "}\n");
}

TEST(ModelToDot, ShowsWhatIsAsked) {
  const std::string dot = utils::model_to_dot(graph(), {.show_shapes = true,
                                                        .show_dtype = true,
                                                        .show_layer_names = false,
                                                        .rankdir = "LR",
                                                        .dpi = 96,
                                                        .show_layer_activations = true,
                                                        .show_trainable = true,
                                                        .splines = "spline"});
  EXPECT_TRUE(contains(dot, "rankdir=LR;\n  dpi=96;\n  splines=spline;"));
  EXPECT_TRUE(contains(
      dot,
      "<tr><td colspan=\"4\" bgcolor=\"black\"><font color=\"white\"><b>Dense</b></font></td></tr>"
      "<tr><td colspan=\"4\">Activation: <b>relu</b></td></tr>"
      "<tr><td>Input shape: <b>(None, 4)</b></td><td>Output shape: <b>(None, 1)</b></td>"
      "<td>Output dtype: <b>float32</b></td>"
      "<td bgcolor=\"firebrick\"><font color=\"white\">Non-trainable</font></td></tr>"));
  EXPECT_TRUE(contains(dot, "Input shape: <b>[(None, 2), (None, 2)]</b>"));
  EXPECT_TRUE(contains(dot, "<b>Exp</b>"));
  EXPECT_TRUE(contains(dot, "<b>Sequential</b>"));
  EXPECT_FALSE(contains(dot, "join"));
  // a, b, nested, exp, join, end; nested is fed by a and b, and feeds exp and join.
  EXPECT_EQ(count_of(dot, "label="), 6);
  EXPECT_EQ(count_of(dot, " -> "), 6);
}

TEST(ModelToDot, TakesNestedModelsApart) {
  const std::string dot = utils::model_to_dot(graph(), {.expand_nested = true});
  EXPECT_EQ(count_of(dot, "subgraph cluster_0 {\n    label=\"nested\";"), 1);
  EXPECT_TRUE(contains(dot, "<b>first</b>"));
  EXPECT_TRUE(contains(dot, "<b>b &amp; &lt;c&gt;</b> (InputLayer)"));
  EXPECT_FALSE(contains(dot, "(Sequential)"));
  // a and b to first, first to last, last to exp and join, exp to join, join to end.
  EXPECT_EQ(count_of(dot, " -> "), 7);
}

TEST(ModelToDot, DrawsOneArrowBetweenTwoBoxes) {
  const Value x = Input({3});
  const Dense shared(3);
  const Value h = shared(shared(x));
  const std::string dot =
      utils::model_to_dot(Model({.inputs = {x}, .outputs = {Concatenate()({h, h, x})}}));
  // The input to shared and concatenate, shared to itself and to concatenate.
  EXPECT_EQ(count_of(dot, " -> "), 4);
  EXPECT_EQ(count_of(dot, "box_1 -> box_1"), 1);
}

struct Own : ModelBase {
  Dense dense = add_layer(Dense(2));
  Value call(const Value& x, CallContext& context) const override { return dense(x, context); }
};

TEST(ModelToDot, DrawsAModelOfYourOwnAsOneBox) {
  const Model model = make_model<Own>();
  EXPECT_EQ(error_of<StateError>([&] { utils::model_to_dot(model); }),
            "own (Own): expected a model that is built; call it once or give it an Input");
  model.predict(Tensor{{1, 2, 3}});
  const std::string dot = utils::model_to_dot(model, {.show_shapes = true});
  EXPECT_EQ(count_of(dot, "label="), 1);
  EXPECT_TRUE(contains(dot, "<b>own</b> (Own)"));
  EXPECT_TRUE(contains(dot, "Input shape: <b>(1, 3)</b>"));
}

TEST(ModelToDot, SaysWhatIsWrong) {
  EXPECT_EQ(error_of<ValueError>([] { utils::model_to_dot(graph(), {.rankdir = "TD"}); }),
            "model_to_dot: unknown rankdir \"TD\"; did you mean \"TB\"?");
  EXPECT_EQ(error_of<ValueError>([] { utils::plot_model(graph(), "model.png"); }),
            "plot_model: expected a name that ends in .svg, .dot or .gv, got \"model.png\"; "
            "graphviz makes other kinds: dot -Tpng model.dot -o model.png");
}

TEST(PlotModel, WritesFiles) {
  const TemporaryFolder folder;
  utils::plot_model(graph(), folder.path("model.dot"), {.show_layer_names = true});
  EXPECT_EQ(contents(folder.path("model.dot")), utils::model_to_dot(graph()));
  for (const char* rankdir : {"TB", "BT", "LR", "RL"}) {
    utils::plot_model(
        graph(), folder.path("model.svg"),
        {.show_shapes = true, .show_layer_names = true, .rankdir = rankdir, .expand_nested = true});
    const std::string svg = contents(folder.path("model.svg"));
    EXPECT_EQ(svg.rfind("<svg xmlns=\"http://www.w3.org/2000/svg\"", 0), 0U);
    EXPECT_EQ(count_of(svg, "<rect"), 7);
    EXPECT_EQ(count_of(svg, "marker-end"), 7);
    EXPECT_TRUE(contains(svg, ">nested / first (Dense)</text>"));
    EXPECT_TRUE(contains(svg, ">b &amp; &lt;c&gt; (InputLayer)</text>"));
    EXPECT_TRUE(contains(svg, ">Output shape: (None, 1)</text>"));
    EXPECT_FALSE(contains(svg, "nan"));
  }
}

using Arrows = std::vector<std::pair<std::size_t, std::size_t>>;

// Boxes of a row keep a distance, arrows run down, and all is inside.
void expect_orderly(const std::vector<LayoutBox>& boxes, const DrawingLayout& layout) {
  for (std::size_t a = 0; a < boxes.size(); ++a) {
    const LayoutPoint& p = layout.centers[a];
    EXPECT_GE(p.main - boxes[a].main / 2, -1e-9);
    EXPECT_LE(p.main + boxes[a].main / 2, layout.main + 1e-9);
    EXPECT_GE(p.cross - boxes[a].cross / 2, -1e-9);
    EXPECT_LE(p.cross + boxes[a].cross / 2, layout.cross + 1e-9);
    for (std::size_t b = 0; b < a; ++b) {
      const LayoutPoint& q = layout.centers[b];
      const bool apart = std::abs(p.main - q.main) > (boxes[a].main + boxes[b].main) / 2 ||
                         std::abs(p.cross - q.cross) > (boxes[a].cross + boxes[b].cross) / 2;
      EXPECT_TRUE(apart) << a << " and " << b;
    }
  }
}

TEST(DrawingLayout, PutsBoxesInRows) {
  // 0 -> 1 -> 2 -> 4, 0 -> 4 past two rows, 3 -> 4.
  const std::vector<LayoutBox> boxes = {{20, 50}, {20, 200}, {40, 90}, {20, 70}, {20, 60}};
  const Arrows arrows = {{0, 1}, {1, 2}, {2, 4}, {0, 4}, {3, 4}};
  const DrawingLayout layout = lay_out(boxes, arrows);
  expect_orderly(boxes, layout);
  EXPECT_LT(layout.centers[0].main, layout.centers[1].main);
  EXPECT_LT(layout.centers[2].main, layout.centers[4].main);
  EXPECT_EQ(layout.centers[3].main, layout.centers[2].main);  // close to what takes it
  ASSERT_EQ(layout.bends[3].size(), 2U);
  EXPECT_EQ(layout.bends[3][0].main, layout.centers[1].main);
  EXPECT_GT(std::abs(layout.bends[3][0].cross - layout.centers[1].cross), 100);
  EXPECT_TRUE(layout.bends[0].empty());
}

TEST(DrawingLayout, KeepsOrderAmongCirclesAndManyBoxes) {
  std::vector<LayoutBox> boxes(40, LayoutBox{20, 60});
  Arrows arrows = {{0, 1}, {1, 2}, {2, 0}, {2, 2}};
  for (std::size_t i = 3; i < 40; ++i) {
    arrows.emplace_back(i / 2, i);
    arrows.emplace_back(i - 3, i);
  }
  const DrawingLayout layout = lay_out(boxes, arrows);
  expect_orderly(boxes, layout);
  EXPECT_LT(layout.centers[0].main, layout.centers[1].main);
  EXPECT_LT(layout.centers[1].main, layout.centers[2].main);
  ASSERT_EQ(layout.bends[2].size(), 1U);  // back from 2 to 0, past 1
  EXPECT_EQ(layout.bends[2][0].main, layout.centers[1].main);
}

}  // namespace
}  // namespace antler::testing
