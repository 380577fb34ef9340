#include "antler/optimizers/muon.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <regex>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/matmul.h"
#include "antler/ops/operands.h"
#include "antler/ops/power.h"
#include "antler/ops/roots.h"
#include "antler/ops/sum.h"
#include "antler/ops/transpose.h"
#include "antler/optimizers/update_composite.h"

namespace antler {
namespace {

using ops::detail::number_like;

bool is_tall(const Value& x) { return x.shape().dim(0) > x.shape().dim(1); }

// The polynomial a s + b s^3 + c s^5 of all singular values s at once, again and again.
Value orthogonalized(const MuonOptions& options, const Value& matrix) {
  const auto number = [&](double v) { return number_like(matrix, v); };
  Value x = is_tall(matrix) ? ops::transpose(matrix) : matrix;
  x = x / (ops::sqrt(ops::sum(x * x)) + number(1e-7));
  for (std::int64_t i = 0; i < options.ns_steps; ++i) {
    const Value squares = ops::matmul(x, ops::transpose(x));
    const Value polynomial =
        number(options.muon_b) * squares + ops::matmul(number(options.muon_c) * squares, squares);
    x = number(options.muon_a) * x + ops::matmul(polynomial, x);
  }
  return is_tall(matrix) ? ops::transpose(x) : x;
}

std::vector<Value> muon_body(const MuonOptions& options, const UpdateInputs& in) {
  const Value& g = in.gradient;
  const Value m = in.states[1] + (g + in.states[1] * number_like(g, options.momentum - 1));
  const Value direction = options.nesterov ? g + number_like(g, options.momentum) * m : m;
  Value change = in.scalars[0] * orthogonalized(options, direction);
  if (options.rms_rate) {
    const auto side = static_cast<double>(std::max(g.shape().dim(0), g.shape().dim(1)));
    change = change * number_like(g, std::sqrt(side)) * number_like(g, *options.rms_rate);
  }
  return {in.states[0] - change, m};
}

std::vector<Value> adam_body(const MuonOptions& options, const UpdateInputs& in) {
  const Value& g = in.gradient;
  const Value m = in.states[1] + (g - in.states[1]) * number_like(g, 1 - options.adam_beta_1);
  const Value v = in.states[2] + (g * g - in.states[2]) * number_like(g, 1 - options.adam_beta_2);
  const Value root = ops::sqrt(v) + number_like(g, options.epsilon);
  return {in.states[0] - m * in.scalars[0] / root, m, v};
}

class MuonOptimizer final : public OptimizerBase {
 public:
  explicit MuonOptimizer(const MuonOptions& options)
      : OptimizerBase("Muon", options.learning_rate, OptimizerCommon::of(options)),
        options_(options) {
    const auto fraction = [&](const char* key, double value) {
      require(value >= 0 && value < 1, std::string(key) + " in [0, 1)", value);
    };
    fraction("adam_beta_1", options.adam_beta_1);
    fraction("adam_beta_2", options.adam_beta_2);
    require(options.momentum >= 0 && options.momentum <= 1, "momentum in [0, 1]", options.momentum);
    require(options.epsilon >= 0, "epsilon >= 0", options.epsilon);
    require(options.ns_steps >= 0, "ns_steps >= 0", options.ns_steps);
    require(options.adam_weight_decay.value_or(0) >= 0, "adam_weight_decay >= 0",
            options.adam_weight_decay.value_or(0));
    for (const std::string& pattern : options.exclude_layers) {
      try {
        const std::regex check(pattern);
      } catch (const std::regex_error&) {
        throw ValueError("Muon: expected regular expressions as exclude_layers, got \"" + pattern +
                         "\"");
      }
    }
  }

 private:
  Config own_config() const override { return options_to_config(options_); }

  bool goes_by_adam(const Variable& variable) const {
    if (variable.shape().rank() != 2) return true;
    std::string path = variable.path();
    const bool is_excluded =
        std::any_of(options_.exclude_layers.begin(), options_.exclude_layers.end(),
                    [&](const std::string& p) { return std::regex_search(path, std::regex(p)); });
    std::transform(path.begin(), path.end(), path.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return is_excluded ||
           (options_.exclude_embeddings && path.find("embedding") != std::string::npos);
  }

  std::optional<double> weight_decay_of(const Variable& variable) const override {
    return goes_by_adam(variable) ? options_.adam_weight_decay : options_.weight_decay;
  }

  void make_slots(const std::vector<Variable>& variables) override {
    slots_.clear();
    for (const Variable& v : variables) {
      slots_.push_back({add_slot(v, "momentum")});
      if (goes_by_adam(v)) slots_.back().push_back(add_slot(v, "velocity"));
    }
  }

  void update(std::span<const Target> targets, const Step& step, Updates& updates) const override {
    const Config constants = options_to_config(numbers_);
    std::map<DType, Value> adam_rates;
    for (const Target& target : targets) {
      const std::vector<Variable>& slots = slots_[target.index];
      const DType type = target.variable.dtype();
      const bool by_adam = slots.size() == 2;
      if (by_adam && !adam_rates[type]) adam_rates[type] = adam_rate(step, type);
      UpdateComposite composite{
          .gradient = target.gradient,
          .states = {target.variable},
          .scalars = {by_adam ? adam_rates[type] : ops::cast(step.rate, type)},
          .decay = target.decay};
      composite.states.insert(composite.states.end(), slots.begin(), slots.end());
      composite.apply(
          by_adam ? "muon_adam_update" : "muon_update", constants,
          [options = numbers_, by_adam](const UpdateInputs& in) {
            return by_adam ? adam_body(options, in) : muon_body(options, in);
          },
          updates);
    }
  }

  Value adam_rate(const Step& step, DType type) const {
    const Value rate = ops::cast(step.rate, type) *
                       number_like(ops::cast(step.rate, type), options_.adam_lr_ratio);
    const Value one = number_like(rate, 1.0);
    const auto missing = [&](double beta) {
      return one - ops::power(number_like(rate, beta), ops::cast(step.count, type));
    };
    return rate * ops::sqrt(missing(options_.adam_beta_2)) / missing(options_.adam_beta_1);
  }

  // What the bodies depend on: the numbers, not the rate.
  static MuonOptions numbers_of(MuonOptions options) {
    options.learning_rate = MuonOptions().learning_rate;
    options.name = {};
    options.weight_decay = {};
    return options;
  }

  MuonOptions options_;
  MuonOptions numbers_ = numbers_of(options_);
  std::vector<std::vector<Variable>> slots_;
};

}  // namespace

Muon::Muon(const MuonOptions& options) : Optimizer(std::make_shared<MuonOptimizer>(options)) {}

}  // namespace antler
