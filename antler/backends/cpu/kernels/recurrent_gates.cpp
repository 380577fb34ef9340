#include "antler/backends/cpu/kernels/recurrent_gates.h"

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/recurrent_gates.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

// y (1 - y): the slope of the sigmoid where it is y.
HWY_INLINE FloatVector sigmoid_slope(FloatVector y) { return hn::NegMulAdd(y, y, y); }
// 1 - y^2: the slope of tanh where it is y.
HWY_INLINE FloatVector tanh_slope(FloatVector y) { return hn::NegMulAdd(y, y, set(1.0f)); }

void lstm(const LstmGates& arrays, int64_t units, int64_t begin, int64_t end) {
  for (int64_t row = begin; row < end; ++row) {
    const float* input = arrays.input + row * 4 * units;
    const float* recurrent = arrays.recurrent + row * 4 * units;
    float* gates = arrays.gates + row * 4 * units;
    const float* c = arrays.c + row * units;
    float* h = arrays.h + row * units;
    float* next_c = arrays.next_c + row * units;
    for_each_vector(0, units, [&](auto access, int64_t j) ANTLER_INLINE_LAMBDA {
      const auto sum = [&](int64_t part) ANTLER_INLINE_LAMBDA {
        return hn::Add(access.load(input + part * units + j),
                       access.load(recurrent + part * units + j));
      };
      const FloatVector i = vector_sigmoid(sum(0));
      const FloatVector f = vector_sigmoid(sum(1));
      const FloatVector g = vector_tanh(sum(2));
      const FloatVector o = vector_sigmoid(sum(3));
      const FloatVector next = hn::MulAdd(f, access.load(c + j), hn::Mul(i, g));
      access.store(i, gates + j);
      access.store(f, gates + units + j);
      access.store(g, gates + 2 * units + j);
      access.store(o, gates + 3 * units + j);
      access.store(next, next_c + j);
      access.store(hn::Mul(o, vector_tanh(next)), h + j);
    });
  }
}

void lstm_gradient(const LstmGatesGradient& arrays, int64_t units, int64_t begin, int64_t end) {
  for (int64_t row = begin; row < end; ++row) {
    const float* gates = arrays.gates + row * 4 * units;
    const float* c_row = arrays.c + row * units;
    const float* dh_row = arrays.dh + row * units;
    const float* d_next_c = arrays.d_next_c + row * units;
    float* d_input = arrays.d_input + row * 4 * units;
    float* dc_row = arrays.dc + row * units;
    for_each_vector(0, units, [&](auto access, int64_t j) ANTLER_INLINE_LAMBDA {
      const FloatVector i = access.load(gates + j);
      const FloatVector f = access.load(gates + units + j);
      const FloatVector g = access.load(gates + 2 * units + j);
      const FloatVector o = access.load(gates + 3 * units + j);
      const FloatVector c = access.load(c_row + j);
      const FloatVector dh = access.load(dh_row + j);
      const FloatVector t = vector_tanh(hn::MulAdd(f, c, hn::Mul(i, g)));
      const FloatVector dc = hn::MulAdd(hn::Mul(dh, o), tanh_slope(t), access.load(d_next_c + j));
      access.store(hn::Mul(hn::Mul(dc, g), sigmoid_slope(i)), d_input + j);
      access.store(hn::Mul(hn::Mul(dc, c), sigmoid_slope(f)), d_input + units + j);
      access.store(hn::Mul(hn::Mul(dc, i), tanh_slope(g)), d_input + 2 * units + j);
      access.store(hn::Mul(hn::Mul(dh, t), sigmoid_slope(o)), d_input + 3 * units + j);
      access.store(hn::Mul(dc, f), dc_row + j);
    });
  }
}

void gru(const GruGates& arrays, int64_t units, int64_t begin, int64_t end) {
  for (int64_t row = begin; row < end; ++row) {
    const float* input = arrays.input + row * 3 * units;
    const float* recurrent = arrays.recurrent + row * 3 * units;
    float* kept = arrays.kept + row * 4 * units;
    const float* h = arrays.h + row * units;
    float* next_h = arrays.next_h + row * units;
    for_each_vector(0, units, [&](auto access, int64_t j) ANTLER_INLINE_LAMBDA {
      const auto sum = [&](int64_t part) ANTLER_INLINE_LAMBDA {
        return hn::Add(access.load(input + part * units + j),
                       access.load(recurrent + part * units + j));
      };
      const FloatVector z = vector_sigmoid(sum(0));
      const FloatVector r = vector_sigmoid(sum(1));
      const FloatVector recurrent_n = access.load(recurrent + 2 * units + j);
      const FloatVector n =
          vector_tanh(hn::MulAdd(r, recurrent_n, access.load(input + 2 * units + j)));
      access.store(z, kept + j);
      access.store(r, kept + units + j);
      access.store(n, kept + 2 * units + j);
      access.store(recurrent_n, kept + 3 * units + j);
      // z h + (1 - z) n, each product rounded as the ops do.
      const FloatVector rest = hn::Mul(hn::Sub(set(1.0f), z), n);
      access.store(hn::MulAdd(z, access.load(h + j), rest), next_h + j);
    });
  }
}

void gru_gradient(const GruGatesGradient& arrays, int64_t units, int64_t begin, int64_t end) {
  for (int64_t row = begin; row < end; ++row) {
    const float* kept = arrays.kept + row * 4 * units;
    const float* h = arrays.h + row * units;
    const float* d_next_h = arrays.d_next_h + row * units;
    float* d_input = arrays.d_input + row * 3 * units;
    float* d_recurrent = arrays.d_recurrent + row * 3 * units;
    float* dh = arrays.dh + row * units;
    for_each_vector(0, units, [&](auto access, int64_t j) ANTLER_INLINE_LAMBDA {
      const FloatVector z = access.load(kept + j);
      const FloatVector r = access.load(kept + units + j);
      const FloatVector n = access.load(kept + 2 * units + j);
      const FloatVector recurrent_n = access.load(kept + 3 * units + j);
      const FloatVector d = access.load(d_next_h + j);
      const FloatVector dz = hn::Mul(hn::Mul(d, hn::Sub(access.load(h + j), n)), sigmoid_slope(z));
      const FloatVector dn = hn::Mul(hn::Mul(d, hn::Sub(set(1.0f), z)), tanh_slope(n));
      const FloatVector dr = hn::Mul(hn::Mul(dn, recurrent_n), sigmoid_slope(r));
      access.store(dz, d_input + j);
      access.store(dr, d_input + units + j);
      access.store(dn, d_input + 2 * units + j);
      access.store(dz, d_recurrent + j);
      access.store(dr, d_recurrent + units + j);
      access.store(hn::Mul(dn, r), d_recurrent + 2 * units + j);
      access.store(hn::Mul(d, z), dh + j);
    });
  }
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(lstm);
HWY_EXPORT(lstm_gradient);
HWY_EXPORT(gru);
HWY_EXPORT(gru_gradient);

void lstm_gates(const LstmGates& arrays, int64_t units, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(lstm)(arrays, units, begin, end);
}

void lstm_gates_gradient(const LstmGatesGradient& arrays, int64_t units, int64_t begin,
                         int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(lstm_gradient)(arrays, units, begin, end);
}

void gru_gates(const GruGates& arrays, int64_t units, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(gru)(arrays, units, begin, end);
}

void gru_gates_gradient(const GruGatesGradient& arrays, int64_t units, int64_t begin,
                        int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(gru_gradient)(arrays, units, begin, end);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
