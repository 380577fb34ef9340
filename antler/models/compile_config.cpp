#include "antler/models/compile_config.h"

#include "antler/core/error.h"
#include "antler/core/serialized.h"
#include "antler/core/suggest.h"
#include "antler/losses/catalog.h"
#include "antler/metrics/catalog.h"
#include "antler/models/minimal_config.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

Config with_config(Config object, Config config) {
  object.set("config", std::move(config));
  return object;
}

Config function_object(const std::string& name) {
  return Config::map({{"module", nullptr},
                      {"class_name", "function"},
                      {"config", name},
                      {"registered_name", name}});
}

// ---------------------------------------------------------------------------- writing

// Arguments that Keras took up later are left out while they are not used.
Config optimizer_object(const Optimizer& optimizer) {
  const Config object = optimizer.to_config();
  Config kept = Config::map();
  for (const auto& [key, value] : object.at("config").as_map()) {
    const bool is_late = key == "gradient_accumulation_steps" || key == "loss_scale_factor";
    if (!is_late || !value.is_null()) kept.set(key, value);
  }
  return with_config(object, kept);
}

Config loss_object(const LossArg& loss) {
  if (!loss) return Config();
  if (!loss.given_name().empty()) return loss.given_name();
  if (loss.object().base().class_name() == "function") return function_object(loss.object().name());
  const Config object = to_config(loss.object());
  const Config usual =
      losses::from_config(object.at("class_name").as_string(), Config::map()).base().get_config();
  return with_config(object, without_defaults(object.at("config"), usual));
}

Config metric_object(const MetricArg& metric) {
  if (!metric.given_name().empty()) return metric.given_name();
  Config object;
  try {
    object = to_config(metric.object());
  } catch (const StateError&) {  // a user's own
    return function_object(metric.object().name());
  }
  const Config usual = metrics::default_config(object.at("class_name").as_string());
  return with_config(object, without_defaults(object.at("config"), usual));
}

Config losses_config(const LossesArg& losses) {
  if (losses.empty()) return Config();
  if (losses.is_single()) return loss_object(losses.losses()[0].loss);
  Config config = losses.is_named() ? Config::map() : Config::list();
  for (const auto& [output, loss] : losses.losses()) {
    losses.is_named() ? config.set(output, loss_object(loss)) : config.push_back(loss_object(loss));
  }
  return config;
}

Config loss_weights_config(const LossWeightsArg& weights) {
  if (weights.empty()) return Config();
  Config config = weights.is_named() ? Config::map() : Config::list();
  for (const auto& [output, weight] : weights.weights()) {
    weights.is_named() ? config.set(output, weight) : config.push_back(weight);
  }
  return config;
}

Config metric_objects(const std::vector<MetricArg>& metrics) {
  Config objects = Config::list();
  for (const MetricArg& metric : metrics) objects.push_back(metric_object(metric));
  return objects;
}

Config metrics_config(const std::string& what, const MetricsArg& metrics, std::size_t outputs) {
  if (metrics.empty()) return Config();
  Config config = metrics.is_named() ? Config::map() : Config::list();
  if (metrics.is_named()) {
    for (const auto& [output, list] : metrics.metrics()) config.set(output, metric_objects(list));
    return config;
  }
  const std::vector<std::vector<MetricArg>> lists = metrics.in_order(what, outputs);
  if (outputs == 1) return metric_objects(lists[0]);
  for (const std::vector<MetricArg>& list : lists) config.push_back(metric_objects(list));
  return config;
}

// ---------------------------------------------------------------------------- reading

// The output's name at a position of a list.
const std::string& output_at(const std::vector<std::string>& outputs, std::size_t i,
                             std::size_t count) {
  if (count != outputs.size()) {
    throw ValueError("expected one entry for each of the " + std::to_string(outputs.size()) +
                     " outputs, got " + std::to_string(count));
  }
  return outputs[i];
}

void require_output(const std::vector<std::string>& outputs, const std::string& name) {
  for (const std::string& output : outputs) {
    if (output == name) return;
  }
  throw ValueError(unknown_name("output", name, {outputs.begin(), outputs.end()}));
}

bool is_object(const Config& config) { return config.is_string() || config.contains("class_name"); }

LossArg loss_from(const Config& config) {
  LossArg loss;
  from_config(config, loss);
  return loss;
}

LossesArg losses_from(const Config& config, const std::vector<std::string>& outputs) {
  if (config.is_null()) return {};
  if (is_object(config)) return loss_from(config);
  std::vector<LossesArg::Named> named;
  if (config.is_map()) {
    for (const auto& [output, loss] : config.as_map()) {
      require_output(outputs, output);
      named.push_back({output, loss_from(loss)});
    }
    return named;
  }
  const Config::List& list = config.as_list();
  if (list.size() == 1) return loss_from(list[0]);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string& output = output_at(outputs, i, list.size());
    if (!list[i].is_null()) named.push_back({output, loss_from(list[i])});
  }
  return named;
}

