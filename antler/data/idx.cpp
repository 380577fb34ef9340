#include "antler/data/idx.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "antler/core/error.h"
#include "antler/data/byte_order.h"
#include "antler/data/input_file.h"

namespace antler {
namespace {

constexpr int kMaxRank = 8;

struct IdxType {
  unsigned code;
  int bytes;
  DType dtype;
};
constexpr std::array<IdxType, 6> kTypes = {{{0x08, 1, DType::uint8},
                                            {0x09, 1, DType::int32},
                                            {0x0B, 2, DType::int32},
                                            {0x0C, 4, DType::int32},
                                            {0x0D, 4, DType::float32},
                                            {0x0E, 8, DType::float64}}};

[[noreturn]] void fail(const std::string& name, const std::string& what) {
  throw FileError(name + ": " + what);
}

const IdxType& find_type(unsigned code, const std::string& name) {
  for (const IdxType& type : kTypes) {
    if (type.code == code) return type;
  }
  fail(name, "expected an IDX type of 8, 9, 11, 12, 13 or 14 (byte 3), got " +
                 std::to_string(code) + "; is it an IDX file?");
}

// Sign-extends signed bytes and shorts: the element as an integer of `size` bytes.
std::int32_t signed_element(const std::byte* p, int size) {
  if (size == 1) return static_cast<std::int8_t>(*p);
  if (size == 2) return static_cast<std::int16_t>(big_endian<std::uint16_t>(p));
  return static_cast<std::int32_t>(big_endian<std::uint32_t>(p));
}

template <class T, class Bits>
void copy_swapped(std::span<const std::byte> from, Tensor& into) {
  T* out = into.mutable_data<T>().data();
  for (std::size_t i = 0; i * sizeof(T) < from.size(); ++i) {
    const Bits bits = big_endian<Bits>(from.data() + i * sizeof(T));
    std::memcpy(out + i, &bits, sizeof(T));
  }
}

void copy_elements(std::span<const std::byte> from, const IdxType& type, Tensor& into) {
  if (from.empty()) return;
  switch (type.dtype) {
    case DType::uint8:
      std::memcpy(into.mutable_raw(), from.data(), from.size());
      break;
    case DType::float32:
      copy_swapped<float, std::uint32_t>(from, into);
      break;
    case DType::float64:
      copy_swapped<double, std::uint64_t>(from, into);
      break;
    default: {
      const std::byte* p = from.data();
      for (std::int32_t& element : into.mutable_data<std::int32_t>()) {
        element = signed_element(p, type.bytes);
        p += type.bytes;
      }
    }
  }
}

}  // namespace

Tensor parse_idx(std::span<const std::byte> bytes, const std::string& name) {
  if (bytes.size() < 4) {
    fail(name, "expected an IDX header of at least 4 bytes, got " + std::to_string(bytes.size()) +
                   "; the file is cut short");
  }
  if (bytes[0] != std::byte{} || bytes[1] != std::byte{}) {
    fail(name, "expected an IDX file (two zero bytes first), got bytes " +
                   hex_text(bytes.first(4)) + "; is it another format?");
  }
  const IdxType& type = find_type(std::to_integer<unsigned>(bytes[2]), name);
  const int rank = std::to_integer<int>(bytes[3]);
  if (rank < 1 || rank > kMaxRank) {
    fail(name,
         "expected 1 to 8 IDX axes (byte 4), got " + std::to_string(rank) + "; is it an IDX file?");
  }
  const std::size_t header = 4 + 4 * static_cast<std::size_t>(rank);
  if (bytes.size() < header) {
    fail(name, "expected an IDX header of " + std::to_string(header) + " bytes, got " +
                   std::to_string(bytes.size()) + "; the file is cut short");
  }
  std::vector<std::int64_t> sizes;
  // A size of 0 must not hide that the others overflow.
  std::int64_t total = type.bytes;
  bool fits = true;
  bool empty = false;
  for (int axis = 0; axis < rank; ++axis) {
    sizes.push_back(big_endian<std::uint32_t>(bytes.data() + 4 + 4 * axis));
    empty = empty || sizes.back() == 0;
    fits = !__builtin_mul_overflow(total, std::max<std::int64_t>(sizes.back(), 1), &total) && fits;
  }
  if (fits && empty) total = 0;
  const std::span<const std::byte> elements = bytes.subspan(header);
  if (!fits || total != static_cast<std::int64_t>(elements.size())) {
    std::string text;
    for (const std::int64_t size : sizes) text += (text.empty() ? "" : ", ") + std::to_string(size);
    const bool cut = !fits || total > static_cast<std::int64_t>(elements.size());
    fail(name,
         "expected " + (fits ? std::to_string(total) : "more than 2^63") + " bytes for (" + text +
             (rank == 1 ? "," : "") + ") elements of " + std::to_string(type.bytes) +
             (type.bytes == 1 ? " byte" : " bytes") + ", got " + std::to_string(elements.size()) +
             (cut ? "; the file is cut short" : "; the file holds more than its header says"));
  }
  Tensor tensor = Tensor::uninitialized(type.dtype, Shape(sizes));
  copy_elements(elements, type, tensor);
  return tensor;
}

Tensor read_idx(const std::string& path) { return parse_idx(read_file(path), path); }

}  // namespace antler
