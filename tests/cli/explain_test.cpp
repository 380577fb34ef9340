// antler explain: of expressions, and of models.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "antler/layers/dense.h"
#include "antler/layers/input.h"
#include "antler/models/sequential.h"
#include "antler/saving/saving.h"
#include "tests/data/files.h"
#include "tests/support/command.h"

namespace antler::testing {
namespace {

Config explain(const std::string& expression, const std::string& at) {
  const CommandResult result = run_antler({"explain", expression, "--at", at, "--json"});
  EXPECT_EQ(result.exit_code, kSuccess) << result.err;
  return result.json();
}

const Config& node(const Config& explained, const std::string& name) {
  for (const Config& each : explained.at("nodes").as_list()) {
    if (each.at("name").as_string() == name) return each;
  }
  throw std::runtime_error("no node " + name + " in " + explained.to_string());
}

std::string text_of(const std::string& expression, const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {"explain", expression};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Environment locale("LC_ALL", "C");
  const CommandResult result = run_antler(arguments);
  EXPECT_EQ(result.exit_code, kSuccess) << result.err;
  return result.out;
}

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST(Explain, TheCoursesExampleInJson) {
  const Config explained = explain("J = (w*x + b - y)^2 / 2", "w=2,x=-2,b=8,y=2");
  for (const auto& [name, value] :
       {std::pair{"c", -4.0}, {"a", 4.0}, {"d", 2.0}, {"J", 2.0}, {"w", 2.0}}) {
    EXPECT_EQ(node(explained, name).at("value").as_number(), value) << name;
  }
  EXPECT_EQ(explained.at("gradients").to_string(), R"({"w": -4.0, "x": 4.0, "b": 2.0, "y": -2.0})");
}

TEST(Explain, JsonHasExactlyTheseKeys) {
  EXPECT_EQ(explain("c = w*x; J = c - 1", "w=2,x=-3").to_string(),
            R"({"nodes": [)"
            R"({"name": "w", "op": "input", "inputs": [], "value": 2.0, "gradient": -3.0}, )"
            R"({"name": "x", "op": "input", "inputs": [], "value": -3.0, "gradient": 2.0}, )"
            R"({"name": "c", "op": "multiply", "inputs": ["w", "x"], "value": -6.0, )"
            R"("gradient": 1.0}, )"
            R"({"name": "J", "op": "subtract", "inputs": ["c", "1"], "value": -7.0, )"
            R"("gradient": 1.0}], "gradients": {"w": -3.0, "x": 2.0}})");
  const Config symbolic = run_antler({"explain", "w^2", "--json"}).json();
  EXPECT_EQ(symbolic.to_string(),
            R"({"nodes": [{"name": "w", "op": "input", "inputs": [], "value": null, )"
            R"("gradient": null}, {"name": "J", "op": "power", "inputs": ["w", "2"], )"
            R"("value": null, "gradient": null}], "gradients": {"w": null}})");
}

TEST(Explain, ShowsTheGraphAndEachStep) {
  EXPECT_EQ(text_of("c = w*x; a = c + b; d = a - y; J = d^2/2", {"--at", "w=2,x=-2,b=8,y=2"}),
            R"(Graph
  J = s/2                       2   dJ/dJ = 1
  `- s = d^2                    4   dJ/ds = 0.5
     `- d = a - y               2   dJ/dd = 2
        |- a = c + b            4   dJ/da = 2
        |  |- c = w*x          -4   dJ/dc = 2
        |  |  |- w              2   dJ/dw = -4
        |  |  `- x             -2   dJ/dx = 4
        |  `- b                 8   dJ/db = 2
        `- y                    2   dJ/dy = -2

Forward
  w = 2
  x = -2
  c = w*x = 2*(-2) = -4
  b = 8
  a = c + b = -4 + 8 = 4
  y = 2
  d = a - y = 4 - 2 = 2
  s = d^2 = 2^2 = 4
  J = s/2 = 4/2 = 2

Back
  dJ/dJ = 1
  dJ/ds = dJ/dJ * 1/2 = 1 * 0.5 = 0.5
  dJ/dd = dJ/ds * 2*d = 0.5 * 4 = 2
  dJ/dy = dJ/dd * (-1) = 2 * (-1) = -2
  dJ/da = dJ/dd * 1 = 2 * 1 = 2
  dJ/db = dJ/da * 1 = 2 * 1 = 2
  dJ/dc = dJ/da * 1 = 2 * 1 = 2
  dJ/dx = dJ/dc * w = 2 * 2 = 4
  dJ/dw = dJ/dc * x = 2 * (-2) = -4

Gradient
  dJ/dw = d*x = (w*x + b - y)*x = -4
  dJ/dx = d*w = (w*x + b - y)*w = 4
  dJ/db = d = w*x + b - y = 2
  dJ/dy = -d = -w*x - b + y = -2
)");
}

TEST(Explain, WritesDerivativesAsPeopleDo) {
  EXPECT_TRUE(has_line(text_of("J = w^2"), "  dJ/dw = 2*w"));
  EXPECT_TRUE(has_line(text_of("J = w^3"), "  dJ/dw = 3*w^2"));
  EXPECT_TRUE(has_line(text_of("J = 1/w"), "  dJ/dw = -J/w = -1/w^2"));
  EXPECT_TRUE(has_line(text_of("J = log(w)"), "  dJ/dw = 1/w"));
  EXPECT_TRUE(has_line(text_of("J = 2*w + 5"), "  dJ/dw = 2"));
  EXPECT_TRUE(has_line(text_of("J = exp(-w)"), "  dJ/dw = -J = -exp(-w)"));
}

TEST(Explain, AddsUpWhatANodeGetsByEachReader) {
  const std::string text = text_of("p = w*w; q = 3*w; J = p + q", {"--at", "w=5"});
  EXPECT_TRUE(
      has_line(text, "  dJ/dw = dJ/dp * w + dJ/dp * w + dJ/dq * 3 = 1 * 5 + 1 * 5 + 1 * 3 = 13"))
      << text;
}

TEST(Explain, KnowsPrecedenceSignsAndFunctions) {
  const auto value = [](const std::string& expression) {
    const Config explained = run_antler({"explain", expression, "--json"}).json();
    return explained.at("nodes").as_list().back().at("value").as_number();
  };
  EXPECT_EQ(value("2 + 3*4"), 14);
  EXPECT_EQ(value("-2^2"), -4);
  EXPECT_EQ(value("2^3^2"), 512);
  EXPECT_EQ(value("2^-1"), 0.5);
  EXPECT_EQ(value("8/4/2"), 1);
  EXPECT_EQ(value("7 - 2 - 1"), 4);
  EXPECT_EQ(value("(7 - 2)*-1"), -5);
  EXPECT_EQ(value("1 - --3"), -2);
  EXPECT_EQ(value("-(2 + 1)"), -3);
  EXPECT_EQ(value("1e-1 + .5"), 0.6);
  EXPECT_EQ(value("exp(0) + log(1) + sigmoid(0) + tanh(0) + relu(-3)"), 1.5);
  EXPECT_EQ(value("a = 2; b = a; b*a;"), 4);
}

TEST(Explain, NamesWhatHasNoName) {
  const Config explained = explain("c*2 + relu(w)", "c=1,w=3");
  std::vector<std::string> names;
  for (const Config& each : explained.at("nodes").as_list()) {
    names.push_back(each.at("name").as_string());
  }
  EXPECT_EQ(names, (std::vector<std::string>{"c", "a", "w", "d", "J"}));
}

TEST(Explain, DrawsForGraphvizAndAsSvg) {
  const std::string dot = text_of("J = w*x", {"--at", "w=2,x=3", "--format", "dot"});
  EXPECT_NE(dot.find("digraph \"J\""), std::string::npos);
  EXPECT_NE(dot.find("<b>J = w*x</b> (multiply)"), std::string::npos);
  EXPECT_NE(dot.find("<td>value 6</td>"), std::string::npos);
  EXPECT_NE(dot.find("<td>dJ/dw = 3</td>"), std::string::npos);
  EXPECT_NE(dot.find("box_0 -> box_2"), std::string::npos);

  const TemporaryFolder folder;
  EXPECT_EQ(text_of("J = w*w", {"--format", "svg", "-o", folder.path("g.svg")}), "");
  std::ifstream file(folder.path("g.svg"));
  std::stringstream svg;
  svg << file.rdbuf();
  EXPECT_EQ(svg.str().substr(0, 4), "<svg");
  EXPECT_NE(svg.str().find("J = w*w (multiply)"), std::string::npos);
}

class ExplainModel : public ::testing::Test {
 protected:
  ExplainModel() {
    set_random_seed(3);
    Sequential model({Input({4}), Dense(8, {.activation = "relu", .name = "hidden"}),
                      Dense(1, {.name = "price"})});
    model.compile({.optimizer = "adam", .loss = "mse"});
    model.save(path_);
    Sequential plain({Input({4}), Dense(2, {.activation = "softmax", .name = "only"})});
    plain.save(plain_path_);
    folder_.write("data.csv", "a,b,c,d,price\n1,2,3,4,5\n6,7,8,9,10\n");
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.path("m.keras");
  std::string plain_path_ = folder_.path("plain.keras");
};

TEST_F(ExplainModel, ShowsAnExamplesWayAndTheCompiledStep) {
  const std::string text = text_of(path_);
  for (const char* part :
       {"One example, drawn by seed 0; loss ", "\nhidden (Dense)", "\nprice (Dense)",
        "\nprice/kernel", "The compiled training step of 32 rows: ", "\nfuse ",
        "   1 x fused_matmul bias relu: hidden\n", "\nmemory: an arena of ", "  hidden\n",
        "  all\n"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find("hidden = "), std::string::npos);
  EXPECT_NE(text.find("    values 1.068 0.405 -0.02998 -1.416   gradient "), std::string::npos)
      << text;
  const std::string long_text = text_of(path_, {"--ops", "--program"});
  EXPECT_NE(long_text.find("hidden = relu(v2)"), std::string::npos) << long_text;
  EXPECT_NE(long_text.find("fused_matmul bias relu (hidden) -> arena "), std::string::npos)
      << long_text;
}

TEST_F(ExplainModel, InJson) {
  const CommandResult result =
      run_antler({"explain", path_, folder_.path("data.csv"), "--batch-size", "3", "--json"});
  ASSERT_EQ(result.exit_code, kSuccess) << result.err;
  const Config explained = result.json();
  EXPECT_EQ(explained.at("example").as_string(), "the first row of " + folder_.path("data.csv"));
  const Config& layers = explained.at("layers");
  ASSERT_EQ(layers.size(), 3U);
  EXPECT_EQ(layers[1].at("name").as_string(), "hidden");
  EXPECT_EQ(layers[1].at("class").as_string(), "Dense");
  EXPECT_EQ(layers[1].at("shape").to_string(), "[1, 8]");
  EXPECT_NEAR(layers[0].at("norm").as_number(), std::sqrt(30.0), 1e-6);  // 1, 2, 3, 4
  // Of (p - 5)^2 the gradient by p is 2 (p - 5): its square is 4 losses.
  const double slope = layers[2].at("gradient_norm").as_number();
  EXPECT_NEAR(slope * slope / 4, explained.at("loss").as_number(), 1e-4);
  EXPECT_EQ(layers[0].at("values").to_string(), "[1.0, 2.0, 3.0, 4.0]");
  EXPECT_EQ(layers[0].at("gradients").size(), 4U);
  EXPECT_NEAR(layers[2].at("gradients")[0].as_number(),
              2 * (layers[2].at("values")[0].as_number() - 5), 1e-4);
  EXPECT_EQ(explained.at("weights").size(), 4U);
  const Config& program = explained.at("program");
  EXPECT_EQ(program.at("batch_size").as_integer(), 3);
  EXPECT_EQ(program.at("step").as_string(), "train");
  EXPECT_GT(program.at("calls").size(), 4U);
  EXPECT_GT(program.at("arena_bytes").as_integer(), 0);
  // hidden and price forward: 2 * 3 rows * (4 * 8 + 8 * 1).
  double flops = 0;
  for (const Config& call : program.at("calls").as_list()) {
    const bool is_product = call.at("kernel").as_string().starts_with("fused_matmul bias");
    flops += is_product ? call.at("flops").as_number() : 0;
  }
  EXPECT_EQ(flops, 2 * 3 * (4 * 8 + 8));
}

TEST_F(ExplainModel, WithoutALossShowsThePrediction) {
  const std::string text = text_of(plain_path_);
  EXPECT_NE(text.find("the model was compiled without a loss"), std::string::npos) << text;
  EXPECT_NE(text.find("The compiled prediction of 32 rows"), std::string::npos) << text;
}

TEST_F(ExplainModel, LeavesTheFileAsItIs) {
  const auto read = [&] {
    std::ifstream file(path_, std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  };
  const std::string before = read();
  text_of(path_);
  EXPECT_EQ(read(), before);
}

TEST_F(ExplainModel, IsDrawnByItsLayers) {
  const std::string dot = text_of(path_, {"--format", "dot"});
  EXPECT_NE(dot.find("<b>hidden</b> (Dense)"), std::string::npos);
  EXPECT_EQ(text_of(path_, {"--format", "svg"}).substr(0, 4), "<svg");
}

}  // namespace
}  // namespace antler::testing
