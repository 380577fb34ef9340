#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "antler/data/datasets.h"

namespace antler::datasets {

/// The records of CIFAR-10's binary form: a label, then the red, green and blue plane of 32x32
/// each; 3,073 bytes a record. x uint8 (n, 32, 32, 3), y int64 (n, 1).
///
/// Errors  FileError opened by `name`: no whole number of records, a label over 9.
/// Source  Krizhevsky, "The CIFAR-10 dataset", binary version.
Examples parse_cifar10(std::span<const std::byte> bytes, const std::string& name);

/// What note("cifar10") says.
std::string cifar10_note();

/// What describe() says of it.
Description describe_cifar10();

}  // namespace antler::datasets
