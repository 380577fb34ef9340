#include "antler/activations/catalog.h"

#include "antler/activations/elu.h"
#include "antler/activations/gelu.h"
#include "antler/activations/relu.h"
#include "antler/activations/silu.h"
#include "antler/activations/softmax.h"
#include "antler/activations/unary.h"
#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler::activations {
namespace {

struct Entry {
  std::string_view name;
  Value (*function)(const Value& x);
};

// To add an activation: its file in this folder, and a line here.
constexpr Entry kActivations[] = {
    {"linear", linear},
    {"relu", [](const Value& x) { return relu(x); }},
    {"sigmoid", sigmoid},
    {"tanh", tanh},
    {"leaky_relu", [](const Value& x) { return leaky_relu(x); }},
    {"elu", [](const Value& x) { return elu(x); }},
    {"selu", selu},
    {"silu", silu},
    {"swish", silu},
    {"softmax", [](const Value& x) { return softmax(x); }},
    {"log_softmax", [](const Value& x) { return log_softmax(x); }},
    {"softplus", softplus},
    {"gelu", [](const Value& x) { return gelu(x); }},
    {"exponential", exponential},
};

}  // namespace

std::function<Value(const Value&)> get(std::string_view name) {
  for (const Entry& entry : kActivations) {
    if (entry.name == name) return entry.function;
  }
  throw ValueError(unknown_name("activation", name, names()));
}

std::vector<std::string_view> names() {
  std::vector<std::string_view> all;
  for (const Entry& entry : kActivations) all.push_back(entry.name);
  return all;
}

}  // namespace antler::activations
