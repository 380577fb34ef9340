#include "apps/cli/commands/explain.h"

#include <span>

#include "antler/core/error.h"
#include "antler/data/atomic_file.h"
#include "antler/models/drawing_text.h"
#include "antler/saving/json.h"
#include "apps/cli/exit_codes.h"
#include "apps/cli/explain_text.h"
#include "apps/cli/explained_model.h"
#include "apps/cli/explained_program.h"
#include "apps/cli/output.h"

namespace antler::cli {
namespace {

Config number_or_null(const std::optional<double>& number) {
  return number ? Config(*number) : Config();
}

Config to_config(const ExplainedGraph& graph) {
  Config nodes = Config::list(), gradients = Config::map();
  for (const ExplainedNode& node : graph.nodes) {
    nodes.push_back(Config::map({{"name", node.name},
                                 {"op", node.op},
                                 {"inputs", node.inputs},
                                 {"value", number_or_null(node.value)},
                                 {"gradient", number_or_null(node.gradient)}}));
  }
  for (const ExplainedGradient& gradient : graph.gradients) {
    gradients.set(gradient.name, number_or_null(graph.node(gradient.name).gradient));
  }
  return Config::map({{"nodes", nodes}, {"gradients", gradients}});
}

// What fits only the other of the two; empty when all fits.
std::string misfit(const ExplainArguments& arguments) {
  if (arguments.is_model() && !arguments.at.empty()) {
    return "--at: expected an EXPRESSION with it, got a MODEL; give DATA for its example";
  }
  if (!arguments.is_model() && !arguments.data.empty()) {
    return "unexpected argument \"" + arguments.data[0] +
           "\": DATA is for a MODEL, whose name ends in .keras; values go into --at";
  }
  return "";
}

int show(const ExplainArguments& arguments, const std::string& text) {
  if (arguments.output) {
    write_file_atomically(*arguments.output, std::as_bytes(std::span(text)));
  } else {
    print(text);
  }
  return kSuccess;
}

int explain_expression(const ExplainArguments& arguments) {
  const ParsedExpression expression = parse_expression(arguments.what);
  try {
    check_leaf_values(expression, arguments.at);
  } catch (const ValueError& error) {
    complain(error.what());
    return kWrongUse;
  }
  const ExplainedGraph graph = explain_graph(expression, arguments.at);
  if (is_json()) return show(arguments, to_json(to_config(graph)) + "\n");
  if (arguments.format != ExplainFormat::text) {
    return show(arguments, drawing_text(draw(graph), arguments.format));
  }
  return show(arguments, to_text(graph, arguments.output || shows_utf8()));
}

int explain_model(const ExplainArguments& arguments) {
  const LoadedModel loaded = load_model_file(arguments.what);
  if (arguments.format != ExplainFormat::text) {
    const utils::ModelToDotOptions options = {.show_shapes = true, .show_layer_activations = true};
    const ModelDrawing drawing = draw_model(loaded.model.model_base(), false);
    return show(arguments, arguments.format == ExplainFormat::dot
                               ? drawing_to_dot(drawing, options)
                               : drawing_to_svg(drawing, options));
  }
  const ExplainedExample example =
      explain_example(loaded, {.data = arguments.data, .seed = arguments.seed});
  const ExplainedProgram program = explain_program(loaded, arguments.batch_size, arguments.seed);
  if (is_json()) {
    Config config = to_config(example);
    config.set("program", to_config(program));
    return show(arguments, to_json(config) + "\n");
  }
  return show(arguments, to_text(example, arguments.ops) + to_text(program, arguments.program));
}

}  // namespace

int run(const ExplainArguments& arguments) {
  if (const std::string text = misfit(arguments); !text.empty()) {
    complain(text);
    return kWrongUse;
  }
  return arguments.is_model() ? explain_model(arguments) : explain_expression(arguments);
}

}  // namespace antler::cli
