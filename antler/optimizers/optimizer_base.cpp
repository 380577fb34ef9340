#include "antler/optimizers/optimizer_base.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <regex>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/core/serialized.h"

namespace antler {
namespace {

template <class T>
T scalar_of(const Variable& variable) {
  T value;
  std::memcpy(&value, variable.storage(), sizeof value);
  return value;
}

bool not_below(const std::optional<double>& value, double bound) {
  return !value || (*value >= bound && std::isfinite(*value));
}

}  // namespace

OptimizerBase::OptimizerBase(std::string_view class_name, LearningRateArg rate,
                             OptimizerCommon common)
    : class_name_(class_name), rate_(std::move(rate)), common_(std::move(common)) {
  check_common();
  if (common_.name.empty()) common_.name = snake_case(class_name);
  iterations_ = make_variable(Tensor::zeros({}, DType::int64), "iteration");
  if (rate_.schedule() == nullptr) {
    require(rate_.rate() > 0 && std::isfinite(rate_.rate()), "a positive learning_rate",
            rate_.rate());
    learning_rate_ = make_variable(Tensor::full({}, rate_.rate()), "learning_rate");
  }
}

OptimizerBase::OptimizerBase(std::string_view class_name, OptimizerCommon common)
    : class_name_(class_name), rate_(0.0), common_(std::move(common)) {
  check_common();
  if (common_.name.empty()) common_.name = snake_case(class_name);
  iterations_ = make_variable(Tensor::zeros({}, DType::int64), "iteration");
  learning_rate_ = make_variable(Tensor::zeros({}, DType::float32), "learning_rate");
}

void OptimizerBase::require(bool holds, std::string_view what, const Config& got) const {
  if (holds) return;
  throw ValueError(class_name_ + ": expected " + std::string(what) + ", got " + got.to_string());
}

void OptimizerBase::check_common() const {
  const OptimizerCommon& c = common_;
  const auto check = [&](bool holds, std::string_view what, const auto& got) {
    require(holds, what, antler::to_config(got));
  };
  std::string clips;
  int clip_count = 0;
  OptimizerCommon::visit(c, [&](std::string_view key, const auto& field) {
    if constexpr (std::is_same_v<decltype(field), const std::optional<double>&>) {
      if (key.find("clip") == std::string_view::npos || !field) return;
      clips += (clip_count++ == 0 ? "" : " and ") + std::string(key);
    }
  });
  if (clip_count > 1) {
    throw ValueError(class_name_ +
                     ": expected at most one of clipnorm, clipvalue and global_clipnorm, got " +
                     clips);
  }
  check(not_below(c.weight_decay, 0), "weight_decay >= 0", c.weight_decay);
  check(not_below(c.clipnorm, 0), "clipnorm >= 0", c.clipnorm);
  check(not_below(c.clipvalue, 0), "clipvalue >= 0", c.clipvalue);
  check(not_below(c.global_clipnorm, 0), "global_clipnorm >= 0", c.global_clipnorm);
  check(c.ema_momentum >= 0 && c.ema_momentum <= 1, "ema_momentum in [0, 1]", c.ema_momentum);
  check(c.ema_overwrite_frequency.value_or(1) >= 1, "ema_overwrite_frequency >= 1",
        c.ema_overwrite_frequency);
  check(not_below(c.loss_scale_factor, 0) && c.loss_scale_factor != 0.0, "loss_scale_factor > 0",
        c.loss_scale_factor);
  check(c.gradient_accumulation_steps.value_or(2) >= 2, "gradient_accumulation_steps >= 2",
        c.gradient_accumulation_steps);
}

Config OptimizerBase::get_config() const {
  Config rate = antler::to_config(rate_);
  if (learning_rate_) rate = scalar_of<float>(learning_rate_);
  const OptimizerCommon& c = common_;
  Config config = Config::map(
      {{"name", c.name},
       {"learning_rate", std::move(rate)},
       {"weight_decay", antler::to_config(c.weight_decay)},
       {"clipnorm", antler::to_config(c.clipnorm)},
       {"global_clipnorm", antler::to_config(c.global_clipnorm)},
       {"clipvalue", antler::to_config(c.clipvalue)},
       {"use_ema", c.use_ema},
       {"ema_momentum", c.ema_momentum},
       {"ema_overwrite_frequency", antler::to_config(c.ema_overwrite_frequency)},
       {"loss_scale_factor", antler::to_config(c.loss_scale_factor)},
       {"gradient_accumulation_steps", antler::to_config(c.gradient_accumulation_steps)}});
  const Config own = own_config();
  for (const auto& [key, value] : own.as_map()) {
    if (!config.contains(key)) config.set(key, value);
  }
  return config;
}

Variable OptimizerBase::make_variable(const Tensor& initial, const std::string& name) const {
  Variable variable(initial, {.name = name, .trainable = false});
  variable.set_path(common_.name + "/" + name);
  return variable;
}

Variable OptimizerBase::add_slot(const Variable& variable, const std::string& name,
                                 double initial) {
  std::string prefix = variable.path();
  std::replace(prefix.begin(), prefix.end(), '/', '_');
  return add_state(Tensor::full(variable.shape(), initial, variable.dtype()), prefix + "_" + name);
}

Variable OptimizerBase::add_state(const Tensor& initial, const std::string& name) {
  slots_.push_back(make_variable(initial, name));
  return slots_.back();
}

void OptimizerBase::build(const std::vector<Variable>& trainable) {
  if (built_ && trainable == trainable_) return;
  trainable_ = trainable;
  averages_.clear();
  accumulators_.clear();
  slots_.clear();
  if (common_.use_ema) {
    for (const Variable& v : trainable) averages_.push_back(add_slot(v, "average"));
  }
  if (common_.gradient_accumulation_steps) {
    for (const Variable& v : trainable) {
      accumulators_.push_back(add_slot(v, "gradient_accumulator"));
    }
  }
  make_slots(trainable);
  built_ = true;
}

std::vector<Variable> OptimizerBase::variables_before_build() const {
  std::vector<Variable> all = {iterations_};
  if (learning_rate_) all.push_back(learning_rate_);
  return all;
}

std::vector<Variable> OptimizerBase::variables() const {
  std::vector<Variable> all = OptimizerBase::variables_before_build();
  all.insert(all.end(), slots_.begin(), slots_.end());
  return all;
}

bool OptimizerBase::updates_next() const {
  const std::int64_t steps = common_.gradient_accumulation_steps.value_or(1);
  return (scalar_of<std::int64_t>(iterations_) + 1) % steps == 0;
}

void OptimizerBase::finalize_variable_values() {
  for (std::size_t i = 0; i < averages_.size(); ++i) trainable_[i].assign(averages_[i].read());
}

double OptimizerBase::current_learning_rate() const {
  if (learning_rate_) return scalar_of<float>(learning_rate_);
  return evaluate(rate_.schedule()->call(iterations_)).item();
}

void OptimizerBase::set_learning_rate(double rate) {
  if (!learning_rate_) {
    throw StateError(class_name_ +
                     ": expected a number as learning_rate to change it, got the "
                     "schedule " +
                     std::string(rate_.schedule()->class_name()));
  }
  require(rate >= 0 && std::isfinite(rate), "learning_rate >= 0", rate);
  learning_rate_.assign(Tensor::full({}, rate));
}

std::optional<double> OptimizerBase::weight_decay_of(const Variable&) const {
  return common_.weight_decay;
}

void OptimizerBase::exclude_from_weight_decay(const WeightDecayExclusions& exclusions) {
  if (built_) {
    throw StateError(class_name_ +
                     ": expected exclude_from_weight_decay before the first step, got it after");
  }
  for (const std::string& pattern : exclusions.var_names) {
    try {
      const std::regex check(pattern);
    } catch (const std::regex_error&) {
      throw ValueError(class_name_ + ": expected regular expressions as var_names, got \"" +
                       pattern + "\"");
    }
  }
  exclusions_ = exclusions;
}

bool OptimizerBase::decays(const Variable& variable) const {
  const auto& list = exclusions_.var_list;
  if (std::find(list.begin(), list.end(), variable) != list.end()) return false;
  return std::none_of(exclusions_.var_names.begin(), exclusions_.var_names.end(),
                      [&](const std::string& pattern) {
                        return std::regex_search(variable.name(), std::regex(pattern));
                      });
}

}  // namespace antler
