#include "apps/cli/explained_model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/formula.h"
#include "antler/core/error.h"
#include "antler/graph/graph.h"
#include "antler/models/step_context.h"
#include "antler/models/trainer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/statistics.h"
#include "apps/cli/examples.h"
#include "apps/cli/random_examples.h"

namespace antler::cli {
namespace {

struct Example {
  std::vector<Tensor> x;
  Tensor y;  // empty: none is known
  std::string source;
};

Example first_row(const LoadedModel& loaded, const std::vector<std::string>& arguments) {
  const Data data = read_data(arguments, Part::test);
  const Tensor y = code_example_targets(loaded, data);
  const CodedExamples examples =
      code_examples(loaded, loaded.coding ? data : without_last_column(data));
  if (examples.x.length() == 0) throw ValueError(data.source + ": expected a row, got none");
  return {{examples.x.slice(0, 1)}, y.slice(0, 1), "the first row of " + data.source};
}

Example choose(const LoadedModel& loaded, const ExampleChoice& choice) {
  if (!choice.data.empty()) return first_row(loaded, choice.data);
  return {
      with_error_prefix("explain: ", [&] { return random_inputs(loaded.model, 1, choice.seed); }),
      Tensor(), fmt::format("drawn by seed {}", choice.seed)};
}

constexpr std::int64_t kMostValues = 64;
constexpr std::size_t kMostPrinted = 8;

std::vector<double> values_of(const Tensor& tensor) {
  std::vector<double> values;
  for (std::int64_t i = 0; i < tensor.size() && tensor.size() <= kMostValues; ++i) {
    values.push_back(tensor.item<double>(i));
  }
  return values;
}

double norm(const Tensor& tensor) {
  double sum = 0;
  for (std::int64_t i = 0; i < tensor.size(); ++i) {
    const double element = tensor.item<double>(i);
    sum += element * element;
  }
  return std::sqrt(sum);
}

// The graph of a loss with what is to be shown of it.
struct Trace {
  struct Shown {
    std::string name, what;
    Value value;
  };
  Value loss;
  std::string loss_source;
  std::vector<Shown> layers, ops, weights;
  ValueNames names;
};

Trace trace(const LoadedModel& loaded, const Example& example, std::uint64_t seed) {
  ModelBase& base = loaded.model.model_base();
  Trace trace;
  StepContext context(base.trainer(), {.training = false});
  context.call().observer = [&](const LayerBase& layer, const std::vector<Value>& outputs) {
    for (const Value& output : outputs) {
      trace.layers.push_back({layer.name(), layer.class_name(), output});
    }
  };
  const std::vector<std::string> inputs = base.input_names();
  context.call().set_fed(&base);  // layers for strings run before the program
  for (const Tensor& x : base.trainer().predict_inputs(example.x)) {
    const std::size_t i = context.x.size();
    context.x.emplace_back(x);
    const std::string name = i < inputs.size() ? inputs[i] : fmt::format("input {}", i);
    trace.names.emplace(key_of(context.x[i]), name);
    trace.layers.push_back({name, "InputLayer", context.x[i]});
  }
  const std::vector<Value> outputs = base.invoke(context.x, context.call());
  if (has_loss(loaded.model)) {
    std::vector<Tensor> targets = {example.y};
    if (!example.y) targets = random_targets(loaded.model, evaluate(outputs), seed);
    for (std::size_t i = 0; i < targets.size(); ++i) {
      context.y.emplace_back(targets[i]);
      trace.names.emplace(key_of(context.y[i]), targets.size() == 1 ? "y" : fmt::format("y{}", i));
    }
    trace.loss = base.compute_loss(context.y, outputs, {}, context);
    trace.loss_source = example.y ? "as compiled" : "as compiled, of a target drawn by the seed";
  } else {
    for (const Value& output : outputs) {
      const Value term = ops::mean(output * output);
      trace.loss = trace.loss ? trace.loss + term : term;
    }
    trace.loss_source = "mean square of the outputs: the model was compiled without a loss";
  }
  for (const Variable& weight : loaded.model.trainable_weights()) {
    trace.weights.push_back({weight.path(), "", weight.value()});
  }
  return trace;
}

// Layers give their outputs their names; other ops are numbered.
void name_ops(Trace& trace) {
  for (const Trace::Shown& layer : trace.layers) {
    if (layer.value.node().is_op()) trace.names.emplace(key_of(layer.value), layer.name);
  }
  trace.names.emplace(key_of(trace.loss), "loss");
  int number = 0;
  for (const auto& node : topological_order(std::span(&trace.loss, 1))) {
    if (!node->is_op()) continue;
    for (int i = 0; i < static_cast<int>(node->outputs().size()); ++i) {
      const Value output(node, i);
      const auto name = trace.names.try_emplace(key_of(output), fmt::format("v{}", number + 1));
      number += name.second ? 1 : 0;
      trace.ops.push_back({name.first->second, step_formula(output, trace.names), output});
    }
  }
}

// All tensors in one program, then what is shown of them.
class Sizes {
 public:
  explicit Sizes(const Trace& trace) : loss_(trace.loss) {}

