#include "tests/support/gradient_check.h"

#include <algorithm>
#include <cmath>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/function.h"
#include "antler/core/random.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/sum.h"

namespace antler::testing {
namespace {

Value zeros_like(const Value& x) { return Tensor::zeros(x.shape(), x.dtype()); }

// sum_k <random weights, values_k> over the floating values; zero without any.
Value weighted_sum(const std::vector<Value>& values, std::uint64_t seed, std::uint32_t stream) {
  Value total = Tensor::zeros({}, DType::float64);
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (!values[k] || values[k].dtype() != DType::float64) continue;
    const RandomStream random(seed, stream, k);
    Tensor weights = Tensor::uninitialized(DType::float64, values[k].shape());
    std::uint64_t element = 0;
    for (double& weight : weights.mutable_data<double>()) weight = random.normal(element++);
    total = total + ops::sum(values[k] * Value(weights));
  }
  return total;
}

std::vector<Value> floating(const std::vector<Value>& values) {
  std::vector<Value> chosen;
  for (const Value& value : values) {
    if (value.dtype() == DType::float64) chosen.push_back(value);
  }
  return chosen;
}

// The scalar whose derivatives are checked.
Value loss(const Body& body, const std::vector<Value>& inputs,
           const GradientCheckOptions& options) {
  const Value first = weighted_sum(body(inputs), options.seed, 1);
  if (options.order == 1) return first;
  return weighted_sum(gradients(first, floating(inputs)), options.seed, 2);
}

class Checker {
 public:
  Checker(const Body& body, const std::vector<Tensor>& inputs, const GradientCheckOptions& options)
      : options_(options),
        loss_([body, options](const std::vector<Value>& v) { return loss(body, v, options); },
              {.backend = "reference", .stable_rewrites = false}),
        gradient_(
            [body, options](const std::vector<Value>& v) {
              const std::vector<Value> wrt = floating(v);
              std::vector<Value> results = gradients(loss(body, v, options), wrt);
              for (std::size_t i = 0; i < wrt.size(); ++i) {
                if (!results[i]) results[i] = zeros_like(wrt[i]);
              }
              return results;
            },
            {.backend = "reference", .stable_rewrites = false}) {
    for (const Tensor& input : inputs) {
      inputs_.push_back(is_floating(input.dtype()) ? input.astype(DType::float64) : input);
      has_floating_input_ = has_floating_input_ || is_floating(input.dtype());
    }
    std::vector<Value> leaves;
    for (const Tensor& input : inputs_)
      leaves.push_back(make_input({input.shape(), input.dtype()}));
    has_floating_output_ = !floating(body(leaves)).empty();
  }

  GradientReport run() {
    if (!has_floating_input_ || !has_floating_output_) return {};
    const std::vector<Tensor> analytic = gradient_.call(inputs_);
    std::size_t which = 0;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      if (!is_floating(inputs_[i].dtype())) continue;
      const Tensor& gradient = analytic[which++];
      for (std::int64_t e = 0; e < inputs_[i].size(); ++e) {
        compare(i, e, gradient.item<double>(e), difference(i, e));
      }
    }
    return report_;
  }

 private:
  double loss_at(std::size_t input, std::int64_t element, double offset) {
    std::vector<Tensor> moved = inputs_;
    moved[input].mutable_data<double>()[static_cast<std::size_t>(element)] += offset;
    return loss_.call(moved).front().item<double>();
  }

  double difference(std::size_t input, std::int64_t element) {
    const double h = options_.step;
    const auto slope = [&](double d) {
      return (loss_at(input, element, d) - loss_at(input, element, -d)) / (2 * d);
    };
    return (4 * slope(h) - slope(2 * h)) / 3;
  }

  void compare(std::size_t input, std::int64_t element, double got, double expected) {
    ++report_.compared;
    const double error = std::abs(got - expected) / std::max(1.0, std::abs(expected));
    const bool fits = error <= options_.tolerance;  // false for NaN
    if (fits && !(error > worst_)) return;
    if (!fits && !report_.passed && !(error > worst_)) return;
    report_.passed = report_.passed && fits;
    worst_ = error;
    report_.text = "order " + std::to_string(options_.order) + ", input " + std::to_string(input) +
                   ", element " + std::to_string(element) + ": got " + std::to_string(got) +
                   ", expected " + std::to_string(expected) + ", error " + std::to_string(error);
  }

  GradientCheckOptions options_;
  Function loss_;
  Function gradient_;
  std::vector<Tensor> inputs_;
  bool has_floating_input_ = false;
  bool has_floating_output_ = false;
  GradientReport report_;
  double worst_ = 0;
};

}  // namespace

GradientReport check_gradient(const Body& body, const std::vector<Tensor>& inputs,
                              const GradientCheckOptions& options) {
  return Checker(body, inputs, options).run();
}

GradientReport check_gradient(const Op& op, const std::vector<Tensor>& inputs,
                              const GradientCheckOptions& options) {
  return check_gradient([op](const std::vector<Value>& values) { return apply_all(op, values); },
                        inputs, options);
}

}  // namespace antler::testing
