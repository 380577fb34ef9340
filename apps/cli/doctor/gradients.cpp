#include <fmt/format.h>

#include <cmath>

#include "apps/cli/doctor/checks.h"

namespace antler::cli {
namespace {

constexpr double kVanishing = 1e-4;  // of the largest layer's
constexpr double kExploding = 1e3;   // times a later layer's

bool is_finite(const Tensor& tensor) {
  const Tensor wide = tensor.astype(DType::float64);
  for (const double value : wide.data<double>()) {
    if (!std::isfinite(value)) return false;
  }
  return true;
}

std::vector<Finding> check_finite_values(const Inside& inside) {
  Finding finding = {.kind = "not_finite",
                     .meaning = "one such number makes all weights NaN in the next step",
                     .change = "start anew with a smaller rate, clipnorm=1 or scaled features"};
  for (const LayerOutput& layer : inside.layers) {
    if (is_finite(layer.values)) continue;
    finding.place = layer.place();
    finding.measured = "its output holds NaN or infinity";
    return {finding};
  }
  for (const LayerGradient& gradient : inside.gradients) {
    if (std::isfinite(gradient.squares) && std::isfinite(inside.loss)) continue;
    finding.place = gradient.layer;
    finding.measured = fmt::format("the loss is {:g}, its gradient by these weights {:g}",
                                   inside.loss, gradient.size());
    return {finding};
  }
  return {};
}

// Whether what comes back to the first layer with weights is far more than what the last one got.
std::vector<Finding> check_growth(const Inside& inside) {
  const LayerOutput *first = nullptr, *last = nullptr;
  for (const LayerOutput& layer : inside.layers) {
    if (layer.slope == 0) continue;
    if (first == nullptr) first = &layer;
    last = &layer;
  }
  if (first == nullptr || first->slope <= kExploding * last->slope) return {};
  return {{.kind = "exploding_gradients",
           .place = first->place(),
           .measured = fmt::format("the loss's slope by an output of it is {:.2e}, by one of {} "
                                   "{:.2e}",
                                   first->slope, last->name, last->slope),
           .meaning = "the gradient grows on its way back, and no rate fits all layers",
           .change = "use smaller initial weights, or a BatchNormalization between layers; "
                     "clipnorm=1 helps, too"}};
}

}  // namespace

std::vector<Finding> check_gradients(const Inside& inside) {
  std::vector<Finding> findings = check_finite_values(inside);
  if (!findings.empty() || inside.gradients.empty()) return findings;
  const LayerGradient* largest = &inside.gradients.front();
  for (const LayerGradient& each : inside.gradients) {
    if (each.size() > largest->size()) largest = &each;
  }
  for (const LayerGradient& each : inside.gradients) {
    if (each.size() >= kVanishing * largest->size() && each.size() > 0) continue;
    findings.push_back(
        {.kind = "vanishing_gradients",
         .place = each.layer,
         .measured = fmt::format("an element of its gradient is {:.2e}, of {}'s {:.2e}",
                                 each.size(), largest->layer, largest->size()),
         .meaning = "this layer learns next to nothing while the other one moves",
         .change = "use relu with he_normal, fewer layers, or a BatchNormalization between them"});
    break;  // those before it vanish with it
  }
  const std::vector<Finding> growth = check_growth(inside);
  findings.insert(findings.end(), growth.begin(), growth.end());
  return findings;
}

}  // namespace antler::cli
