#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "antler/core/flat_map.h"
#include "antler/core/tensor.h"

namespace antler {

/// The arrays of an NPZ file (numpy.savez, numpy.savez_compressed) by name, without ".npy"; the
/// file may also be gzip. A build without libzip has only the declaration's error.
///
/// Types   as read_npy's.
/// Errors  FileError naming the path and the array: not a zip, too many or too large entries,
///         damaged data, an entry that is no array, what parse_npy refuses.
/// Source  numpy.savez.
FlatMap<std::string, Tensor> read_npz(const std::string& path);

/// The same from memory; `name` opens the errors.
FlatMap<std::string, Tensor> parse_npz(std::span<const std::byte> bytes, const std::string& name);

}  // namespace antler
