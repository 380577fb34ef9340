#include "antler/data/npy_header.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "antler/core/error.h"
#include "antler/data/byte_order.h"

namespace antler {
namespace {

constexpr std::size_t kMaxHeaderBytes = 1 << 16;
constexpr std::size_t kMaxRank = 32;
constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::array<std::string_view, 11> kTypes = {"<f4", "<f8", "|i1", "<i2", "<i4", "<i8",
                                                     "|u1", "<u2", "<u4", "<u8", "|b1"};

// Reads the few Python literals that a header may hold; anything else is malformed.
class DictReader {
 public:
  DictReader(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  NpyHeader read() {
    NpyHeader header;
    bool have_descr = false, have_order = false, have_shape = false;
    expect('{');
    while (!accept('}')) {
      const std::string_view key = quoted();
      expect(':');
      bool& have = key == "descr"           ? have_descr
                   : key == "fortran_order" ? have_order
                   : key == "shape"         ? have_shape
                                            : malformed();
      if (have) malformed();
      have = true;
      if (&have == &have_descr) {
        read_descr(header);
      } else if (&have == &have_order) {
        header.fortran_order = boolean();
      } else {
        header.shape = tuple();
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skip_space();
    if (at_ != text_.size() || !have_descr || !have_order || !have_shape) malformed();
    return header;
  }

 private:
  [[noreturn]] bool& malformed() const {
    throw FileError(name_ +
                    ": expected an NPY header {'descr': .., 'fortran_order': .., 'shape': "
                    "(..)}, got " +
                    printable(text_) + "; the file is damaged");
  }
  static std::string printable(std::string_view text) {
    std::string out(text.substr(0, 80));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return out + (text.size() > 80 ? "..." : "");
  }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  bool accept(char c) {
    skip_space();
    const bool found = at_ < text_.size() && text_[at_] == c;
    if (found) ++at_;
    return found;
  }
  void expect(char c) {
    if (!accept(c)) malformed();
  }
  std::string_view quoted() {
    skip_space();
    const char quote = at_ < text_.size() ? text_[at_] : ' ';
    if (quote != '\'' && quote != '"') malformed();
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) malformed();
    const std::string_view value = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return value;
  }
  bool boolean() {
    skip_space();
    for (const std::string_view word : {"True", "False"}) {
      if (text_.substr(at_).substr(0, word.size()) != word) continue;
      at_ += word.size();
      return word == "True";
    }
    return malformed();
  }
  std::vector<std::int64_t> tuple() {
    std::vector<std::int64_t> sizes;
    expect('(');
    while (!accept(')')) {
      sizes.push_back(size());
      if (sizes.size() > kMaxRank) malformed();
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return sizes;
  }
  std::int64_t size() {
    skip_space();
    std::int64_t value = 0;
    const std::size_t start = at_;
    for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
      if (__builtin_mul_overflow(value, 10, &value) ||
          __builtin_add_overflow(value, text_[at_] - '0', &value)) {
        malformed();
      }
    }
    if (at_ == start) malformed();
    return value;
  }
  void read_descr(NpyHeader& header) {
    skip_space();
    if (at_ < text_.size() && text_[at_] == '[') {
      throw FileError(name_ +
                      ": expected one element type, got a structured array; save each field "
                      "as its own array");
    }
    std::string descr(quoted());
    if (descr.size() > 1 && descr[1] == 'O') {
      throw FileError(name_ +
                      ": expected numbers, got Python objects (a pickle), which are never "
                      "loaded; save the array with a numeric dtype");
    }
    if (descr.size() > 1 && descr[0] == '>') {
      throw FileError(name_ + ": expected little-endian elements, got " + descr +
                      "; save array.astype('<" + descr.substr(1) + "')");
    }
    // NumPy writes one-byte types with '|', other writers with '<'.
    if (descr.size() == 3 && descr[2] == '1' && descr[0] == '<') descr[0] = '|';
    if (std::find(kTypes.begin(), kTypes.end(), descr) == kTypes.end()) {
      throw FileError(name_ + ": expected elements of f4, f8, i1 to i8, u1 to u8 or bool, got '" +
                      printable(descr) + "'; save array.astype('float32')");
    }
    header.kind = descr[1];
    header.item_bytes = descr[2] - '0';
  }

  std::string_view text_;
  const std::string& name_;
  std::size_t at_ = 0;
};

void check_start(std::string_view text, const std::string& name) {
  if (text.substr(0, kMagic.size()) == kMagic.substr(0, text.size())) return;
  const bool is_pickle = text[0] == '\x80';
  const auto bytes = std::as_bytes(std::span(text.data(), std::min<std::size_t>(text.size(), 6)));
  throw FileError(name + ": expected an NPY file (\\x93NUMPY first), got " +
                  (is_pickle ? std::string("a Python pickle, which is never loaded; save the array "
                                           "with numpy.save")
                             : "bytes " + hex_text(bytes) + "; is it another format?"));
}

}  // namespace

NpyHeader parse_npy_header(std::span<const std::byte> bytes, const std::string& name) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto require_bytes = [&](std::size_t count) {
    if (bytes.size() >= count) return;
    throw FileError(name + ": expected an NPY header of at least " + std::to_string(count) +
                    " bytes, got " + std::to_string(bytes.size()) + "; the file is cut short");
  };
  if (!bytes.empty()) check_start(text, name);
  require_bytes(10);
  const int major = std::to_integer<int>(bytes[6]);
  const int minor = std::to_integer<int>(bytes[7]);
  if (major < 1 || major > 3 || minor != 0) {
    throw FileError(name + ": expected NPY format 1.0, 2.0 or 3.0, got " + std::to_string(major) +
                    "." + std::to_string(minor) + "; save it with numpy.save");
  }
  const std::size_t start = major == 1 ? 10 : 12;
  require_bytes(start);
  const std::size_t length = major == 1 ? little_endian<std::uint16_t>(bytes.data() + 8)
                                        : little_endian<std::uint32_t>(bytes.data() + 8);
  if (length > kMaxHeaderBytes) {
    throw FileError(name + ": expected an NPY header of at most " +
                    std::to_string(kMaxHeaderBytes) + " bytes, got " + std::to_string(length) +
                    "; the file is damaged");
  }
  require_bytes(start + length);
  NpyHeader header = DictReader(text.substr(start, length), name).read();
  header.data_offset = start + length;
  // A size of 0 must not hide that the others overflow.
  std::int64_t total = header.item_bytes;
  bool fits = true;
  bool empty = false;
  for (const std::int64_t size : header.shape) {
    empty = empty || size == 0;
    fits = !__builtin_mul_overflow(total, std::max<std::int64_t>(size, 1), &total) && fits;
  }
  if (!fits) throw FileError(name + ": the sizes in the NPY header overflow; the file is damaged");
  header.elements = empty ? 0 : total / header.item_bytes;
  return header;
}

}  // namespace antler
