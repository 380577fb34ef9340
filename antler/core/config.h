#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace antler {

/// An ordered JSON-like value: null, bool, integer, real, string, list or map. It carries what
/// Keras' get_config and from_config carry; integers and reals stay apart, keys keep their order.
///
/// Errors  ValueError for a missing key (with the nearest one), TypeError for a value of another
///         kind; both name what was expected.
class Config {
 public:
  using List = std::vector<Config>;
  using Entry = std::pair<std::string, Config>;
  using Map = std::vector<Entry>;

  Config() = default;  // null
  Config(std::nullptr_t) {}
  Config(const char* text) : value_(std::string(text)) {}
  Config(std::string text) : value_(std::move(text)) {}
  Config(std::string_view text) : value_(std::string(text)) {}
  template <class T>
    requires std::is_arithmetic_v<T>
  Config(T number) {
    if constexpr (std::is_same_v<T, bool>) {
      value_ = number;
    } else if constexpr (std::is_integral_v<T>) {
      value_ = static_cast<std::int64_t>(number);
    } else {
      value_ = static_cast<double>(number);
    }
  }
  Config(List list) : value_(std::move(list)) {}
  template <class T>
  Config(const std::vector<T>& values) : value_(List(values.begin(), values.end())) {}

  static Config list() { return Config(List{}); }
  static Config map(Map entries = {});

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_integer() const { return std::holds_alternative<std::int64_t>(value_); }
  /// An integer or a real.
  bool is_number() const { return is_integer() || std::holds_alternative<double>(value_); }
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_list() const { return std::holds_alternative<List>(value_); }
  bool is_map() const { return std::holds_alternative<Map>(value_); }
  /// "null", "bool", "integer", "number", "string", "list", "map".
  std::string_view kind() const;

  bool as_bool() const;
  /// An integer, or a real without a fraction.
  std::int64_t as_integer() const;
  double as_number() const;
  const std::string& as_string() const;
  const List& as_list() const;
  const Map& as_map() const;

  /// Elements of a list or entries of a map; 0 for the rest.
  std::size_t size() const;
  const Config& operator[](std::size_t i) const { return as_list().at(i); }
  const Config& operator[](int i) const { return as_list().at(static_cast<std::size_t>(i)); }
  void push_back(Config element);

  bool contains(std::string_view key) const { return find(key) != nullptr; }
  /// The value of a key, or nullptr when there is none (or this is no map).
  const Config* find(std::string_view key) const;
  const Config& at(std::string_view key) const;
  /// Sets a key, at the end when it is new. A null Config becomes a map.
  void set(std::string_view key, Config value);

  bool operator==(const Config&) const = default;

  /// One line of JSON, for messages; non-finite numbers are written as Python's json does.
  std::string to_string() const;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Map> value_;
};

}  // namespace antler
