#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "antler/core/config.h"
#include "antler/core/shape.h"
#include "apps/cli/model_file.h"

namespace antler::cli {

/// A value on the way of one example through a model: how large it is, its Euclidean norm, and what
/// it is, if it is small.
struct ExplainedValue {
  std::string name = {};
  std::string what = {};  // a layer's class, or an op's formula
  Shape shape = {};
  double norm = 0;
  double gradient_norm = 0;                         // of the loss by it; 0 where none flows
  std::vector<double> values = {}, gradients = {};  // up to 64, else none; row by row
};

/// One example on its way forward, and its gradient on the way back.
struct ExplainedExample {
  std::string source = {};  // where the example came from
  std::string loss_source = {};
  double loss = 0;
  std::vector<ExplainedValue> layers = {};   // what each of them gives, in the order of calling
  std::vector<ExplainedValue> ops = {};      // every op, each after its inputs
  std::vector<ExplainedValue> weights = {};  // the trainable ones
};

/// Where a model's example comes from.
struct ExampleChoice {
  std::vector<std::string> data = {};  // its first row; empty: drawn by the seed
  std::uint64_t seed = 0;
};

/// Dropout is off, and statistics are those of inference. A model without a loss has the mean
/// square of its outputs as one.
///
/// Errors  those of the readers; StateError for a model whose input shape is not known.
ExplainedExample explain_example(const LoadedModel& loaded, const ExampleChoice& choice);

Config to_config(const ExplainedExample& example);
/// Tables for a person; with `ops` the formula of every op.
std::string to_text(const ExplainedExample& example, bool ops);

}  // namespace antler::cli
