#pragma once

#include <cstddef>
#include <initializer_list>
#include <stdexcept>
#include <utility>
#include <vector>

#include "antler/core/item_list.h"

namespace antler {

/// A few values by key, in the order of the keys: std::map's words over a vector, each search a
/// walk. Public headers use it because <map> costs a twentieth of antler.h; std::flat_map is C++23.
///
/// Errors   std::out_of_range from at(), as std::map.
template <class Key, class T>
class FlatMap {
 public:
  using value_type = std::pair<Key, T>;
  using iterator = typename std::vector<value_type>::iterator;
  using const_iterator = typename std::vector<value_type>::const_iterator;

  FlatMap() = default;
  /// Of several entries with one key the first counts.
  FlatMap(std::initializer_list<value_type> entries) : FlatMap(entries.begin(), entries.end()) {}
  template <class Iterator>
  FlatMap(Iterator first, Iterator last) {
    for (; first != last; ++first) try_emplace(first->first, first->second);
  }
  /// A std::map or std::unordered_map.
  template <class Map>
    requires requires { typename Map::mapped_type; }
  FlatMap(const Map& map) : FlatMap(map.begin(), map.end()) {}

  bool empty() const { return entries_.empty(); }
  std::size_t size() const { return entries_.get().size(); }
  const_iterator begin() const { return entries_.get().begin(); }
  const_iterator end() const { return entries_.get().end(); }
  iterator begin() { return entries_.get().begin(); }
  iterator end() { return entries_.get().end(); }

  template <class K>
  const_iterator find(const K& key) const {
    auto at = begin();
    while (at != end() && !(at->first == key)) ++at;
    return at;
  }
  template <class K>
  bool contains(const K& key) const {
    return find(key) != end();
  }
  template <class K>
  const T& at(const K& key) const {
    const auto found = find(key);
    if (found == end()) throw std::out_of_range("FlatMap::at: there is no such key");
    return found->second;
  }
  /// The value of `key`, a new one when there is none.
  T& operator[](const Key& key) { return try_emplace(key).first->second; }
  /// Adds the value unless the key is there; where it stands, and whether it was added.
  template <class... Arguments>
  std::pair<iterator, bool> try_emplace(const Key& key, Arguments&&... arguments) {
    auto at = begin();
    while (at != end() && at->first < key) ++at;
    if (at != end() && at->first == key) return {at, false};
    return {entries_.get().insert(at, value_type(key, T(std::forward<Arguments>(arguments)...))),
            true};
  }

  bool operator==(const FlatMap& other) const { return entries_.get() == other.entries_.get(); }

 private:
  ItemList<value_type> entries_;
};

}  // namespace antler
