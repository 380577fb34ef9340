#include "antler/schedules/decays.h"

#include <cmath>
#include <string_view>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/exponential.h"
#include "antler/ops/extrema.h"
#include "antler/ops/power.h"
#include "antler/ops/rounding.h"
#include "antler/ops/trigonometric.h"
#include "antler/ops/where.h"

namespace antler::schedules {
namespace {

constexpr double kPi = 3.14159265358979323846;

Value as_float(const Value& step) { return ops::cast(step, DType::float32); }

// The logarithm and the power that decide where a restart falls, rounded to float32 as exactly as
// can be: a rounding error at a whole number of periods would move the rate from one end to the
// other.
Value exact_log(const Value& x) {
  return ops::cast(ops::log(ops::cast(x, DType::float64)), DType::float32);
}

Value cosine(const Value& fraction) { return 0.5 * (1.0 + ops::cos(kPi * fraction)); }

Value rate_at(const CosineDecayOptions& o, const Value& step) {
  const double initial = *o.initial_learning_rate;
  const double decay_steps = o.decay_steps->get();
  const auto falling = [&](const Value& done, double from) {
    return from * ((1 - o.alpha) * cosine(done / decay_steps) + o.alpha);
  };
  if (!o.warmup_target) return falling(ops::minimum(as_float(step), decay_steps), initial);
  const double warmup = o.warmup_steps.get();
  const double target = *o.warmup_target;
  const Value s = ops::minimum(as_float(step), decay_steps + warmup);
  if (warmup == 0) return falling(s, target);
  const Value rising = (target - initial) * (s / warmup) + initial;
  return ops::where(s < warmup, rising, falling(s - warmup, target));
}

Value rate_at(const CosineDecayRestartsOptions& o, const Value& step) {
  const Value periods = as_float(step) / o.first_decay_steps->get();
  Value restarts, fraction;
  if (o.t_mul == 1.0) {
    restarts = ops::floor(periods);
    fraction = periods - restarts;
  } else {
    const Value t_mul = Tensor::full({}, o.t_mul);
    restarts = ops::floor(exact_log(1.0 - periods * (1.0 - t_mul)) / exact_log(t_mul));
    const Value length = ops::power(t_mul, restarts);
    fraction = (periods - (1.0 - length) / (1.0 - t_mul)) / length;
  }
  const Value decayed = ops::power(Value(Tensor::full({}, o.m_mul)), restarts) * cosine(fraction);
  return *o.initial_learning_rate * ((1 - o.alpha) * decayed + o.alpha);
}

Value quotient(const Value& step, const StepCount& decay_steps, bool staircase) {
  const Value q = as_float(step) / decay_steps.get();
  return staircase ? ops::floor(q) : q;
}

Value rate_at(const ExponentialDecayOptions& o, const Value& step) {
  const Value base = Tensor::full({}, *o.decay_rate);
  return *o.initial_learning_rate * ops::power(base, quotient(step, *o.decay_steps, o.staircase));
}

Value rate_at(const InverseTimeDecayOptions& o, const Value& step) {
  return *o.initial_learning_rate /
         (1.0 + *o.decay_rate * quotient(step, *o.decay_steps, o.staircase));
}

Value rate_at(const PiecewiseConstantDecayOptions& o, const Value& step) {
  Value rate = Tensor::full({}, o.values.back());
  for (std::size_t i = o.boundaries.size(); i-- > 0;) {
    const auto boundary = static_cast<std::int64_t>(o.boundaries[i].get());
    rate = ops::where(step <= boundary, Tensor::full({}, o.values[i]), rate);
  }
  return rate;
}

Value rate_at(const PolynomialDecayOptions& o, const Value& step) {
  const double n = o.decay_steps->get();
  const double end = o.end_learning_rate;
  Value s = as_float(step), length = n;
  if (o.cycle) {
    length = n * ops::maximum(ops::ceil(s / n), 1.0);
  } else {
    s = ops::minimum(s, n);
  }
  return (*o.initial_learning_rate - end) * ops::power(1.0 - s / length, o.power) + end;
}

template <class Options>
class Decay final : public ScheduleBase {
 public:
  Decay(std::string_view class_name, Options options)
      : class_name_(class_name), options_(std::move(options)) {}

  std::string_view class_name() const override { return class_name_; }
  Config get_config() const override { return options_to_config(options_); }
  Value call(const Value& step) const override { return rate_at(options_, step); }

