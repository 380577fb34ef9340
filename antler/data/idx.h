#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "antler/core/tensor.h"

namespace antler {

/// The tensor in an IDX file, plain or gzip: two zero bytes, a type, a rank, the sizes (big-endian
/// 32 bits each), then the elements in row-major order.
///
/// Shapes  rank 1 to 8.
/// Types   unsigned byte -> uint8; signed byte, short, int -> int32; float -> float32; double ->
///         float64.
/// Errors  FileError naming the path: not IDX, an unknown type, too many axes, fewer or more bytes
///         than the sizes say.
/// Source  LeCun, "The MNIST database of handwritten digits".
Tensor read_idx(const std::string& path);

/// The same from memory; `name` opens the errors.
Tensor parse_idx(std::span<const std::byte> bytes, const std::string& name);

}  // namespace antler
