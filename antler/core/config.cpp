#include "antler/core/config.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <variant>

#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler {

struct Config::Data {
  std::variant<bool, std::int64_t, double, std::string, List, Map> value;
  bool operator==(const Data&) const = default;

  // The value as a T; null when it is another, or there is none.
  template <class T>
  static const T* get(const std::shared_ptr<Data>& data) {
    return data == nullptr ? nullptr : std::get_if<T>(&data->value);
  }
  template <class T>
  static std::shared_ptr<Data> make(T value) {
    return std::make_shared<Data>(Data{std::move(value)});
  }
};

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

Config::Config(const char* text) : Config(std::string(text)) {}
Config::Config(std::string text) : value_(Data::make(std::move(text))) {}
Config::Config(std::string_view text) : Config(std::string(text)) {}
Config::Config(List list) : value_(Data::make(std::move(list))) {}

Config Config::list() { return Config(List()); }

Config Config::map() { return map(Map()); }

Config Config::map(Map entries) {
  Config out;
  out.value_ = Data::make(std::move(entries));
  return out;
}

template <class T>
T& Config::own() {
  if (value_.use_count() != 1) value_ = std::make_shared<Data>(*value_);
  return std::get<T>(value_->value);
}

void Config::set_bool(bool value) { value_ = Data::make(value); }
void Config::set_integer(std::int64_t value) { value_ = Data::make(value); }
void Config::set_number(double value) { value_ = Data::make(value); }

bool Config::is_bool() const { return Data::get<bool>(value_) != nullptr; }
bool Config::is_integer() const { return Data::get<std::int64_t>(value_) != nullptr; }
bool Config::is_number() const { return is_integer() || Data::get<double>(value_) != nullptr; }
bool Config::is_string() const { return Data::get<std::string>(value_) != nullptr; }
bool Config::is_list() const { return Data::get<List>(value_) != nullptr; }
bool Config::is_map() const { return Data::get<Map>(value_) != nullptr; }

std::string_view Config::kind() const {
  constexpr std::string_view kKinds[] = {"bool", "integer", "number", "string", "list", "map"};
  return is_null() ? "null" : kKinds[value_->value.index()];
}

bool Config::as_bool() const {
  if (const bool* value = Data::get<bool>(value_)) return *value;
  wrong_kind("bool", *this);
}

std::int64_t Config::as_integer() const {
  if (const auto* integer = Data::get<std::int64_t>(value_)) return *integer;
  const auto* real = Data::get<double>(value_);
  if (real == nullptr || std::floor(*real) != *real || std::fabs(*real) > 9.0e15) {
    wrong_kind("integer", *this);
  }
  return static_cast<std::int64_t>(*real);
}

double Config::as_number() const {
  if (const auto* integer = Data::get<std::int64_t>(value_)) return static_cast<double>(*integer);
  if (const auto* real = Data::get<double>(value_)) return *real;
  wrong_kind("number", *this);
}

const std::string& Config::as_string() const {
  if (const auto* text = Data::get<std::string>(value_)) return *text;
  wrong_kind("string", *this);
}

const Config::List& Config::as_list() const {
  if (const auto* list = Data::get<List>(value_)) return *list;
  wrong_kind("list", *this);
}

const Config::Map& Config::as_map() const {
  if (const auto* map = Data::get<Map>(value_)) return *map;
  wrong_kind("map", *this);
}

std::size_t Config::size() const {
  if (is_list()) return as_list().size();
  return is_map() ? as_map().size() : 0;
}

const Config& Config::operator[](std::size_t i) const { return as_list().at(i); }
const Config& Config::operator[](int i) const { return as_list().at(static_cast<std::size_t>(i)); }

void Config::push_back(Config element) {
  if (is_null()) *this = list();
  if (!is_list()) wrong_kind("list", *this);
  own<List>().push_back(std::move(element));
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
  if (is_null()) *this = map();
  if (!is_map()) wrong_kind("map", *this);
  Map& entries = own<Map>();
  for (Entry& entry : entries) {
    if (entry.first == key) {
      entry.second = std::move(value);
      return;
    }
  }
  entries.emplace_back(std::string(key), std::move(value));
}

bool Config::operator==(const Config& other) const {
  if (is_null() || other.is_null()) return is_null() && other.is_null();
  return *value_ == *other.value_;
}

std::string Config::to_string() const {
  if (is_null()) return "null";
  std::string out;
  std::visit(Printer{out}, value_->value);
  return out;
}

}  // namespace antler
