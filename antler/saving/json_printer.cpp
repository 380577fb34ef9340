#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "antler/core/error.h"
#include "antler/saving/json.h"
#include "antler/saving/utf8.h"

namespace antler {
namespace {

class Printer {
 public:
  explicit Printer(int indent) : indent_(indent) {}

  void print(const Config& value, int depth) {
    if (value.is_map()) {
      print_items('{', '}', value.as_map(), depth, [&](const Config::Entry& entry) {
        print_string(entry.first);
        out_ += ": ";
        print(entry.second, depth + 1);
      });
    } else if (value.is_list()) {
      print_items('[', ']', value.as_list(), depth,
                  [&](const Config& element) { print(element, depth + 1); });
    } else if (value.is_string()) {
      print_string(value.as_string());
    } else if (value.is_bool()) {
      out_ += value.as_bool() ? "true" : "false";
    } else if (value.is_integer()) {
      out_ += std::to_string(value.as_integer());
    } else if (value.is_number()) {
      print_real(value.as_number());
    } else {
      out_ += "null";
    }
  }

  std::string take() { return std::move(out_); }

 private:
  template <class Items, class F>
  void print_items(char open, char close, const Items& items, int depth, const F& print_item) {
    out_ += open;
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += indent_ < 0 ? ", " : ",";
      first = false;
      new_line(depth + 1);
      print_item(item);
    }
    if (!first) new_line(depth);
    out_ += close;
  }

  void new_line(int depth) {
    if (indent_ < 0) return;
    out_ += '\n';
    out_.append(static_cast<std::size_t>(indent_) * static_cast<std::size_t>(depth), ' ');
  }

  void print_string(const std::string& text) {
    out_ += '"';
    for (std::size_t i = 0; i < text.size();) {
      const std::uint32_t character = decode_utf8(text, i);
      if (character == kNotUtf8) {
        throw ValueError("to_json: expected UTF-8 text, got byte " +
                         std::to_string(static_cast<unsigned char>(text[i])) + " at position " +
                         std::to_string(i) + " of a string");
      }
      print_character(character);
    }
    out_ += '"';
  }

  void print_character(std::uint32_t character) {
    constexpr std::string_view kSpecial = "\"\\\b\f\n\r\t";
    constexpr std::string_view kLetters = "\"\\bfnrt";
    const std::size_t index =
        character < 0x80 ? kSpecial.find(static_cast<char>(character)) : std::string_view::npos;
    if (index != std::string_view::npos) {
      out_ += '\\';
      out_ += kLetters[index];
    } else if (character >= 0x20 && character < 0x7F) {
      out_ += static_cast<char>(character);
    } else if (character < 0x10000) {
      print_unit(character);
    } else {
      print_unit(0xD800 + ((character - 0x10000) >> 10));
      print_unit(0xDC00 + ((character - 0x10000) & 0x3FF));
    }
  }

  void print_unit(std::uint32_t unit) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out_ += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out_ += kDigits[(unit >> shift) & 0xF];
  }

  // Python's repr: the shortest digits, with an exponent below 1e-4 and from 1e16 on.
  void print_real(double value) {
    if (std::isnan(value)) {
      out_ += "NaN";
      return;
    }
    if (std::isinf(value)) {
      out_ += value > 0 ? "Infinity" : "-Infinity";
      return;
    }
    const double size = std::fabs(value);
    const bool plain = size == 0 || (size >= 1e-4 && size < 1e16);
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, value,
                                   plain ? std::chars_format::fixed : std::chars_format::scientific)
                         .ptr;
    const std::string_view written(text, static_cast<std::size_t>(end - text));
    out_ += written;
    if (plain && written.find('.') == std::string_view::npos) out_ += ".0";
  }

  int indent_;
  std::string out_;
};

}  // namespace

std::string to_json(const Config& value, int indent) {
  Printer printer(indent);
  printer.print(value, 0);
  return printer.take();
}

}  // namespace antler
