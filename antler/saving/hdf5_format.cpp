#include "antler/saving/hdf5_format.h"

#include <algorithm>
#include <cstring>

#include "antler/core/error.h"

namespace antler::hdf5 {
namespace {

constexpr int kMaxRank = 32;
constexpr std::uint64_t kMaxElements = std::uint64_t{1} << 32;

// Classes of a datatype message.
enum class Class : std::uint8_t {
  integer = 0,
  real = 1,
  string = 3,
  enumeration = 8,
  variable = 9
};

struct TypeHead {
  std::uint8_t kind;
  std::uint8_t version;
  std::uint32_t bits;
  std::size_t size;

  bool is(Class wanted) const { return kind == static_cast<std::uint8_t>(wanted); }
};

TypeHead decode_head(Input& message) {
  TypeHead head{};
  const std::uint64_t first = message.number(1);
  head.kind = first & 0xF;
  head.version = static_cast<std::uint8_t>(first >> 4);
  head.bits = static_cast<std::uint32_t>(message.number(3));
  head.size = message.number(4);
  if (head.version < 1 || head.version > 3) {
    throw FileError("expected a datatype of version 1 to 3, got " + std::to_string(head.version));
  }
  return head;
}

[[noreturn]] void refuse_type(const std::string& got) {
  throw FileError("expected float32, float64, int32, int64, uint8 or bool, got " + got);
}

StoredType integer_type(const TypeHead& head, Input& message) {
  const std::uint64_t offset = message.number(2);
  const std::uint64_t precision = message.number(2);
  const bool is_signed = (head.bits & 8) != 0;
  const std::string name = (is_signed ? "int" : "uint") + std::to_string(precision);
  if (offset != 0 || precision != 8 * head.size) refuse_type("padded " + name);
  StoredType type{DType::int32, head.size, is_signed, (head.bits & 1) != 0};
  if (head.size == 1 && !is_signed) {
    type.dtype = DType::uint8;
  } else if ((head.size == 8 && is_signed) || (head.size == 4 && !is_signed)) {
    type.dtype = DType::int64;
  } else if (head.size != 1 && head.size != 2 && head.size != 4) {
    refuse_type(name);
  }
  return type;
}

StoredType real_type(const TypeHead& head, Input& message) {
  // Offset and precision, exponent and mantissa by place and size, bias: IEEE 754.
  constexpr std::uint64_t kFloat[] = {0, 32, 23, 8, 0, 23, 127};
  constexpr std::uint64_t kDouble[] = {0, 64, 52, 11, 0, 52, 1023};
  constexpr std::size_t kSizes[] = {2, 2, 1, 1, 1, 1, 4};
  const bool is_double = head.size == 8;
  bool standard = head.size == 4 || is_double;
  for (std::size_t i = 0; i < 7; ++i) {
    standard &= message.number(kSizes[i]) == (is_double ? kDouble : kFloat)[i];
  }
  const std::uint32_t sign = (head.bits >> 8) & 0xFF;
  if (!standard || sign != 8 * head.size - 1 || (head.bits & 0x7E) != 0x20) {
    refuse_type(std::to_string(8 * head.size) + "-bit floats");
  }
  return {is_double ? DType::float64 : DType::float32, head.size, true, (head.bits & 1) != 0};
}

StoredType bool_type(const TypeHead& head, Input& message) {
  StoredType base = decode_number_type(Input(message.take(12)));
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < 2 && (head.bits & 0xFFFF) == 2; ++i) {
    const std::size_t before = message.left();
    names.push_back(message.text());
    if (head.version < 3) message.skip((8 - (before - message.left()) % 8) % 8);
  }
  if (base.size != 1 || names != std::vector<std::string>{"FALSE", "TRUE"} ||
      message.number(1) != 0 || message.number(1) != 1) {
    refuse_type("an enumeration");
  }
  base.dtype = DType::boolean;
  return base;
}

}  // namespace

std::uint64_t Input::number(std::size_t size) {
  std::uint64_t value = 0;
  const std::span<const std::byte> field = take(size);
  for (std::size_t i = 0; i < size; ++i) value |= std::to_integer<std::uint64_t>(field[i]) << 8 * i;
  return value;
}

std::span<const std::byte> Input::take(std::uint64_t size) {
  if (size > bytes_.size()) {
    throw FileError("expected " + std::to_string(size) + " bytes, got " +
                    std::to_string(bytes_.size()) + "; is the file whole?");
  }
  const std::span<const std::byte> taken = bytes_.first(size);
  bytes_ = bytes_.subspan(size);
  return taken;
}

