#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "antler/core/tensor.h"

namespace antler {

/// The tensor in an NPY file of numpy.save, plain or gzip; format 1.0 to 3.0, C or Fortran order,
/// little endian.
///
/// Shapes  any, of at most 32 axes.
/// Types   f4 -> float32, f8 -> float64, bool -> bool, u1 -> uint8, i1 i2 i4 u2 -> int32,
///         i8 u4 u8 -> int64.
/// Errors  FileError naming the path: what parse_npy_header refuses, fewer or more bytes than the
///         shape says, a u8 element over 2^63 - 1.
/// Source  numpy.lib.format.
Tensor read_npy(const std::string& path);

/// The same from memory; `name` opens the errors.
Tensor parse_npy(std::span<const std::byte> bytes, const std::string& name);

/// Writes numpy.load's format 1.0 in C order, atomically. Errors: FileError of
/// write_file_atomically.
void write_npy(const std::string& path, const Tensor& tensor);

/// The bytes that write_npy writes.
std::vector<std::byte> npy_bytes(const Tensor& tensor);

}  // namespace antler
