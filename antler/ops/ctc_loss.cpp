#include "antler/ops/ctc_loss.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/check_index.h"
#include "antler/ops/comparison.h"
#include "antler/ops/composite.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/creation.h"
#include "antler/ops/division.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/exponential.h"
#include "antler/ops/extrema.h"
#include "antler/ops/gather_along.h"
#include "antler/ops/log_softmax.h"
#include "antler/ops/logical.h"
#include "antler/ops/operands.h"
#include "antler/ops/pad.h"
#include "antler/ops/reshape.h"
#include "antler/ops/scan.h"
#include "antler/ops/slice.h"
#include "antler/ops/statistics.h"
#include "antler/ops/transpose.h"
#include "antler/ops/where.h"

// An alignment walks through 2 n + 1 states: a blank, the first label, a blank, ..., the last
// label, a blank. In a step it stays, goes on by one, or skips a blank between labels that differ.
// alpha is the log-probability of what led to a state, that of the state itself included; beta of
// what can follow. Both are (batch, states) in a step.
namespace antler::ops {
namespace {

using Values = std::vector<Value>;
using Inputs = std::span<const Value>;

// Keras' logarithm of 0: what it costs to start late or to skip a blank between equal labels.
constexpr double kUnlikely = -1e5;
// What is never done; so low that no sum of costs comes near.
constexpr double kNever = -1e30;

struct Lattice {
  Value emissions;  // (time, batch, states): log-probability of each state's class
  Value skips;      // (batch, states): cost of coming from two states before
  Value ends;       // (batch, states): 0 where an alignment may end
  Value lives;      // (time, batch, 1): which steps are looked at

  explicit Lattice(Inputs inputs)
      : emissions(inputs[0]), skips(inputs[1]), ends(inputs[2]), lives(inputs[3]) {}
};

// State s gets what state s - by had.
Value moved_on(const Value& x, std::int64_t by) {
  const Value kept = slice_axis(x, -1, 0, x.shape().back() - by);
  return pad(kept, {{0, 0}, {by, 0}}, {.constant_values = kNever});
}

Value moved_back(const Value& x, std::int64_t by) {
  return pad(slice_axis(x, -1, by), {{0, 0}, {0, by}}, {.constant_values = kNever});
}

Value log_add_exp(const Value& a, const Value& b, const Value& c) {
  const Value top = maximum(maximum(a, b), c);
  return top + log(exp(a - top) + exp(b - top) + exp(c - top));
}

Values build_loss(Inputs inputs) {
  const Lattice lattice(inputs);
  const Value state = arange(lattice.skips.shape()[1]);
  const Value start =
      zeros_like(lattice.skips) + cast(where(equal(state, 0), 0, kUnlikely), lattice.skips.dtype());
  const ScanStep walk = scan(
      [&](Inputs carried, Inputs slices) {
        const Value& alpha = carried[0];
        const Value reached =
            log_add_exp(alpha, moved_on(alpha, 1), moved_on(alpha, 2) + lattice.skips);
        const Value next = where(slices[1], slices[0] + reached, alpha);
        return ScanStep{{next}, {next}};
      },
      {start}, {lattice.emissions, lattice.lives});
  return {-logsumexp(walk.carried[0] + lattice.ends, {.axis = 1}), walk.stacked[0]};
}

// -exp(alpha + beta + loss) is minus the share of all alignments' probability that passes a state.
Values build_gradient(Inputs inputs) {
  const Lattice lattice(inputs);
  const ScanStep walk = scan(
      [&](Inputs carried, Inputs slices) {
        const Value& beta = carried[0];
        const Value from = beta + slices[0];
        const Value ahead =
            log_add_exp(from, moved_back(from, 1), moved_back(from + lattice.skips, 2));
        return ScanStep{{where(slices[1], ahead, beta)}, {beta}};
      },
      {lattice.ends}, {lattice.emissions, lattice.lives}, {.reverse = true});
  const Value loss = expand_dims(inputs[5], 1);
  const Value g = expand_dims(inputs[6], 1);
  const Value shares = exp(inputs[4] + walk.stacked[0] + loss);
  return {where(lattice.lives, -shares * g, 0)};
}

Values loss_rule(const Composite& op, const GradientContext& context) {
  if (context.output_gradient(1)) return context.differentiate(*op.body);  // of second order
  Values inputs;
  for (int i = 0; i < 4; ++i) inputs.push_back(context.input(i));
  inputs.insert(inputs.end(), {context.output(1), context.output(0), context.output_gradient(0)});
  Values gradients(4);
  gradients[0] = composite("ctc_loss_gradient", inputs, Config::map(), build_gradient).front();
  return gradients;
}

void require_sizes(const Shape& target, const Shape& output) {
  if (target.rank() != 2 || output.rank() != 3 || !Shape({target[0]}).is_compatible({output[0]})) {
    throw ShapeError(
        "ctc_loss: expected target (batch, labels) and output (batch, time, classes)"
        ", got " +
        target.to_string() + " and " + output.to_string());
  }
  if (target[1] == None || output[1] == None || output[2] == None || output[1] == 0) {
    throw ShapeError(
        "ctc_loss: expected known numbers of labels, steps and classes, and a step at "
        "least, got target " +
        target.to_string() + " and output " + output.to_string() + "; give Input() its sizes");
  }
}

// blank, label, blank, label, ..., blank.
Value with_blanks(const Value& labels, int blank) {
  const std::int64_t count = labels.shape()[1];
  const Value blanks = full_like(labels, blank);
  const Value pairs = reshape(stack({blanks, labels}, 2), {None, 2 * count});
  return pad(pairs, {{0, 0}, {0, 1}}, {.constant_values = static_cast<double>(blank)});
}

}  // namespace

Value ctc_loss(const Value& target, const Value& output, const Value& target_length,
               const Value& output_length, int mask_index) {
  require_sizes(target.shape(), output.shape());
  const Value logits = detail::as_floating(output);
  const DType dtype = logits.dtype();
  const std::int64_t classes = logits.shape()[2];
  const Value labels =
      apply(CheckIndex{.size = classes, .row_size = target.shape()[1], .owner = "ctc_loss"},
            {cast(target, DType::int32)});
  const Value path = with_blanks(labels, mask_index);  // (batch, states)
  const std::int64_t states = path.shape()[1];
  const Value emissions = take_along_axis(log_softmax(logits), expand_dims(path, 1), 2);

  const Value state = arange(states);
  const Value is_label = equal(mod(state, 2), 1);
  const Value before = moved_on(cast(path, dtype), 2);
  const Value skip_cost = where(equal(cast(path, dtype), before), kUnlikely, 0);
  const Value skips = cast(where(logical_and(is_label, state > 1), skip_cost, kNever), dtype);

  const Value last = 2 * expand_dims(cast(target_length, DType::int32), 1);
  const Value is_end = logical_or(equal(state, last), equal(state, last - 1));
  const Value ends = cast(where(is_end, 0, kNever), dtype);

  const Value step = reshape(arange(logits.shape()[1]), {logits.shape()[1], 1, 1});
  const Value lives = step < expand_dims(cast(output_length, DType::int32), 1);
  return composite("ctc_loss", {transpose(emissions, {1, 0, 2}), skips, ends, lives}, Config::map(),
                   build_loss, loss_rule)
      .front();
}

}  // namespace antler::ops
