#include "antler/activations/catalog.h"

#include "antler/activations/elu.h"
#include "antler/activations/gelu.h"
#include "antler/activations/hard.h"
#include "antler/activations/relu.h"
#include "antler/activations/silu.h"
#include "antler/activations/smooth.h"
#include "antler/activations/softmax.h"
#include "antler/activations/sparse.h"
#include "antler/activations/unary.h"
#include "antler/core/callable.h"
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
    {"celu", [](const Value& x) { return celu(x); }},
    {"glu", [](const Value& x) { return glu(x); }},
    {"hard_shrink", [](const Value& x) { return hard_shrink(x); }},
    {"hard_sigmoid", hard_sigmoid},
    {"hard_silu", hard_silu},
    {"hard_swish", hard_silu},
    {"hard_tanh", hard_tanh},
    {"log_sigmoid", log_sigmoid},
    {"mish", mish},
    {"relu6", relu6},
    {"soft_shrink", [](const Value& x) { return soft_shrink(x); }},
    {"softsign", softsign},
    {"sparse_plus", sparse_plus},
    {"sparse_sigmoid", sparse_sigmoid},
    {"sparsemax", [](const Value& x) { return sparsemax(x); }},
    {"squareplus", [](const Value& x) { return squareplus(x); }},
    {"tanh_shrink", tanh_shrink},
};

}  // namespace

Callable<Value(const Value&)> get(std::string_view name) {
  for (const Entry& entry : kActivations) {
    if (entry.name == name) return entry.function;
  }
  if (name == "threshold") {
    throw ValueError(
        "activation \"threshold\": expected its arguments threshold and default_value, got none; "
        "give a function that calls activations::threshold");
  }
  throw ValueError(unknown_name("activation", name, names()));
}

std::vector<std::string_view> names() {
  std::vector<std::string_view> all;
  for (const Entry& entry : kActivations) all.push_back(entry.name);
  return all;
}

}  // namespace antler::activations
