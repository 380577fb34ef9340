#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "antler/core/callable.h"
#include "antler/core/named_only.h"
#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// A loop: the body is run once for each slice of the sequences' first axis, and values are carried
/// from step to step:
///
///   for t in 0 .. length - 1 (from the last to the first when `reverse`):
///     carried, slices = body(carried, sequences[t], invariants);  stacked[t] = slices
///
/// Inputs  the carried values at the start, the sequences (length, ...), the invariants: what each
///         step reads whole. Outputs  the carried values at the end, then the stacked slices
///         (length, ...). The body's inputs and outputs stand in the same order; carried values
///         keep their spec.
/// Errors  ShapeError for sequences of unequal length and a carried value whose spec changes.
/// Source  keras.ops.scan.
struct Scan {
  using Build = Callable<std::vector<Value>(std::span<const Value> inputs)>;

  int carried = 0;
  int sequences = 0;
  std::int64_t length = None;  // None: the sequences'
  bool reverse = false;
  Build build = {};  // makes the body's outputs; uses only its inputs and constants
  std::shared_ptr<const Graph> body = {};  // made by specialized()
  static constexpr std::string_view name = "scan";
  static constexpr int arity = kVariadic;
  static constexpr const char* fields[] = {"carried", "sequences", "length",
                                           "reverse", "build",     "body"};
  /// Equal counts and bodies that compute the same.
  bool operator==(const Scan& other) const;
  std::vector<TensorSpec> infer(std::span<const TensorSpec> inputs) const;
  Scan specialized(std::span<const TensorSpec> inputs) const;
  /// A Scan the other way round; products with invariants come after it as one product each.
  std::vector<Value> gradient(const GradientContext& context) const;

  /// The number of steps for inputs of known shapes.
  std::int64_t length_for(std::span<const TensorSpec> inputs) const;
};

/// What a step gives: the new carried values, and slices to stack.
struct ScanStep {
  std::vector<Value> carried, stacked;
};
using ScanBody = Callable<ScanStep(std::span<const Value> carried, std::span<const Value> slices)>;

struct ScanOptions {
  NamedOnly named_only = NamedOnly();
  std::int64_t length = None;  // needed only without sequences
  bool reverse = false;        // from the last slice to the first; stacks keep the order of slices
};

/// Runs `body` along the first axis of `sequences`. The body may use values from outside (weights,
/// masks): they become invariants, and what depends on them alone is computed once. Products of
/// slices with such values, and elementwise ops around them, are computed for all steps at once
/// before the loop.
///
/// Returns  the carried values after the last step, and the stacks.
/// Errors   those of Scan and of the body's ops.  Source  keras.ops.scan.
ScanStep scan(const ScanBody& body, const std::vector<Value>& initial,
              const std::vector<Value>& sequences, const ScanOptions& options = {});

}  // namespace antler::ops
