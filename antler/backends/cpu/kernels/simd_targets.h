// Which instruction sets the kernels are compiled for. Include it before any Highway header.
//
// x86: SSE4, AVX2 and AVX-512 (AVX3) earn their code size; SSSE3 and AVX3_DL do not. ARM: NEON
// only, because SVE's sizeless vectors cannot be kept in the arrays of accumulators that the matrix
// product is made of. Highway's scalar fallback is always there.
#pragma once

#define HWY_DISABLED_TARGETS \
  (HWY_SSSE3 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)

// For lambdas in a loop: compilers leave a large one out of line, and its constants are then loaded
// anew for each vector. (HWY_INLINE contains `inline`, which a lambda cannot have.)
#define ANTLER_INLINE_LAMBDA HWY_ATTR __attribute__((always_inline))
