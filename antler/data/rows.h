#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "antler/core/tensor.h"

namespace antler {

/// A random order of 0 .. n-1: Fisher and Yates' shuffle with the numbers of (seed, step), O(n).
/// It depends on nothing else: not on threads, nor on shuffles before it.
///
/// Source  Durstenfeld (1964), Algorithm 235; Knuth, TAOCP 2, 3.4.2 P.
std::vector<std::int64_t> shuffled_order(std::int64_t n, std::uint64_t seed, std::uint64_t step);

/// The same into `order` (its length is n), without allocating.
void shuffle_order(std::span<std::int64_t> order, std::uint64_t seed, std::uint64_t step);

enum class Copying { with_pool, alone };

/// Copies rows of the first axis: into[i] = from[rows[i]]; later rows of `into` stay as they are.
/// Allocates nothing when `into` shares its buffer with no other tensor.
///
/// Shapes   from (n, ...), into (at least the number of rows, ...), equal in the later axes.
/// Types    any, equal in both.
/// Errors   TypeError, ShapeError; ShapeError for a row outside [0, n).
/// Threads  large copies are cut into blocks for the pool; a thread that works beside the one that
///          computes passes Copying::alone and leaves the pool to it.
void gather_rows(const Tensor& from, std::span<const std::int64_t> rows, Tensor& into,
                 Copying copying = Copying::with_pool);

/// The same for rows first, first + 1, ...; `count` of them.
void copy_rows(const Tensor& from, std::int64_t first, std::int64_t count, Tensor& into,
               Copying copying = Copying::with_pool);

/// Gives `into` room for `rows` rows of that type and shape; it is left alone when it has it.
void make_room(DType dtype, std::span<const std::int64_t> row_shape, std::int64_t rows,
               Tensor& into);

}  // namespace antler
