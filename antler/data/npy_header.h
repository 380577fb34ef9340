#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace antler {

/// What the header of an NPY file says.
struct NpyHeader {
  char kind = 'f';  // 'f' float, 'i' and 'u' integers, 'b' bool
  int item_bytes = 4;
  bool fortran_order = false;
  std::vector<std::int64_t> shape;
  std::int64_t elements = 0;
  /// Where the elements start.
  std::size_t data_offset = 0;
};

/// Parses the magic bytes, the version (1.0, 2.0, 3.0) and the dictionary
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`; only these keys and literals are
/// understood, so that nothing in a file is ever executed.
///
/// Errors  FileError opened by `name`: not NPY, a pickle, cut short, a malformed dictionary, big
///         endian, an element type outside f4 f8 i1..i8 u1..u8 bool, sizes that overflow.
NpyHeader parse_npy_header(std::span<const std::byte> bytes, const std::string& name);

}  // namespace antler