LossWeightsArg loss_weights_from(const Config& config, const std::vector<std::string>& outputs) {
  if (config.is_null()) return {};
  std::vector<LossWeightsArg::Named> weights;
  if (config.is_number()) return {{{"", config.as_number()}}, false};
  if (config.is_map()) {
    for (const auto& [output, weight] : config.as_map()) {
      require_output(outputs, output);
      weights.emplace_back(output, weight.as_number());
    }
    return {weights, true};
  }
  for (std::size_t i = 0; i < config.as_list().size(); ++i) {
    output_at(outputs, i, config.size());
    weights.emplace_back("", config[i].as_number());
  }
  return {weights, false};
}

// One metric, a list of them, or null.
std::vector<MetricArg> metric_list(const Config& config) {
  std::vector<MetricArg> metrics;
  if (config.is_null()) return metrics;
  if (is_object(config)) return {metric_from_config(config)};
  for (const Config& metric : config.as_list()) {
    if (!metric.is_null()) metrics.push_back(metric_from_config(metric));
  }
  return metrics;
}

MetricsArg metrics_from(const Config& config, const std::vector<std::string>& outputs) {
  if (config.is_null() || config.size() == 0) return {};
  std::vector<MetricsArg::Named> named;
  if (config.is_map() && !is_object(config)) {
    for (const auto& [output, metrics] : config.as_map()) {
      require_output(outputs, output);
      named.push_back({output, metric_list(metrics)});
    }
    return named;
  }
  const bool is_flat = !config.is_list() || !config[0].is_list();
  if (outputs.size() == 1) return metric_list(is_flat ? config : config[0]);
  for (std::size_t i = 0; i < config.as_list().size(); ++i) {
    named.push_back({output_at(outputs, i, config.size()), metric_list(config[i])});
  }
  return named;
}

}  // namespace

Config compile_config_of(const Model& model) {
  const Trainer& trainer = model.model_base().trainer();
  if (!trainer.is_compiled()) return Config::map();
  const CompileOptions& options = trainer.options();
  const std::size_t outputs = model.model_base().output_names().size();
  return Config::map({{"optimizer", optimizer_object(options.optimizer.get())},
                      {"loss", losses_config(options.loss)},
                      {"loss_weights", loss_weights_config(options.loss_weights)},
                      {"metrics", metrics_config("metrics", options.metrics, outputs)},
                      {"weighted_metrics",
                       metrics_config("weighted_metrics", options.weighted_metrics, outputs)}});
}

CompileOptions compile_options_from(const Config& config, const Model& model) {
  const std::vector<std::string> outputs = model.model_base().output_names();
  CompileOptions options;
  const auto read = [&](std::string_view key, const auto& assign) {
    const Config* value = config.find(key);
    if (value != nullptr) {
      std::string prefix(key);
      with_error_prefix(prefix.append(": "), [&] { assign(*value); });
    }
  };
  config.as_map();
  read("optimizer", [&](const Config& c) { options.optimizer = Optimizer::from_config(c); });
  read("loss", [&](const Config& c) { options.loss = losses_from(c, outputs); });
  read("loss_weights",
       [&](const Config& c) { options.loss_weights = loss_weights_from(c, outputs); });
  read("metrics", [&](const Config& c) { options.metrics = metrics_from(c, outputs); });
  read("weighted_metrics",
       [&](const Config& c) { options.weighted_metrics = metrics_from(c, outputs); });
  // How Keras runs a step is not ours to follow.
  const std::vector<std::string_view> known = {
      "optimizer",   "loss",        "loss_weights",        "metrics",        "weighted_metrics",
      "run_eagerly", "jit_compile", "steps_per_execution", "auto_scale_loss"};
  for (const auto& [key, value] : config.as_map()) {
    bool is_known = value.is_null();
    for (const std::string_view name : known) is_known = is_known || name == key;
    if (!is_known) throw ValueError(unknown_name("key", key, known));
  }
  return options;
}

std::optional<CompileOptions> saved_compile_options(const Config& object, const Model& model) {
  const Config* config = object.find("compile_config");
  if (config == nullptr || config->size() == 0) return std::nullopt;
  try {
    return compile_options_from(*config, model);
  } catch (const Error& e) {
    throw ValueError(std::string("compile_config: ") + e.what() +
                     "; load with .compile = false and call compile() yourself");
  }
}

}  // namespace antler
