#include "antler/core/config.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler {
namespace {

[[noreturn]] void wrong_kind(std::string_view expected, const Config& got) {
  std::string text = got.to_string();
  if (text.size() > 80) text = text.substr(0, 77) + "...";
  throw TypeError("expected a " + std::string(expected) + ", got the " + std::string(got.kind()) +
                  " " + text);
}

void append_quoted(std::string& out, const std::string& text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += c;
    }
  }
  out += '"';
}

// The shortest decimals that read back as the same double.
std::string real_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  char text[40];
  for (int digits = 1; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    if (std::strtod(text, nullptr) == value) break;
  }
  std::string out = text;
  // A locale may write the point as a comma.
  for (char& c : out) c = c == ',' ? '.' : c;
  if (out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

struct Printer {
  std::string& out;
  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(std::int64_t value) const { out += std::to_string(value); }
  void operator()(double value) const { out += real_text(value); }
  void operator()(const std::string& value) const { append_quoted(out, value); }
  void operator()(const Config::List& list) const {
    out += '[';
    for (const Config& element : list) {
      if (&element != list.data()) out += ", ";
      out += element.to_string();
    }
    out += ']';
  }
  void operator()(const Config::Map& map) const {
    out += '{';
    for (const auto& entry : map) {
      if (&entry != map.data()) out += ", ";
      append_quoted(out, entry.first);
      out += ": " + entry.second.to_string();
    }
    out += '}';
  }
};

}  // namespace

Config Config::map(Map entries) {
  Config out;
  out.value_ = std::move(entries);
  return out;
}

std::string_view Config::kind() const {
  constexpr std::string_view kKinds[] = {"null",   "bool", "integer", "number",
                                         "string", "list", "map"};
  return kKinds[value_.index()];
}

bool Config::as_bool() const {
  if (!is_bool()) wrong_kind("bool", *this);
  return std::get<bool>(value_);
}

std::int64_t Config::as_integer() const {
  if (const auto* integer = std::get_if<std::int64_t>(&value_)) return *integer;
  const auto* real = std::get_if<double>(&value_);
  if (real == nullptr || std::floor(*real) != *real || std::fabs(*real) > 9.0e15) {
    wrong_kind("integer", *this);
  }
  return static_cast<std::int64_t>(*real);
}

double Config::as_number() const {
  if (const auto* integer = std::get_if<std::int64_t>(&value_)) {
    return static_cast<double>(*integer);
  }
  const auto* real = std::get_if<double>(&value_);
  if (real == nullptr) wrong_kind("number", *this);
  return *real;
}

const std::string& Config::as_string() const {
  if (!is_string()) wrong_kind("string", *this);
  return std::get<std::string>(value_);
}

const Config::List& Config::as_list() const {
  if (!is_list()) wrong_kind("list", *this);
  return std::get<List>(value_);
}

const Config::Map& Config::as_map() const {
  if (!is_map()) wrong_kind("map", *this);
  return std::get<Map>(value_);
}

std::size_t Config::size() const {
  if (is_list()) return as_list().size();
  return is_map() ? as_map().size() : 0;
}

void Config::push_back(Config element) {
  if (is_null()) value_ = List{};
  if (!is_list()) wrong_kind("list", *this);
  std::get<List>(value_).push_back(std::move(element));
}

const Config* Config::find(std::string_view key) const {
  if (!is_map()) return nullptr;
  for (const Entry& entry : as_map()) {
    if (entry.first == key) return &entry.second;
  }
  return nullptr;
}

const Config& Config::at(std::string_view key) const {
  if (const Config* value = find(key)) return *value;
  std::vector<std::string_view> keys;
  for (const Entry& entry : as_map()) keys.push_back(entry.first);
  throw ValueError(unknown_name("key", key, keys));
}

void Config::set(std::string_view key, Config value) {
  if (is_null()) value_ = Map{};
  if (!is_map()) wrong_kind("map", *this);
  for (Entry& entry : std::get<Map>(value_)) {
    if (entry.first == key) {
      entry.second = std::move(value);
      return;
    }
  }
  std::get<Map>(value_).emplace_back(std::string(key), std::move(value));
}

std::string Config::to_string() const {
  std::string out;
  std::visit(Printer{out}, value_);
  return out;
}

}  // namespace antler