  void want(const std::vector<Trace::Shown>& shown, std::vector<ExplainedValue>& target) {
    for (const Trace::Shown& each : shown) {
      target.push_back({.name = each.name, .what = each.what, .shape = each.value.shape()});
      values_.push_back(each.value);
    }
    for (ExplainedValue& each : target) targets_.push_back(&each);
  }

  double compute() {
    std::vector<Value> wanted = values_;
    const std::vector<Value> slopes = gradients(loss_, values_);
    std::vector<std::size_t> places(values_.size());  // among those wanted; 0: no gradient
    for (std::size_t i = 0; i < slopes.size(); ++i) {
      if (!slopes[i]) continue;
      places[i] = wanted.size();
      wanted.push_back(slopes[i]);
    }
    wanted.push_back(loss_);
    const std::vector<Tensor> tensors = evaluate(wanted);
    for (std::size_t i = 0; i < values_.size(); ++i) {
      ExplainedValue& target = *targets_[i];
      target.norm = norm(tensors[i]);
      target.values = values_of(tensors[i]);
      target.gradients.assign(target.values.size(), 0);
      if (places[i] == 0) continue;
      target.gradient_norm = norm(tensors[places[i]]);
      target.gradients = values_of(tensors[places[i]]);
    }
    return tensors.back().item<double>();
  }

 private:
  Value loss_;
  std::vector<Value> values_;
  std::vector<ExplainedValue*> targets_;
};

Config to_list(const std::vector<double>& numbers) {
  Config list = Config::list();
  for (const double number : numbers) list.push_back(number);
  return list;
}

std::string to_text(const std::vector<double>& numbers) {
  std::vector<std::string> texts;
  for (const double number : numbers) texts.push_back(fmt::format("{:.4g}", number));
  return fmt::format("{}", fmt::join(texts, " "));
}

Config to_config(const std::vector<ExplainedValue>& values, const char* what) {
  Config list = Config::list();
  for (const ExplainedValue& value : values) {
    Config shape = Config::list();
    for (const std::int64_t size : value.shape) shape.push_back(size);
    Config entry = Config::map({{"name", value.name}});
    if (*what != '\0') entry.set(what, value.what);
    entry.set("shape", shape);
    entry.set("norm", value.norm);
    entry.set("gradient_norm", value.gradient_norm);
    if (!value.values.empty()) {
      entry.set("values", to_list(value.values));
      entry.set("gradients", to_list(value.gradients));
    }
    list.push_back(entry);
  }
  return list;
}

void add_rows(std::string& text, const char* title, const std::vector<ExplainedValue>& values,
              bool is_formula) {
  std::vector<std::string> names;
  std::size_t widest = std::string(title).size(), widest_shape = 5;
  for (const ExplainedValue& value : values) {
    std::string name = value.name;
    if (!value.what.empty()) name += is_formula ? " = " + value.what : " (" + value.what + ")";
    widest = std::max(widest, std::min<std::size_t>(name.size(), 72));
    widest_shape = std::max(widest_shape, value.shape.to_string().size());
    names.push_back(std::move(name));
  }
  fmt::format_to(std::back_inserter(text), "\n{:<{}}  {:<{}} {:>12} {:>14}\n", title, widest,
                 "shape", widest_shape, "norm", "gradient norm");
  for (std::size_t i = 0; i < values.size(); ++i) {
    fmt::format_to(std::back_inserter(text), "{:<{}}  {:<{}} {:>12.6g} {:>14.6g}\n", names[i],
                   widest, values[i].shape.to_string(), widest_shape, values[i].norm,
                   values[i].gradient_norm);
    const std::size_t count = values[i].values.size();
    if (count == 0 || count > kMostPrinted) continue;
    fmt::format_to(std::back_inserter(text), "    values {}   gradient {}\n",
                   to_text(values[i].values), to_text(values[i].gradients));
  }
}

}  // namespace

ExplainedExample explain_example(const LoadedModel& loaded, const ExampleChoice& choice) {
  const Example example = choose(loaded, choice);
  Trace traced = trace(loaded, example, choice.seed);
  name_ops(traced);
  ExplainedExample explained{.source = example.source, .loss_source = traced.loss_source};
  Sizes sizes(traced);
  sizes.want(traced.layers, explained.layers);
  sizes.want(traced.ops, explained.ops);
  sizes.want(traced.weights, explained.weights);
  explained.loss = sizes.compute();
  return explained;
}

Config to_config(const ExplainedExample& example) {
  return Config::map({{"example", example.source},
                      {"loss", example.loss},
                      {"layers", to_config(example.layers, "class")},
                      {"ops", to_config(example.ops, "formula")},
                      {"weights", to_config(example.weights, "")}});
}

std::string to_text(const ExplainedExample& example, bool ops) {
  std::string text = fmt::format("One example, {}; loss {:.6g} ({})\n", example.source,
                                 example.loss, example.loss_source);
  add_rows(text, "layer", example.layers, false);
  if (ops) add_rows(text, "op", example.ops, true);
  add_rows(text, "weight", example.weights, false);
  return text;
}

}  // namespace antler::cli
