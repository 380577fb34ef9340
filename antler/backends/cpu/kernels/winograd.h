// Winograd's F(2x2, 3x3): four outputs of a 3 x 3 convolution from 16 multiplications in place
// of 36.
//
//   y = A' ((G w G') * (B' x B)) A   x (4, 4) inputs, w (3, 3) kernel, y (2, 2) outputs, * by
//   element
//
// Summed over the channels, each of the 16 elements is a matrix product of its own. The functions
// here do the rest, for channels that lie side by side. "Element k of 16" means line k / 4, column
// k % 4.
//
// Source  Lavin and Gray (2016), arXiv:1509.09308.
#pragma once

#include <cstdint>

#include "antler/backends/cpu/kernels/gemm.h"

namespace antler::cpu {

/// Some tiles side by side in a line of tiles of an image, channels last. Tile t begins two
/// positions behind tile t - 1; its element k stands at `k * element_step + t * channels` of the 16
/// lists.
struct WinogradTiles {
  int64_t tiles = 0;
  int64_t channels = 0;
  int64_t line_step = 0;     // elements of the image from one line to the next
  int64_t element_step = 0;  // of the lists, from one of the 16 to the next
};

/// v = B' x B, of (4, 4) inputs each.
void winograd_inputs(const WinogradTiles& tiles, const float* x, float* v) noexcept;
/// y = activation(A' m A + bias), (2, 2) outputs each. Errors: none; linear and relu alone.
void winograd_outputs(const WinogradTiles& tiles, const float* m, const GemmEpilogue& epilogue,
                      float* y) noexcept;
/// The transpose of winograd_outputs: v = A g A', of (2, 2) outputs' gradients each.
void winograd_output_gradients(const WinogradTiles& tiles, const float* g, float* v) noexcept;

/// u = G w G', from nine matrices of `size` elements to 16; of the kernel turned by half a turn
/// with `turned`.
void winograd_kernel(const float* kernel, int64_t size, bool turned, float* u) noexcept;
/// The transpose: nine matrices G' u G from 16.
void winograd_kernel_gradient(const float* u, int64_t size, float* kernel) noexcept;

}  // namespace antler::cpu
