#pragma once

#include "antler/graph/value.h"

// What a step of LSTM and GRU does between its matrix products. Each is a composite, and so is its
// gradient: a backend may run either as one kernel.
//
//   composite           inputs                               outputs
//   lstm_gates          input, recurrent, c                  h, new c, gates = [i f g o]
//   lstm_gates_gradient gates, c, dh, d new c                d input = d recurrent, dc
//   gru_gates           input, recurrent, h                  new h, kept = [z r n recurrent_n]
//   gru_gates_gradient  kept, h, d new h                     d input, d recurrent, dh
namespace antler::ops {

struct LstmState {
  Value h, c;
};

/// i, f, g, o = sigmoid, sigmoid, tanh, sigmoid of the quarters of input + recurrent;
/// c' = f c + i g;  h = o tanh(c').
///
/// Shapes  input, recurrent (batch, 4 units); c (batch, units) -> h, c' (batch, units).
/// Errors  ShapeError.  Source  keras.layers.LSTMCell; Hochreiter and Schmidhuber (1997).
LstmState lstm_gates(const Value& input, const Value& recurrent, const Value& c);

/// z = sigmoid(input_z + recurrent_z);  r = sigmoid(input_r + recurrent_r);
/// n = tanh(input_n + r recurrent_n);  h' = z h + (1 - z) n.
///
/// Shapes  input, recurrent (batch, 3 units), parts in the order z, r, n; h (batch, units) -> the
///         same.
/// Errors  ShapeError.  Source  keras.layers.GRUCell with reset_after; Cho et al. (2014).
Value gru_gates(const Value& input, const Value& recurrent, const Value& h);

}  // namespace antler::ops
