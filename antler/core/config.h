#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace antler {

/// An ordered JSON-like value: null, bool, integer, real, string, list or map. It carries what
/// Keras' get_config and from_config carry; integers and reals stay apart, keys keep their order.
///
/// Errors  ValueError for a missing key (with the nearest one), TypeError for a value of another
///         kind; both name what was expected.
/// Source  what get_config gives in Keras.
class Config {
 public:
  using List = std::vector<Config>;
  using Entry = std::pair<std::string, Config>;
  using Map = std::vector<Entry>;

  Config() = default;  // null
  Config(std::nullptr_t) {}
  Config(const char* text);
  Config(std::string text);
  Config(std::string_view text);
  template <class T>
    requires std::is_arithmetic_v<T>
  Config(T number) {
    if constexpr (std::is_same_v<T, bool>) {
      set_bool(number);
    } else if constexpr (std::is_integral_v<T>) {
      set_integer(static_cast<std::int64_t>(number));
    } else {
      set_number(static_cast<double>(number));
    }
  }
  Config(List list);
  template <class T>
  Config(const std::vector<T>& values) : Config(List(values.begin(), values.end())) {}

  static Config list();
  static Config map();
  static Config map(Map entries);

  bool is_null() const { return value_ == nullptr; }
  bool is_bool() const;
  bool is_integer() const;
  /// An integer or a real.
  bool is_number() const;
  bool is_string() const;
  bool is_list() const;
  bool is_map() const;
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
  const Config& operator[](std::size_t i) const;
  const Config& operator[](int i) const;
  void push_back(Config element);

  bool contains(std::string_view key) const { return find(key) != nullptr; }
  /// The value of a key, or nullptr when there is none (or this is no map).
  const Config* find(std::string_view key) const;
  const Config& at(std::string_view key) const;
  /// Sets a key, at the end when it is new. A null Config becomes a map.
  void set(std::string_view key, Config value);

  bool operator==(const Config& other) const;

  /// One line of JSON, for messages; non-finite numbers are written as Python's json does.
  std::string to_string() const;

 private:
  // A variant, in config.cpp: here it would be what costs most in the whole header antler.h.
  struct Data;

  void set_bool(bool value);
  void set_integer(std::int64_t value);
  void set_number(double value);

  /// The value as a T, to be changed: no other Config shares it then.
  template <class T>
  T& own();

  std::shared_ptr<Data> value_;  // none: null; copies share it until they are changed
};

}  // namespace antler
