#include "apps/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>

#include "antler/activations/catalog.h"
#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/core/thread_pool.h"
#include "antler/losses/loss.h"
#include "antler/optimizers/optimizer.h"
#include "apps/cli/bench_subject.h"
#include "apps/cli/exit_codes.h"
#include "apps/cli/output.h"

namespace antler::cli {
namespace {

constexpr const char* kDataHelp =
    "F.csv | F.npz | X.npy Y.npy | IMAGES LABELS (IDX) | F.arff | F.txt | a data set's name";

// A check of CLI11 that throws no error of ours: its text becomes the error of wrong use.
CLI::Validator check(std::function<void(const std::string&)> body) {
  return CLI::Validator(
      [body = std::move(body)](std::string& text) {
        try {
          body(text);
        } catch (const Error& error) {
          return std::string(error.what());
        }
        return std::string();
      },
      "");
}

CLI::Validator at_least(std::int64_t least) {
  return check([least](const std::string& text) {
    std::int64_t number = 0;
    if (!CLI::detail::lexical_cast(text, number) || number < least) {
      throw ValueError("expected an integer of at least " + std::to_string(least) + ", got " +
                       text);
    }
  });
}

CLI::Validator over_zero() {
  return check([](const std::string& text) {
    double number = 0;
    if (!CLI::detail::lexical_cast(text, number) || !(number > 0) || !std::isfinite(number)) {
      throw ValueError("expected a number over 0, got " + text);
    }
  });
}

std::vector<std::int64_t> parse_layers(const std::string& text) {
  std::vector<std::int64_t> layers;
  if (text.empty() || text == "none") return layers;
  for (const std::string& part : CLI::detail::split(text, ',')) {
    std::int64_t units = 0;
    if (!CLI::detail::lexical_cast(part, units) || units < 1) {
      throw ValueError("expected sizes such as 25,15 (or none), got " + text);
    }
    layers.push_back(units);
  }
  return layers;
}

void add_data(CLI::App& app, std::vector<std::string>& data) {
  app.add_option("DATA", data, kDataHelp)->required()->expected(1, 2);
}

void add_json(CLI::App& app, bool& json) {
  app.add_flag("--json", json, "Print only JSON on standard output");
}

void add_threads(CLI::App& app) {
  app.add_option_function<int>("--threads", set_num_threads, "Threads to use (all cores)")
      ->check(at_least(1));
}

// Declares the commands; a parsed one leaves its arguments in `command`.
class Parser {
 public:
  Parser() : app_("Antler: neural networks with Keras' words, numbers and files", "antler") {
    app_.set_version_flag("--version", std::string("antler ") + ANTLER_VERSION);
    app_.allow_config_extras(CLI::config_extras_mode::error);
    app_.require_subcommand(1);
    declare_train();
    declare_evaluate();
    declare_predict();
    declare_summary();
    declare_gradcheck();
    declare_bench();
    declare_explain();
    declare_doctor();
    declare_datasets();
    declare_demo();
  }

  Command parse(int argc, const char* const* argv) {
    try {
      std::vector<std::string> arguments = {argv + std::min(argc, 1), argv + argc};
      shield_expression(arguments);
      std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
      app_.parse(std::move(arguments));
    } catch (const CLI::Success& success) {
      app_.exit(success);
      return Finished{kSuccess};
    } catch (const CLI::ParseError& error) {
      complain(explain(error, argc, argv));
      return Finished{kWrongUse};
    }
    return command_;
  }

 private:
  // An expression may begin with a minus: behind a blank it is no option. "-o" and "-h" are.
  static void shield_expression(std::vector<std::string>& arguments) {
    if (arguments.size() < 2 || arguments[0] != "explain") return;
    std::string& what = arguments[1];
    const bool is_option = what.starts_with("--") || what.starts_with("-o") || what == "-h";
    if (what.starts_with('-') && what.size() > 1 && !is_option) what.insert(0, " ");
  }

  template <class Arguments>
  CLI::App& declare(const std::string& name, const std::string& help,
                    const std::shared_ptr<Arguments>& arguments) {
    CLI::App& app = *app_.add_subcommand(name, help);
    app.callback([this, arguments] { command_ = *arguments; });
    return app;
  }

