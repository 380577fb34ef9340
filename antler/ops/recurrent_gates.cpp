#include "antler/ops/recurrent_gates.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/composite.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/creation.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/slice.h"
#include "antler/ops/trigonometric.h"

namespace antler::ops {
namespace {

using Values = std::vector<Value>;
using Inputs = std::span<const Value>;

Values build_lstm(Inputs in) {
  const Values z = split(in[0] + in[1], 4, -1);
  const Value i = sigmoid(z[0]);
  const Value f = sigmoid(z[1]);
  const Value g = tanh(z[2]);
  const Value o = sigmoid(z[3]);
  const Value c = f * in[2] + i * g;
  return {o * tanh(c), c, concatenate({i, f, g, o})};
}

Values build_lstm_gradient(Inputs in) {
  const Values gates = split(in[0], 4, -1);
  const Value &i = gates[0], &f = gates[1], &g = gates[2], &o = gates[3];
  const Value &c = in[1], &dh = in[2];
  const Value t = tanh(f * c + i * g);
  const Value dc = in[3] + dh * o * (1 - t * t);
  return {concatenate({dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g * g),
                       dh * t * o * (1 - o)}),
          dc * f};
}

Value or_zeros(const Value& gradient, const Value& like) {
  return gradient ? gradient : zeros(like.shape(), like.dtype());
}

// The gates have a gradient of their own only in derivatives of second order.
Values lstm_rule(const Composite& op, const GradientContext& context) {
  if (context.output_gradient(2)) return context.differentiate(*op.body);
  const Values d = composite(
      "lstm_gates_gradient",
      {context.output(2), context.input(2), or_zeros(context.output_gradient(0), context.output(0)),
       or_zeros(context.output_gradient(1), context.output(1))},
      Config::map(), build_lstm_gradient);
  return {d[0], d[0], d[1]};
}

Values build_gru(Inputs in) {
  const Values x = split(in[0], 3, -1);
  const Values y = split(in[1], 3, -1);
  const Value z = sigmoid(x[0] + y[0]);
  const Value r = sigmoid(x[1] + y[1]);
  const Value n = tanh(x[2] + r * y[2]);
  return {z * in[2] + (1 - z) * n, concatenate({z, r, n, y[2]})};
}

Values build_gru_gradient(Inputs in) {
  const Values kept = split(in[0], 4, -1);
  const Value &z = kept[0], &r = kept[1], &n = kept[2], &recurrent = kept[3];
  const Value &h = in[1], &dh = in[2];
  const Value dz = dh * (h - n) * z * (1 - z);
  const Value dn = dh * (1 - z) * (1 - n * n);
  const Value dr = dn * recurrent * r * (1 - r);
  return {concatenate({dz, dr, dn}), concatenate({dz, dr, dn * r}), dh * z};
}

Values gru_rule(const Composite& op, const GradientContext& context) {
  if (context.output_gradient(1)) return context.differentiate(*op.body);
  return composite("gru_gates_gradient",
                   {context.output(1), context.input(2), context.output_gradient(0)}, Config::map(),
                   build_gru_gradient);
}

void check_shapes(const char* op, int parts, const Value& input, const Value& recurrent,
                  const Value& state) {
  const bool are_matrices = input.rank() == 2 && recurrent.rank() == 2 && state.rank() == 2;
  const auto is_wide = [&](const Value& x) {
    return x.shape().back() == parts * state.shape().back() &&
           x.shape().front() == state.shape().front();
  };
  if (are_matrices && is_wide(input) && is_wide(recurrent)) return;
  throw ShapeError(std::string(op) + ": expected (batch, " + std::to_string(parts) +
                   " units) twice and (batch, units), got " + input.shape().to_string() + ", " +
                   recurrent.shape().to_string() + " and " + state.shape().to_string());
}

}  // namespace

LstmState lstm_gates(const Value& input, const Value& recurrent, const Value& c) {
  check_shapes("lstm_gates", 4, input, recurrent, c);
  const Values outputs =
      composite("lstm_gates", {input, recurrent, c}, Config::map(), build_lstm, lstm_rule);
  return {outputs[0], outputs[1]};
}

Value gru_gates(const Value& input, const Value& recurrent, const Value& h) {
  check_shapes("gru_gates", 3, input, recurrent, h);
  return composite("gru_gates", {input, recurrent, h}, Config::map(), build_gru, gru_rule).front();
}

}  // namespace antler::ops
