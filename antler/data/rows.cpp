#include "antler/data/rows.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <string>
#include <utility>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/core/thread_pool.h"

namespace antler {
namespace {

// No random op of a model has this index, so that shuffling shares its numbers with none.
constexpr std::uint32_t kShuffleStream = 0xFFFFFFFFU;
constexpr std::int64_t kBlockBytes = 1 << 18;

void check_target(const Tensor& from, std::int64_t count, const Tensor& into) {
  if (from.dtype() != into.dtype()) {
    throw TypeError("gather_rows: expected a target of type " + std::string(name(from.dtype())) +
                    ", got " + std::string(name(into.dtype())));
  }
  const auto rows_agree = [&] {
    return std::equal(from.shape().begin() + 1, from.shape().end(), into.shape().begin() + 1,
                      into.shape().end());
  };
  if (from.rank() == 0 || into.rank() == 0 || !rows_agree() || into.length() < count) {
    throw ShapeError("gather_rows: expected a target of at least " + std::to_string(count) +
                     " rows of " + from.shape().to_string() + ", got " + into.shape().to_string());
  }
}

void check_rows(std::span<const std::int64_t> rows, std::int64_t length) {
  for (const std::int64_t row : rows) {
    if (row >= 0 && row < length) continue;
    throw ShapeError("gather_rows: expected rows in [0, " + std::to_string(length) + "), got " +
                     std::to_string(row));
  }
}

std::int64_t row_bytes(const Tensor& tensor) {
  return tensor.length() == 0 ? 0 : tensor.byte_size() / tensor.length();
}

// The pool is woken only for copies that take longer than waking it.
template <class CopyRange>
void copy_in_blocks(std::int64_t count, std::int64_t bytes_a_row, Copying copying,
                    const CopyRange& copy_range) {
  const std::int64_t block_rows = std::max<std::int64_t>(1, kBlockBytes / bytes_a_row);
  const std::int64_t blocks = (count + block_rows - 1) / block_rows;
  if (blocks < 4 || copying == Copying::alone) return copy_range(0, count);
  parallel_for(blocks, [&](std::int64_t block) {
    copy_range(block * block_rows, std::min(count, (block + 1) * block_rows));
  });
}

// Strings are copied one by one: their handles are no plain bytes.
template <class RowOf>
void copy_strings(const Tensor& from, std::int64_t count, Tensor& into, const RowOf& row_of) {
  const std::int64_t width = from.length() == 0 ? 0 : from.size() / from.length();
  const std::string* source = from.data<std::string>().data();
  std::string* target = into.mutable_data<std::string>().data();
  for (std::int64_t i = 0; i < count; ++i) {
    std::copy_n(source + row_of(i) * width, width, target + i * width);
  }
}

}  // namespace

void shuffle_order(std::span<std::int64_t> order, std::uint64_t seed, std::uint64_t step) {
  std::iota(order.begin(), order.end(), std::int64_t{0});
  const RandomStream random(seed, kShuffleStream, step);
  // One Philox block gives two draws of 64 bits; the product's high half is below the bound with a
  // bias under n / 2^64.
  __extension__ using Wide = unsigned __int128;
  std::array<std::uint32_t, 4> words = {};
  for (std::size_t i = order.size(); i > 1; --i) {
    const std::size_t draw = order.size() - i;
    if (draw % 2 == 0) words = random.block(draw / 2);
    const std::size_t pair = 2 * (draw % 2);
    const std::uint64_t bits = std::uint64_t{words[pair]} << 32 | words[pair + 1];
    std::swap(order[i - 1], order[static_cast<std::size_t>((Wide{bits} * i) >> 64)]);
  }
}

std::vector<std::int64_t> shuffled_order(std::int64_t n, std::uint64_t seed, std::uint64_t step) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(n));
  shuffle_order(order, seed, step);
  return order;
}

void gather_rows(const Tensor& from, std::span<const std::int64_t> rows, Tensor& into,
                 Copying copying) {
  const auto count = static_cast<std::int64_t>(rows.size());
  check_target(from, count, into);
  check_rows(rows, from.length());
  if (from.dtype() == DType::string) {
    return copy_strings(from, count, into,
                        [&](std::int64_t i) { return rows[static_cast<std::size_t>(i)]; });
  }
  const std::int64_t bytes = row_bytes(from);
  if (count == 0 || bytes == 0) return;
  const std::byte* source = from.raw();
  std::byte* target = into.mutable_raw();
  const std::int64_t* row = rows.data();
  copy_in_blocks(count, bytes, copying, [=](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      std::memcpy(target + i * bytes, source + row[i] * bytes, static_cast<std::size_t>(bytes));
    }
  });
}

void copy_rows(const Tensor& from, std::int64_t first, std::int64_t count, Tensor& into,
               Copying copying) {
  check_target(from, count, into);
  if (first < 0 || count < 0 || first > from.length() - count) {
    throw ShapeError("copy_rows: expected rows in [0, " + std::to_string(from.length()) +
                     "), got [" + std::to_string(first) + ", " + std::to_string(first + count) +
                     ")");
  }
  if (from.dtype() == DType::string) {
    return copy_strings(from, count, into, [&](std::int64_t i) { return first + i; });
  }
  const std::int64_t bytes = row_bytes(from);
  if (count == 0 || bytes == 0) return;
  const std::byte* source = from.raw() + first * bytes;
  std::byte* target = into.mutable_raw();
  copy_in_blocks(count, bytes, copying, [=](std::int64_t begin, std::int64_t end) {
    std::memcpy(target + begin * bytes, source + begin * bytes,
                static_cast<std::size_t>((end - begin) * bytes));
  });
}

void make_room(DType dtype, std::span<const std::int64_t> row_shape, std::int64_t rows,
               Tensor& into) {
  const bool fits =
      into.dtype() == dtype && into.rank() == static_cast<int>(row_shape.size()) + 1 &&
      into.length() >= rows &&
      std::equal(row_shape.begin(), row_shape.end(), into.shape().begin() + 1, into.shape().end());
  if (!fits) into = Tensor::uninitialized(dtype, Shape(row_shape).with_batch(rows));
}

}  // namespace antler
