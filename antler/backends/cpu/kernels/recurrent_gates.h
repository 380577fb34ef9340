// The gates of LSTM and GRU and their gradients in one pass, float32: the formulas stand in
// ops/recurrent_gates.h.
//
// All work on the rows [begin, end) of row-major matrices; `units` is the width of a state. An
// element's bits do not depend on the range. Outputs overlap no input. Relative errors as those of
// vectorized exp and tanh, below 1e-6. Threads: calls with disjoint ranges may run at once.
#pragma once

#include <cstdint>

namespace antler::cpu {

/// input, recurrent, gates (rows, 4 units); c, h, next_c (rows, units).
struct LstmGates {
  const float *input, *recurrent, *c;
  float *h, *next_c, *gates;
};
void lstm_gates(const LstmGates& arrays, int64_t units, int64_t begin, int64_t end) noexcept;

/// gates, d_input (rows, 4 units); the others (rows, units).
struct LstmGatesGradient {
  const float *gates, *c, *dh, *d_next_c;
  float *d_input, *dc;
};
void lstm_gates_gradient(const LstmGatesGradient& arrays, int64_t units, int64_t begin,
                         int64_t end) noexcept;

/// input, recurrent (rows, 3 units); kept (rows, 4 units); h, next_h (rows, units).
struct GruGates {
  const float *input, *recurrent, *h;
  float *next_h, *kept;
};
void gru_gates(const GruGates& arrays, int64_t units, int64_t begin, int64_t end) noexcept;

/// kept (rows, 4 units); d_input, d_recurrent (rows, 3 units); the others (rows, units).
struct GruGatesGradient {
  const float *kept, *h, *d_next_h;
  float *d_input, *d_recurrent, *dh;
};
void gru_gates_gradient(const GruGatesGradient& arrays, int64_t units, int64_t begin,
                        int64_t end) noexcept;

}  // namespace antler::cpu
