// Pooling of one image, channels last, float32.
#pragma once

#include "antler/backends/cpu/kernels/window_geometry.h"

namespace antler::cpu {

/// y = the largest of each window; NaN wins.
void max_pool(const WindowGeometry& geometry, const float* x, float* y) noexcept;
/// dx = g at the first largest of each window, added up; with `relu` only where that is positive.
void max_pool_gradient(const WindowGeometry& geometry, bool relu, const float* x, const float* g,
                       float* dx) noexcept;
/// The same largest, and which cell of its window, counted row by row from the first that lies in
/// the image, is the first such. Windows of up to 256 cells.
void max_pool_places(const WindowGeometry& geometry, const float* x, float* y,
                     uint8_t* places) noexcept;
/// dx = g at the place of each window, 0 elsewhere. No two windows share a cell.
void max_unpool(const WindowGeometry& geometry, const float* g, const uint8_t* places,
                float* dx) noexcept;
/// y = h where x has the first largest of each window.
void max_pool_gather(const WindowGeometry& geometry, const float* x, const float* h,
                     float* y) noexcept;
/// y = the sum of each window.
void sum_pool(const WindowGeometry& geometry, const float* x, float* y) noexcept;
/// dx = g at all cells of each window, added up.
void sum_pool_gradient(const WindowGeometry& geometry, const float* g, float* dx) noexcept;

}  // namespace antler::cpu