  void declare_train() {
    const auto a = std::make_shared<TrainArguments>();
    CLI::App& app = declare("train", "Train a network on a data set and save it", a);
    add_data(app, a->data);
    app.add_option("--target", a->target,
                   "Target column: name, index from 0, -1, or a comma list (the last column)");
    app.add_option_function<std::string>(
           "--task", [a](const std::string& text) { a->task = task_from_name(text); },
           "binary, multiclass, multilabel or regression (chosen from the target)")
        ->check(check([](const std::string& text) { task_from_name(text); }));
    app.add_option_function<std::string>(
           "--layers", [a](const std::string& text) { a->layers = parse_layers(text); },
           "Sizes of the hidden layers (25,15)")
        ->check(check([](const std::string& text) { parse_layers(text); }));
    app.add_option("--activation", a->activation, "Activation of the hidden layers (relu)")
        ->check(check([](const std::string& text) { activations::get(text); }));
    app.add_option("--loss", a->loss, "Loss, under Keras' name (chosen by the task)")
        ->check(check([](const std::string& text) { LossArg{text}; }));
    app.add_option("--optimizer", a->optimizer, "adam, adamw, rmsprop or sgd (adam)")
        ->check(check([](const std::string& text) { OptimizerArg{text}; }));
    app.add_option("--learning-rate", a->learning_rate, "Learning rate (the optimizer's own)")
        ->check(over_zero());
    app.add_option("--epochs", a->epochs, "Passes over the data (20)")->check(at_least(1));
    app.add_option("--batch-size", a->batch_size, "Rows a step (32)")->check(at_least(1));
    app.add_option("--validation-split", a->validation_split,
                   "Share of the rows, drawn by the seed, that only measure (0)")
        ->check(check([](const std::string& text) {
          double split = 0;
          if (!CLI::detail::lexical_cast(text, split) || !(split >= 0 && split < 1)) {
            throw ValueError("expected a share from 0 up to, but without 1, got " + text);
          }
        }));
    app.add_option("--seed", a->seed, "Decides weights and order: same seed, same bits (0)")
        ->check(at_least(0));
    add_threads(app);
    app.add_option("-o,--output", a->output, "Where the model goes (model.keras)")
        ->check(check([](const std::string& text) {
          if (!std::string_view(text).ends_with(".keras")) {
            throw ValueError("expected a name that ends in .keras, got " + text);
          }
        }));
    add_json(app, a->json);
  }

  void declare_evaluate() {
    const auto a = std::make_shared<EvaluateArguments>();
    CLI::App& app = declare("evaluate", "Loss and metrics of a model on a data set", a);
    app.add_option("MODEL", a->model, "A .keras file")->required();
    add_data(app, a->data);
    add_threads(app);
    add_json(app, a->json);
  }

  void declare_predict() {
    const auto a = std::make_shared<PredictArguments>();
    CLI::App& app = declare("predict", "Predictions of a model, as CSV or .npy", a);
    app.add_option("MODEL", a->model, "A .keras file")->required();
    add_data(app, a->data);
    app.add_option("-o,--output", a->output, "Where predictions go: .csv or .npy (CSV, printed)")
        ->check(check([](const std::string& text) {
          const std::string_view name = text;
          if (!name.ends_with(".csv") && !name.ends_with(".npy")) {
            throw ValueError("expected a name that ends in .csv or .npy, got " + text);
          }
        }));
    add_threads(app);
    add_json(app, a->json);
  }

  void declare_summary() {
    const auto a = std::make_shared<SummaryArguments>();
    CLI::App& app = declare("summary", "Layers of a model, and what the command knows of it", a);
    app.add_option("MODEL", a->model, "A .keras file")->required();
    add_json(app, a->json);
  }

  void declare_gradcheck() {
    const auto a = std::make_shared<GradcheckArguments>();
    CLI::App& app = declare("gradcheck", "Compare gradients with finite differences", a);
    app.add_option("MODEL", a->model, "A .keras file")->required();
    app.add_option("--seed", a->seed, "Decides the random data (0)")->check(at_least(0));
    add_json(app, a->json);
  }

  void declare_bench() {
    const auto a = std::make_shared<BenchArguments>();
    CLI::App& app = declare("bench", "Time training steps and predictions of a model", a);
    app.add_option("MODEL|WORKLOAD", a->what,
                   "A .keras file, or a network of the benchmarks: A to I")
        ->required()
        ->check(check(check_bench_name));
    app.add_option("--batch-size", a->batch_size, "Rows a step of a MODEL (32)")
        ->check(at_least(1));
    app.add_option("--seconds", a->seconds, "How long to time steps (1)")->check(over_zero());
    app.add_flag("--profile", a->profile, "Where the time of a step goes, by layer and by kernel");
    add_threads(app);
    add_json(app, a->json);
  }