std::string Input::text() {
  const auto end = std::find(bytes_.begin(), bytes_.end(), std::byte{0});
  const auto length = static_cast<std::size_t>(end - bytes_.begin());
  std::string out(reinterpret_cast<const char*>(bytes_.data()), length);
  take(length + 1);
  return out;
}

void Input::expect(std::string_view bytes, const char* expected) {
  if (left() < bytes.size() || std::memcmp(bytes_.data(), bytes.data(), bytes.size()) != 0) {
    throw FileError(std::string("expected ") + expected +
                    ", got other bytes; is the file damaged?");
  }
  skip(bytes.size());
}

Input at(std::span<const std::byte> file, std::uint64_t offset) {
  if (offset > file.size()) {
    throw FileError("expected offsets up to " + std::to_string(file.size()) + ", got " +
                    std::to_string(offset) + "; is the file whole?");
  }
  return Input(file.subspan(offset));
}

Input at(std::span<const std::byte> file, std::uint64_t offset, std::uint64_t size) {
  return Input(at(file, offset).take(size));
}

StoredType decode_number_type(Input message) {
  const TypeHead head = decode_head(message);
  if (head.is(Class::integer)) return integer_type(head, message);
  if (head.is(Class::real)) return real_type(head, message);
  if (head.is(Class::enumeration)) return bool_type(head, message);
  refuse_type(head.is(Class::string) || head.is(Class::variable) ? "strings" : "another type");
}

std::vector<std::byte> encode_number_type(DType dtype) {
  Output out;
  const auto head = [&](Class kind, std::uint64_t bits, std::size_t size) {
    out.number(0x10 | static_cast<std::uint64_t>(kind), 1);
    out.number(bits, 3);
    out.number(size, 4);
  };
  const auto integer = [&](std::size_t size, bool is_signed) {
    head(Class::integer, is_signed ? 8 : 0, size);
    out.number(0, 2);
    out.number(8 * size, 2);
  };
  switch (dtype) {
    case DType::float32:
      head(Class::real, 0x1F20, 4);
      out.number(std::uint64_t{32} << 16, 4);
      out.number(0x17000817, 4);
      out.number(127, 4);
      break;
    case DType::float64:
      head(Class::real, 0x3F20, 8);
      out.number(std::uint64_t{64} << 16, 4);
      out.number(0x34000B34, 4);
      out.number(1023, 4);
      break;
    case DType::int32:
    case DType::int64:
    case DType::uint8:
      integer(static_cast<std::size_t>(item_size(dtype)), dtype != DType::uint8);
      break;
    case DType::boolean:
      head(Class::enumeration, 2, 1);
      integer(1, true);
      out.text(std::string_view("FALSE\0\0\0TRUE\0\0\0\0\0\1", 18));
      break;
    case DType::string:
      refuse_strings();
  }
  return out.bytes;
}

StringType decode_string_type(Input message) {
  const TypeHead head = decode_head(message);
  if (head.is(Class::string) && head.size > 0) return {false, (head.bits & 0xF) == 2, head.size};
  // A variable list of bytes, with the mark that it is text.
  if (head.is(Class::variable) && (head.bits & 0xF) == 1 && head.size == 16)
    return {true, false, 16};
  throw FileError("expected text, got another type");
}

Shape decode_shape(Input message) {
  const std::uint64_t version = message.number(1);
  const std::uint64_t rank = message.number(1);
  message.skip(1);
  if (version == 1) {
    message.skip(5);
  } else if (version != 2 || message.number(1) > 1) {
    throw FileError("expected a dataset with a shape, got none");
  }
  if (rank > kMaxRank) {
    throw FileError("expected at most 32 dimensions, got " + std::to_string(rank));
  }
  std::vector<std::int64_t> dims;
  std::uint64_t count = 1;
  for (std::uint64_t axis = 0; axis < rank; ++axis) {
    const std::uint64_t size = message.number(8);
    // An empty axis counts as one: the product of the others may not overflow either.
    if (size > kMaxElements || (count *= std::max<std::uint64_t>(size, 1)) > kMaxElements) {
      throw FileError("expected at most 4 GiB, got a larger shape");
    }
    dims.push_back(static_cast<std::int64_t>(size));
  }
  return Shape(dims);
}

void Output::number(std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i, value >>= 8) {
    bytes.push_back(static_cast<std::byte>(value & 0xFF));
  }
}

void Output::text(std::string_view text) {
  append(std::as_bytes(std::span(text.data(), text.size())));
}

}  // namespace antler::hdf5
