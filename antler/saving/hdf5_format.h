#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/dtype.h"
#include "antler/core/shape.h"

/// The parts of the HDF5 format that Hdf5Reader and Hdf5Writer share: little-endian fields, message
/// numbers, element types. Source: "HDF5 File Format Specification Version 3.0", The HDF Group.
namespace antler::hdf5 {

inline constexpr std::string_view kSignature = "\x89HDF\r\n\x1a\n";
inline constexpr std::uint64_t kUndefined = ~std::uint64_t{0};

/// Header messages.
enum class Kind : std::uint16_t {
  dataspace = 0x01,
  link_info = 0x02,
  datatype = 0x03,
  fill_value = 0x05,
  link = 0x06,
  external_files = 0x07,
  layout = 0x08,
  filters = 0x0B,
  attribute = 0x0C,
  continuation = 0x10,
  symbol_table = 0x11,
  attribute_info = 0x15,
};

/// A view of bytes that is read from its front. Every access is checked.
///
/// Errors  FileError, without the file's name: with_error_prefix adds it.
class Input {
 public:
  explicit Input(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::size_t left() const { return bytes_.size(); }
  std::span<const std::byte> rest() const { return bytes_; }
  /// An unsigned number of `size` bytes, at most 8.
  std::uint64_t number(std::size_t size);
  std::span<const std::byte> take(std::uint64_t size);
  void skip(std::uint64_t size) { take(size); }
  /// The text before the next zero byte, which is skipped as well.
  std::string text();
  /// Errors  FileError naming `expected` when the next bytes are others.
  void expect(std::string_view bytes, const char* expected);

 private:
  std::span<const std::byte> bytes_;
};

/// Bytes [offset, offset + size) of a file, or from offset to its end.
Input at(std::span<const std::byte> file, std::uint64_t offset, std::uint64_t size);
Input at(std::span<const std::byte> file, std::uint64_t offset);

/// The element type of a dataset as it is stored.
struct StoredType {
  DType dtype = DType::float32;  // what it is read as
  std::size_t size = 4;
  bool is_signed = true;
  bool big_endian = false;
};

/// Decodes a datatype message of numbers or h5py's bool. Errors: FileError naming the type.
StoredType decode_number_type(Input message);

/// The datatype message of an element type, little endian.
std::vector<std::byte> encode_number_type(DType dtype);

/// The type of text: of fixed width, or references to texts of any length.
struct StringType {
  bool variable = false;
  bool space_padded = false;
  std::size_t width = 16;
};
/// Errors: FileError for a type that is no text.
StringType decode_string_type(Input message);

/// Decodes a dataspace message. Errors: FileError for none, more than 32 dimensions, or more than
/// 2^32 elements.
Shape decode_shape(Input message);

/// Appends little-endian fields.
class Output {
 public:
  std::vector<std::byte> bytes;

  std::uint64_t position() const { return bytes.size(); }
  void number(std::uint64_t value, std::size_t size);
  void append(std::span<const std::byte> more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
  }
  void text(std::string_view text);
  void zeros(std::size_t count) { bytes.resize(bytes.size() + count); }
  /// Zeros up to the next multiple of 8.
  void pad() { zeros((8 - bytes.size() % 8) % 8); }
};

}  // namespace antler::hdf5