  void declare_explain() {
    const auto a = std::make_shared<ExplainArguments>();
    CLI::App& app =
        declare("explain", "Graph, values and derivatives, step by step; the compiled program", a);
    app.add_option("MODEL|EXPRESSION", a->what,
                   "A .keras file, or an expression such as \"c = w*x; J = (c - y)^2/2\"")
        ->required()
        ->check(check([](const std::string& text) {
          if (!text.ends_with(".keras")) parse_expression(text);
        }));
    app.add_option("DATA", a->data, "A MODEL's example is the first row of it (drawn by the seed)")
        ->expected(0, 2);
    app.add_option_function<std::string>(
           "--at", [a](const std::string& text) { a->at = parse_leaf_values(text); },
           "Values of an EXPRESSION's names: w=2,x=-2")
        ->check(check([](const std::string& text) { parse_leaf_values(text); }));
    app.add_option_function<std::string>(
           "--format", [a](const std::string& text) { a->format = explain_format_from_name(text); },
           "text, dot (for graphviz) or svg (text)")
        ->check(check([](const std::string& text) { explain_format_from_name(text); }));
    app.add_option("-o,--output", a->output, "Where it goes (printed)");
    app.add_option("--seed", a->seed, "Decides a MODEL's random example (0)")->check(at_least(0));
    app.add_option("--batch-size", a->batch_size, "Rows of a MODEL's compiled step (32)")
        ->check(at_least(1));
    app.add_flag("--ops", a->ops, "Every op of a MODEL, as formulas, not its layers alone");
    app.add_flag("--program", a->program, "Every kernel call of a MODEL's compiled step");
    add_threads(app);
    add_json(app, a->json);
  }

  void declare_doctor() {
    const auto a = std::make_shared<DoctorArguments>();
    CLI::App& app =
        declare("doctor", "Why a model does not learn: findings, each with a change", a);
    app.footer("The file stays as it is. A finding is no failure: the exit status is 0 then, too.");
    app.add_option("MODEL", a->model, "A .keras file, saved compiled")->required();
    add_data(app, a->data);
    app.add_option("--target", a->target,
                   "Target column of a table: name, index from 0, -1, or a comma list (what the "
                   "file knows, or the last column)");
    app.add_option("--seed", a->seed, "Decides the sampled rows and new weights (0)")
        ->check(at_least(0));
    add_threads(app);
    add_json(app, a->json);
  }

  void declare_datasets() {
    const auto a = std::make_shared<DatasetsArguments>();
    add_json(declare("datasets", "Data sets known by name, and where they are", a), a->json);
  }

  void declare_demo() {
    const auto a = std::make_shared<DemoArguments>();
    CLI::App& app = declare("demo", "Train a small network on handwritten digits", a);
    app.add_option("-o,--output", a->output, "Where the model goes (digits.keras)");
    app.add_option("--seed", a->seed, "Decides weights and order (0)")->check(at_least(0));
    add_threads(app);
  }

  // The text of an error, with the nearest right name for an unknown command or option.
  std::string explain(const CLI::ParseError& error, int argc, const char* const* argv) const {
    const std::string first = argc > 1 ? argv[1] : "";
    std::vector<std::string> commands;
    for (const CLI::App* sub : app_.get_subcommands({})) commands.push_back(sub->get_name());
    const bool known = std::find(commands.begin(), commands.end(), first) != commands.end();
    if (first.empty()) return "expected a command; antler --help lists them";
    if (first.starts_with('-')) return unknown_name("option", first, {"--help", "--version"});
    if (!known) return unknown_name("command", first, {commands.begin(), commands.end()});
    const CLI::App& sub = *app_.get_subcommand(first);
    const std::string see = "; see antler " + first + " --help";
    const std::string text = error.what();
    if (dynamic_cast<const CLI::ExtrasError*>(&error) == nullptr) {
      return text.ends_with('?') ? text : text + see;
    }
    std::vector<std::string> options;
    for (const CLI::Option* option : sub.get_options()) {
      for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
    }
    for (const std::string& extra : sub.remaining()) {
      if (!extra.starts_with('-')) return "unexpected argument \"" + extra + "\"" + see;
      const std::string name = extra.substr(0, extra.find('='));
      return unknown_name("option", name, {options.begin(), options.end()});
    }
    return text + see;
  }

  CLI::App app_;
  Command command_ = Finished{};
};

}  // namespace

Command parse_arguments(int argc, const char* const* argv) {
  Command command = Parser().parse(argc, argv);
  std::visit(
      [](const auto& arguments) {
        if constexpr (requires { arguments.json; }) set_json(arguments.json);
      },
      command);
  return command;
}

}  // namespace antler::cli
