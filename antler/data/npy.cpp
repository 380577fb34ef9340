#include "antler/data/npy.h"

#include <cstring>
#include <string_view>
#include <utility>

#include "antler/core/error.h"
#include "antler/data/atomic_file.h"
#include "antler/data/byte_order.h"
#include "antler/data/input_file.h"
#include "antler/data/npy_header.h"

namespace antler {
namespace {

DType nearest_dtype(const NpyHeader& header) {
  switch (header.kind) {
    case 'f':
      return header.item_bytes == 4 ? DType::float32 : DType::float64;
    case 'b':
      return DType::boolean;
    case 'u':
      if (header.item_bytes == 1) return DType::uint8;
      return header.item_bytes == 2 ? DType::int32 : DType::int64;
    default:
      return header.item_bytes == 8 ? DType::int64 : DType::int32;
  }
}

// Stored is the unsigned type of the file's width, Signed what its bits mean.
template <class Stored, class Meaning, class To>
void widen(std::span<const std::byte> from, Tensor& into) {
  const std::byte* p = from.data();
  for (To& element : into.mutable_data<To>()) {
    element = static_cast<To>(static_cast<Meaning>(little_endian<Stored>(p)));
    p += sizeof(Stored);
  }
}

void copy_u8(std::span<const std::byte> from, Tensor& into, const std::string& name) {
  widen<std::uint64_t, std::int64_t, std::int64_t>(from, into);
  const std::span<const std::int64_t> elements = std::as_const(into).data<std::int64_t>();
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (elements[i] >= 0) continue;
    throw FileError(name + ": expected elements up to 2^63 - 1, got " +
                    std::to_string(static_cast<std::uint64_t>(elements[i])) + " at position " +
                    std::to_string(i) + "; save it as float64 if rounding is acceptable");
  }
}

void copy_bool(std::span<const std::byte> from, Tensor& into) {
  const std::byte* p = from.data();
  for (bool& element : into.mutable_data<bool>()) element = *p++ != std::byte{};
}

void copy_elements(const NpyHeader& header, std::span<const std::byte> from, Tensor& into,
                   const std::string& name) {
  const int width = header.item_bytes;
  if (header.kind == 'b') return copy_bool(from, into);
  if (header.kind == 'u' && width == 8) return copy_u8(from, into, name);
  if (header.kind == 'u' && width == 4) {
    return widen<std::uint32_t, std::uint32_t, std::int64_t>(from, into);
  }
  if (header.kind == 'u' && width == 2) {
    return widen<std::uint16_t, std::uint16_t, std::int32_t>(from, into);
  }
  if (header.kind == 'i' && width == 2) {
    return widen<std::uint16_t, std::int16_t, std::int32_t>(from, into);
  }
  if (header.kind == 'i' && width == 1) {
    return widen<std::uint8_t, std::int8_t, std::int32_t>(from, into);
  }
  std::memcpy(into.mutable_raw(), from.data(), from.size());
}

// The elements of a Fortran-order file, read as C order, are those of the transposed array; this
// turns them back. `position` counts through the file's order, first axis fastest.
Tensor from_fortran_order(const Tensor& stored, const Shape& shape) {
  const int rank = shape.rank();
  Tensor out = Tensor::uninitialized(stored.dtype(), shape);
  const auto item = static_cast<std::size_t>(item_size(stored.dtype()));
  const std::byte* from = stored.raw();
  std::byte* to = out.mutable_raw();
  std::vector<std::int64_t> steps(static_cast<std::size_t>(rank), 1);
  for (int axis = rank - 1; axis > 0; --axis) {
    steps[static_cast<std::size_t>(axis - 1)] = steps[static_cast<std::size_t>(axis)] * shape[axis];
  }
  std::vector<std::int64_t> index(static_cast<std::size_t>(rank), 0);
  std::int64_t target = 0;
  for (std::int64_t i = 0; i < out.size(); ++i) {
    std::memcpy(to + static_cast<std::size_t>(target) * item, from, item);
    from += item;
    for (int axis = 0; axis < rank; ++axis) {
      const auto a = static_cast<std::size_t>(axis);
      target += steps[a];
      if (++index[a] < shape[axis]) break;
      target -= steps[a] * shape[axis];
      index[a] = 0;
    }
  }
  return out;
}

std::string_view descr(DType dtype) {
  switch (dtype) {
    case DType::float32:
      return "<f4";
    case DType::float64:
      return "<f8";
    case DType::int32:
      return "<i4";
    case DType::int64:
      return "<i8";
    case DType::uint8:
      return "|u1";
    case DType::boolean:
      return "|b1";
    case DType::string:
      break;
  }
  refuse_strings();
}

}  // namespace

Tensor parse_npy(std::span<const std::byte> bytes, const std::string& name) {
  const NpyHeader header = parse_npy_header(bytes, name);
  const std::span<const std::byte> elements = bytes.subspan(header.data_offset);
  const std::int64_t wanted = header.elements * header.item_bytes;
  const Shape shape(header.shape);
  if (static_cast<std::int64_t>(elements.size()) != wanted) {
    throw FileError(name + ": expected " + std::to_string(wanted) + " bytes of elements for " +
                    shape.to_string() + ", got " + std::to_string(elements.size()) +
                    (static_cast<std::int64_t>(elements.size()) < wanted
                         ? "; the file is cut short"
                         : "; the file holds more than its header says"));
  }
  Tensor tensor = Tensor::uninitialized(nearest_dtype(header), shape);
  if (tensor.size() == 0) return tensor;
  copy_elements(header, elements, tensor, name);
  return header.fortran_order && shape.rank() > 1 ? from_fortran_order(tensor, shape) : tensor;
}

Tensor read_npy(const std::string& path) { return parse_npy(read_file(path), path); }

std::vector<std::byte> npy_bytes(const Tensor& tensor) {
  std::string header = "{'descr': '" + std::string(descr(tensor.dtype())) +
                       "', 'fortran_order': False, 'shape': " + tensor.shape().to_string() + ", }";
  // NumPy pads with spaces so that the elements start at a multiple of 64.
  constexpr std::size_t kStart = 10;
  header.append(63 - (kStart + header.size()) % 64, ' ');
  header += '\n';
  std::vector<std::byte> bytes(kStart + header.size() +
                               static_cast<std::size_t>(tensor.byte_size()));
  std::memcpy(bytes.data(), "\x93NUMPY\x01\x00", 8);
  bytes[8] = static_cast<std::byte>(header.size() & 255U);
  bytes[9] = static_cast<std::byte>(header.size() >> 8);
  std::memcpy(bytes.data() + kStart, header.data(), header.size());
  if (tensor.size() > 0) {
    std::memcpy(bytes.data() + kStart + header.size(), tensor.raw(),
                static_cast<std::size_t>(tensor.byte_size()));
  }
  return bytes;
}

void write_npy(const std::string& path, const Tensor& tensor) {
  write_file_atomically(path, npy_bytes(tensor));
}

}  // namespace antler
