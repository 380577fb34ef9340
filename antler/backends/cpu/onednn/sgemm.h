#pragma once

#include "antler/backends/cpu/kernels/gemm.h"

namespace antler::cpu {

/// Whether oneDNN is the faster one on this machine: with AVX-512, products that do not fit the L2
/// cache.
bool is_large_product(const GemmShape& shape);

/// C = op(A) op(B) by dnnl_sgemm, cut into blocks that follow from the shape alone, so that any
/// number of threads gives the same bits.
void large_product(const GemmShape& shape, const GemmFlags& flags, const float* a, const float* b,
                   float* c) noexcept;

/// C = activation(C + bias), after a product that could not do it itself.
void finish_rows(const float* bias, Activation activation, std::int64_t m, std::int64_t n,
                 float* c) noexcept;

}  // namespace antler::cpu
