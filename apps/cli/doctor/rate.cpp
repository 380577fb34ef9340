#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/models/clone_model.h"
#include "antler/models/trainer.h"
#include "apps/cli/doctor/checks.h"

namespace antler::cli {
namespace {

constexpr int kSteps = 60;
constexpr int kLastSteps = 5;  // whose mean is the loss at the end
constexpr int kSearch = 3;     // powers of ten to either side
constexpr std::int64_t kRows = 128;
constexpr double kStays = 0.02;  // a loss that falls by less of itself

struct Attempt {
  double rate = 0;
  double before = 0, after = 0;  // the loss

  bool is_finite() const { return std::isfinite(after); }
  double fall() const { return is_finite() ? before - after : -INFINITY; }
  bool falls() const { return fall() > kStays * std::abs(before); }
  std::string text() const {
    return fmt::format("at {:g} the loss goes from {:.4g} to {:.4g}", rate, before, after);
  }
};

// A copy from the file, with new trainable weights; what was adapted or frozen stays.
Model fresh_copy(const Patient& patient) {
  const Model copy = load_model_file(patient.path).model;
  set_random_seed(patient.seed);
  const std::vector<Variable> drawn = clone_model(copy).trainable_weights();
  std::vector<Variable> weights = copy.trainable_weights();
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i].assign(drawn.at(i).read());
  return copy;
}

Attempt attempt(const Patient& patient, Config optimizer, double rate) {
  Config arguments = optimizer.at("config");
  arguments.set("learning_rate", rate);
  optimizer.set("config", arguments);
  const Model copy = fresh_copy(patient);
  CompileOptions options = copy.model_base().trainer().options();
  options.optimizer = Optimizer::from_config(optimizer);
  copy.compile(options);

  const std::int64_t rows = std::min(kRows, patient.sample_x.length());
  const Tensor x = patient.sample_x.slice(0, rows), y = patient.sample_y.slice(0, rows);
  Attempt attempt = {.rate = rate};
  for (int step = 0; step < kSteps && attempt.is_finite(); ++step) {
    const double loss = copy.train_on_batch(x, y)["loss"];
    if (step == 0) attempt.before = loss;
    if (step >= kSteps - kLastSteps || !std::isfinite(loss)) attempt.after += loss / kLastSteps;
  }
  return attempt;
}

// The first of the rate by `factor`, by its square, ... that brings the loss down.
std::optional<Attempt> first_that_falls(const Patient& patient, const Config& optimizer,
                                        double rate, double factor) {
  for (int i = 0; i < kSearch; ++i) {
    rate *= factor;
    const Attempt found = attempt(patient, optimizer, rate);
    if (found.falls()) return found;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Finding> check_rate(const Patient& patient) {
  const Config optimizer = patient.model().optimizer().to_config();
  const Config* rate = optimizer.at("config").find("learning_rate");
  if (rate == nullptr || !rate->is_number()) return {};  // a schedule has no one rate
  const double compiled = rate->as_number();
  const Attempt as_is = attempt(patient, optimizer, compiled);
  if (as_is.falls()) return {};
  std::optional<Attempt> better = first_that_falls(patient, optimizer, compiled, 0.1);
  const bool is_too_large = better || !as_is.is_finite();
  if (!is_too_large) better = first_that_falls(patient, optimizer, compiled, 10);
  if (!is_too_large && !better) return {};  // the rate is not what is wrong
  return {{.kind = is_too_large ? "rate_too_large" : "rate_too_small",
           .place = fmt::format("{}, learning_rate {:g}", optimizer.at("class_name").as_string(),
                                compiled),
           .measured = fmt::format("{} steps on {} rows, from new weights: {}{}", kSteps,
                                   std::min(kRows, patient.sample_x.length()), as_is.text(),
                                   better ? ", " + better->text() : ""),
           .meaning = is_too_large ? "each step goes past the valley that it aims at"
                                   : "steps are so short that training would hardly end",
           .change = better ? fmt::format("try a learning_rate of {:g}", better->rate)
                            : "scale features and targets, or try clipnorm=1: far smaller rates "
                              "do not help"}};
}

}  // namespace antler::cli
