#pragma once

#include <cstdint>

#include "antler/data/examples.h"

namespace antler::datasets {

/// Digits drawn from strokes: ten classes, some with several ways of writing, each example with its
/// own slant, turn, size, place, width, wobble, ink and noise. They stand in for MNIST where it is
/// absent, and are hard enough that a linear model stays clearly below a small network.
///
/// Shapes   x uint8 (n, 28, 28), ink is bright; y int64 (n,), drawn uniformly.
/// Errors   ValueError for n below 1.
/// Threads  example i depends on (seed, i) alone: the same bits for any number of threads, and the
///          first examples of a larger n are those of a smaller one.
Examples drawn_digits(std::int64_t n, std::uint64_t seed);

}  // namespace antler::datasets
