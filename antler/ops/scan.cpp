#include "antler/ops/scan.h"

#include <algorithm>
#include <string>
#include <utility>

#include "antler/core/error.h"
#include "antler/graph/rewrite.h"
#include "antler/graph/same_computation.h"
#include "antler/ops/scan_capture.h"

namespace antler::ops {
namespace {

std::vector<TensorSpec> body_specs(const Scan& scan, std::span<const TensorSpec> inputs) {
  std::vector<TensorSpec> specs(inputs.begin(), inputs.end());
  for (int s = scan.carried; s < scan.carried + scan.sequences; ++s) {
    Shape& shape = specs[static_cast<std::size_t>(s)].shape;
    shape = shape.erased(0);
  }
  return specs;
}

bool are_specs_of(const std::vector<Value>& values, const std::vector<TensorSpec>& specs) {
  return std::equal(values.begin(), values.end(), specs.begin(), specs.end(),
                    [](const Value& v, const TensorSpec& s) { return v.spec() == s; });
}

void check_inputs(const Scan& scan, std::span<const TensorSpec> inputs) {
  const auto needed = static_cast<std::size_t>(scan.carried + scan.sequences);
  if (inputs.size() < needed) {
    throw ValueError("scan: expected at least " + std::to_string(needed) + " inputs, got " +
                     std::to_string(inputs.size()));
  }
  for (std::size_t s = static_cast<std::size_t>(scan.carried); s < needed; ++s) {
    if (inputs[s].shape.rank() == 0) {
      throw ShapeError("scan: expected sequences with a first axis to step along, got ()");
    }
  }
}

}  // namespace

bool Scan::operator==(const Scan& other) const {
  if (carried != other.carried || sequences != other.sequences || length != other.length ||
      reverse != other.reverse) {
    return false;
  }
  if (body == other.body) return body != nullptr;
  return body != nullptr && other.body != nullptr && is_same_computation(*body, *other.body);
}

std::int64_t Scan::length_for(std::span<const TensorSpec> inputs) const {
  check_inputs(*this, inputs);
  std::int64_t steps = length;
  for (int s = carried; s < carried + sequences; ++s) {
    const std::int64_t own = inputs[static_cast<std::size_t>(s)].shape.front();
    if (steps != None && own != steps) {
      throw ShapeError("scan: expected sequences of one length, got " + std::to_string(steps) +
                       " and " + std::to_string(own));
    }
    steps = own;
  }
  if (steps == None || steps < 0) {
    throw ValueError("scan: expected a sequence or a length, got neither");
  }
  return steps;
}

Scan Scan::specialized(std::span<const TensorSpec> inputs) const {
  check_inputs(*this, inputs);
  const std::vector<TensorSpec> specs = body_specs(*this, inputs);
  if (body != nullptr && are_specs_of(body->inputs, specs)) return *this;
  if (!build) throw StateError("scan: expected inputs of the specs that its body was made for");
  const auto graph = std::make_shared<Graph>();
  for (const TensorSpec& spec : specs) graph->inputs.push_back(make_input(spec));
  graph->outputs = build(graph->inputs);
  Scan made = *this;
  made.body = graph;
  return made;
}

std::vector<TensorSpec> Scan::infer(std::span<const TensorSpec> inputs) const {
  const std::int64_t steps = length_for(inputs);
  if (body == nullptr) return specialized(inputs).infer(inputs);
  if (body->outputs.size() < static_cast<std::size_t>(carried)) {
    throw ValueError("scan: expected a body that gives " + std::to_string(carried) +
                     " carried values, got " + std::to_string(body->outputs.size()));
  }
  std::vector<TensorSpec> outputs;
  for (std::size_t i = 0; i < body->outputs.size(); ++i) {
    TensorSpec spec = body->outputs[i].spec();
    if (i < static_cast<std::size_t>(carried)) {
      if (spec != inputs[i]) {
        throw ShapeError("scan: expected carried value " + std::to_string(i) + " to stay " +
                         inputs[i].to_string() + ", got " + spec.to_string());
      }
    } else {
      spec.shape = spec.shape.inserted(0, steps);
    }
    outputs.push_back(std::move(spec));
  }
  return outputs;
}

ScanStep scan(const ScanBody& body, const std::vector<Value>& initial,
              const std::vector<Value>& sequences, const ScanOptions& options) {
  std::vector<Value> leaves;
  for (const Value& value : initial) leaves.push_back(make_input(value.spec()));
  for (const Value& value : sequences) {
    if (value.rank() == 0) {
      throw ShapeError("scan: expected sequences with a first axis to step along, got ()");
    }
    leaves.push_back(make_input({value.shape().erased(0), value.dtype()}));
  }
  const ScanStep step =
      body(std::span(leaves).first(initial.size()), std::span(leaves).subspan(initial.size()));
  if (step.carried.size() != initial.size()) {
    throw ValueError("scan: expected a body that gives " + std::to_string(initial.size()) +
                     " carried values, got " + std::to_string(step.carried.size()));
  }
  detail::LoopBody loop{initial, sequences, {}, {leaves, step.carried}};
  loop.graph.outputs.insert(loop.graph.outputs.end(), step.stacked.begin(), step.stacked.end());
  // A loop that lost its last sequence still knows its length.
  std::int64_t length = options.length;
  if (length == None && !sequences.empty()) length = sequences.front().shape().front();
  detail::lift_products(loop);
  detail::capture(loop);

  Scan op{.carried = static_cast<int>(initial.size()),
          .sequences = static_cast<int>(loop.sequences.size()),
          .length = loop.sequences.empty() ? length : None,
          .reverse = options.reverse,
          .build = [graph = loop.graph](std::span<const Value> inputs) {
            return inline_graph(graph, inputs);
          }};
  const bool known = std::all_of(loop.graph.inputs.begin(), loop.graph.inputs.end(),
                                 [](const Value& v) { return v.shape().is_known(); });
  if (known) op.body = std::make_shared<Graph>(loop.graph);
  std::vector<Value> inputs = initial;
  inputs.insert(inputs.end(), loop.sequences.begin(), loop.sequences.end());
  inputs.insert(inputs.end(), loop.invariants.begin(), loop.invariants.end());
  std::vector<Value> outputs = apply_all(std::move(op), std::move(inputs));
  const auto split = outputs.begin() + static_cast<std::ptrdiff_t>(initial.size());
  return {{outputs.begin(), split}, {split, outputs.end()}};
}

}  // namespace antler::ops
