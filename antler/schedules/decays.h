#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/schedules/schedule.h"

// Keras' schedules. Required arguments stand first, or by name among the options:
// CosineDecay(0.1, 1000, {.alpha = 0.1}) is CosineDecay({.initial_learning_rate = 0.1,
// .decay_steps = 1000, .alpha = 0.1}). Errors of all: ValueError for an argument that is missing,
// given twice or out of range. Below, s is the step, counted from 0, and r0 the initial rate.
namespace antler::schedules {

/// A number of steps; in configs an integer where it is whole, as in Keras.
class StepCount {
 public:
  template <class T>
    requires std::is_arithmetic_v<T>
  StepCount(T count) : count_(static_cast<double>(count)) {}
  StepCount() = default;
  double get() const { return count_; }

 private:
  double count_ = 0;
};
Config to_config(const StepCount& count);
void from_config(const Config& config, StepCount& count);

struct CosineDecayOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<double> initial_learning_rate = {};
  std::optional<StepCount> decay_steps = {};
  double alpha = 0.0;
  std::string name = "CosineDecay";
  std::optional<double> warmup_target = {};
  StepCount warmup_steps = 0;
  static void visit(auto& self, auto&& field) {
    field("initial_learning_rate", self.initial_learning_rate);
    field("decay_steps", self.decay_steps);
    field("alpha", self.alpha);
    field("name", self.name);
    field("warmup_target", self.warmup_target);
    field("warmup_steps", self.warmup_steps);
  }
};

/// r0 ((1 - alpha) (1 + cos(pi s / decay_steps)) / 2 + alpha), the last value from there on. With a
/// warmup_target the rate first goes straight from r0 to it in warmup_steps, then falls from it.
///
/// Errors  ValueError for decay_steps <= 0 or negative warmup_steps.
/// Source  keras.optimizers.schedules.CosineDecay; Loshchilov and Hutter (2016), arXiv:1608.03983.
class CosineDecay : public Schedule {
 public:
  CosineDecay(const CosineDecayOptions& options);
  CosineDecay(double initial_learning_rate, StepCount decay_steps,
              const CosineDecayOptions& options = {});
};

struct CosineDecayRestartsOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<double> initial_learning_rate = {};
  std::optional<StepCount> first_decay_steps = {};
  double t_mul = 2.0;
  double m_mul = 1.0;
  double alpha = 0.0;
  std::string name = "SGDRDecay";
  static void visit(auto& self, auto&& field) {
    field("initial_learning_rate", self.initial_learning_rate);
    field("first_decay_steps", self.first_decay_steps);
    field("t_mul", self.t_mul);
    field("m_mul", self.m_mul);
    field("alpha", self.alpha);
    field("name", self.name);
  }
};

/// Cosine decays one after the other: each takes t_mul as many steps as the last and starts at
/// m_mul times its rate.
///
/// Errors  ValueError for first_decay_steps <= 0 or t_mul <= 0.
/// Source  keras.optimizers.schedules.CosineDecayRestarts; Loshchilov and Hutter (2016).
class CosineDecayRestarts : public Schedule {
 public:
  CosineDecayRestarts(const CosineDecayRestartsOptions& options);
  CosineDecayRestarts(double initial_learning_rate, StepCount first_decay_steps,
                      const CosineDecayRestartsOptions& options = {});
};

struct ExponentialDecayOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<double> initial_learning_rate = {};
  std::optional<StepCount> decay_steps = {};
  std::optional<double> decay_rate = {};
  bool staircase = false;
  std::string name = "ExponentialDecay";
  static void visit(auto& self, auto&& field) {
    field("initial_learning_rate", self.initial_learning_rate);
    field("decay_steps", self.decay_steps);
    field("decay_rate", self.decay_rate);
    field("staircase", self.staircase);
    field("name", self.name);
  }
};

/// r0 decay_rate^(s / decay_steps); staircase: with the quotient rounded down.
///
/// Errors  ValueError for decay_steps <= 0.  Source  keras.optimizers.schedules.ExponentialDecay.
class ExponentialDecay : public Schedule {
 public:
  ExponentialDecay(const ExponentialDecayOptions& options);
  ExponentialDecay(double initial_learning_rate, StepCount decay_steps, double decay_rate,
                   const ExponentialDecayOptions& options = {});
};

struct InverseTimeDecayOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<double> initial_learning_rate = {};
  std::optional<StepCount> decay_steps = {};
  std::optional<double> decay_rate = {};
  bool staircase = false;
  std::string name = "InverseTimeDecay";
  static void visit(auto& self, auto&& field) {
    field("initial_learning_rate", self.initial_learning_rate);
    field("decay_steps", self.decay_steps);
    field("decay_rate", self.decay_rate);
    field("staircase", self.staircase);
    field("name", self.name);
  }
};

/// r0 / (1 + decay_rate s / decay_steps); staircase: with the quotient rounded down.
///
/// Errors  ValueError for decay_steps <= 0.  Source  keras.optimizers.schedules.InverseTimeDecay.
class InverseTimeDecay : public Schedule {
 public:
  InverseTimeDecay(const InverseTimeDecayOptions& options);
  InverseTimeDecay(double initial_learning_rate, StepCount decay_steps, double decay_rate,
                   const InverseTimeDecayOptions& options = {});
};

struct PiecewiseConstantDecayOptions {
  NamedOnly named_only = NamedOnly();
  std::vector<StepCount> boundaries = {};
  std::vector<double> values = {};
  std::string name = "PiecewiseConstant";
  static void visit(auto& self, auto&& field) {
    field("boundaries", self.boundaries);
    field("values", self.values);
    field("name", self.name);
  }
};

/// values[i] while boundaries[i - 1] < s <= boundaries[i]; boundaries are cut to whole steps.
///
/// Errors  ValueError unless there is one value more than boundaries, and these ascend.
/// Source  keras.optimizers.schedules.PiecewiseConstantDecay.
class PiecewiseConstantDecay : public Schedule {
 public:
  PiecewiseConstantDecay(const PiecewiseConstantDecayOptions& options);
  PiecewiseConstantDecay(std::vector<StepCount> boundaries, std::vector<double> values,
                         const PiecewiseConstantDecayOptions& options = {});
};

struct PolynomialDecayOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<double> initial_learning_rate = {};
  std::optional<StepCount> decay_steps = {};
  double end_learning_rate = 0.0001;
  double power = 1.0;
  bool cycle = false;
  std::string name = "PolynomialDecay";
  static void visit(auto& self, auto&& field) {
    field("initial_learning_rate", self.initial_learning_rate);
    field("decay_steps", self.decay_steps);
    field("end_learning_rate", self.end_learning_rate);
    field("power", self.power);
    field("cycle", self.cycle);
    field("name", self.name);
  }
};

/// (r0 - end_learning_rate) (1 - s / n)^power + end_learning_rate with n = decay_steps, and s no
/// greater; cycle: n is the next multiple of decay_steps instead.
///
/// Errors  ValueError for decay_steps <= 0.  Source  keras.optimizers.schedules.PolynomialDecay.
class PolynomialDecay : public Schedule {
 public:
  PolynomialDecay(const PolynomialDecayOptions& options);
  PolynomialDecay(double initial_learning_rate, StepCount decay_steps,
                  const PolynomialDecayOptions& options = {});
};

}  // namespace antler::schedules