 private:
  std::string_view class_name_;
  Options options_;
};

[[noreturn]] void reject(std::string_view class_name, const std::string& what, const Config& got) {
  throw ValueError(std::string(class_name) + ": expected " + what + ", got " + got.to_string());
}

bool is_required(std::string_view key) { return key != "warmup_target"; }

// What holds for all: nothing missing, every number finite.
template <class Options>
void check_all(std::string_view class_name, const Options& options) {
  const auto check_number = [&](std::string_view key, double value) {
    if (!std::isfinite(value)) reject(class_name, "a finite " + std::string(key), value);
  };
  Options::visit(options, [&](std::string_view key, const auto& field) {
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (std::is_same_v<Field, std::optional<double>>) {
      if (!field && is_required(key)) reject(class_name, "a value for " + std::string(key), {});
      if (field) check_number(key, *field);
    } else if constexpr (std::is_same_v<Field, std::optional<StepCount>>) {
      if (!field) reject(class_name, "a value for " + std::string(key), {});
      check_number(key, field->get());
      if (!(field->get() > 0)) reject(class_name, std::string(key) + " > 0", to_config(*field));
    } else if constexpr (std::is_same_v<Field, double>) {
      check_number(key, field);
    }
  });
}

template <class Options>
std::shared_ptr<const ScheduleBase> make(std::string_view class_name, const Options& options) {
  check_all(class_name, options);
  return std::make_shared<Decay<Options>>(class_name, options);
}

template <class T>
void give(std::string_view class_name, std::string_view key, std::optional<T>& field, T value) {
  if (field) {
    reject(class_name, std::string(key) + " once",
           Config::List{to_config(value), to_config(*field)});
  }
  field = value;
}

// The options with the arguments that stand before them.
template <class Options>
Options with_start(std::string_view class_name, Options options, double initial,
                   StepCount decay_steps) {
  give(class_name, "initial_learning_rate", options.initial_learning_rate, initial);
  if constexpr (requires { options.decay_steps; }) {
    give(class_name, "decay_steps", options.decay_steps, decay_steps);
  } else {
    give(class_name, "first_decay_steps", options.first_decay_steps, decay_steps);
  }
  return options;
}
template <class Options>
Options with_start(std::string_view class_name, Options options, double initial,
                   StepCount decay_steps, double decay_rate) {
  give(class_name, "decay_rate", options.decay_rate, decay_rate);
  return with_start(class_name, std::move(options), initial, decay_steps);
}

PiecewiseConstantDecayOptions with_pieces(PiecewiseConstantDecayOptions options,
                                          std::vector<StepCount> boundaries,
                                          std::vector<double> values) {
  if (!options.boundaries.empty() || !options.values.empty()) {
    throw ValueError("PiecewiseConstantDecay: expected boundaries and values once, got them twice");
  }
  options.boundaries = std::move(boundaries);
  options.values = std::move(values);
  return options;
}

}  // namespace

Config to_config(const StepCount& count) {
  const double value = count.get();
  const bool is_whole = value == std::floor(value) && std::abs(value) < 1e15;
  return is_whole ? Config(static_cast<std::int64_t>(value)) : Config(value);
}

void from_config(const Config& config, StepCount& count) { count = config.as_number(); }

CosineDecay::CosineDecay(const CosineDecayOptions& options)
    : Schedule(make("CosineDecay", options)) {
  if (!(options.warmup_steps.get() >= 0)) {
    reject("CosineDecay", "warmup_steps >= 0", schedules::to_config(options.warmup_steps));
  }
}
CosineDecay::CosineDecay(double initial_learning_rate, StepCount decay_steps,
                         const CosineDecayOptions& options)
    : CosineDecay(with_start("CosineDecay", options, initial_learning_rate, decay_steps)) {}

CosineDecayRestarts::CosineDecayRestarts(const CosineDecayRestartsOptions& options)
    : Schedule(make("CosineDecayRestarts", options)) {
  if (!(options.t_mul > 0)) reject("CosineDecayRestarts", "t_mul > 0", options.t_mul);
}
CosineDecayRestarts::CosineDecayRestarts(double initial_learning_rate, StepCount first_decay_steps,
                                         const CosineDecayRestartsOptions& options)
    : CosineDecayRestarts(
          with_start("CosineDecayRestarts", options, initial_learning_rate, first_decay_steps)) {}

ExponentialDecay::ExponentialDecay(const ExponentialDecayOptions& options)
    : Schedule(make("ExponentialDecay", options)) {}
ExponentialDecay::ExponentialDecay(double initial_learning_rate, StepCount decay_steps,
                                   double decay_rate, const ExponentialDecayOptions& options)
    : ExponentialDecay(with_start("ExponentialDecay", options, initial_learning_rate, decay_steps,
                                  decay_rate)) {}

InverseTimeDecay::InverseTimeDecay(const InverseTimeDecayOptions& options)
    : Schedule(make("InverseTimeDecay", options)) {}
InverseTimeDecay::InverseTimeDecay(double initial_learning_rate, StepCount decay_steps,
                                   double decay_rate, const InverseTimeDecayOptions& options)
    : InverseTimeDecay(with_start("InverseTimeDecay", options, initial_learning_rate, decay_steps,
                                  decay_rate)) {}

PiecewiseConstantDecay::PiecewiseConstantDecay(const PiecewiseConstantDecayOptions& options)
    : Schedule(make("PiecewiseConstantDecay", options)) {
  const std::vector<StepCount>& boundaries = options.boundaries;
  if (boundaries.size() + 1 != options.values.size()) {
    throw ValueError("PiecewiseConstantDecay: expected one value more than boundaries, got " +
                     std::to_string(options.values.size()) + " values and " +
                     std::to_string(boundaries.size()) + " boundaries");
  }
  for (std::size_t i = 0; i < boundaries.size(); ++i) {
    const bool ascends = i == 0 || boundaries[i - 1].get() <= boundaries[i].get();
    if (ascends && std::abs(boundaries[i].get()) < 1e15) continue;
    reject("PiecewiseConstantDecay", "boundaries in ascending order",
           antler::to_config(boundaries));
  }
}
PiecewiseConstantDecay::PiecewiseConstantDecay(std::vector<StepCount> boundaries,
                                               std::vector<double> values,
                                               const PiecewiseConstantDecayOptions& options)
    : PiecewiseConstantDecay(with_pieces(options, std::move(boundaries), std::move(values))) {}

PolynomialDecay::PolynomialDecay(const PolynomialDecayOptions& options)
    : Schedule(make("PolynomialDecay", options)) {}
PolynomialDecay::PolynomialDecay(double initial_learning_rate, StepCount decay_steps,
                                 const PolynomialDecayOptions& options)
    : PolynomialDecay(with_start("PolynomialDecay", options, initial_learning_rate, decay_steps)) {}

}  // namespace antler::schedules
