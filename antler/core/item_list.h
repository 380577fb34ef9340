#pragma once

#include <utility>
#include <vector>

namespace antler {

/// A std::vector as a member of a class that many headers see. Its constructors and destructor are
/// no inline functions: behind `extern template class ItemList<T>;` they are compiled once, in the
/// .cpp with `template class ItemList<T>;`, and not in every program that includes the header.
template <class T>
class ItemList {
 public:
  ItemList();
  ItemList(std::vector<T> items);
  ItemList(const ItemList& other);
  ItemList(ItemList&& other) noexcept;
  ItemList& operator=(const ItemList& other);
  ItemList& operator=(ItemList&& other) noexcept;
  ~ItemList();

  bool empty() const;
  const std::vector<T>& get() const { return items_; }
  std::vector<T>& get() { return items_; }

 private:
  std::vector<T> items_;
};

template <class T>
ItemList<T>::ItemList() = default;
template <class T>
ItemList<T>::ItemList(std::vector<T> items) : items_(std::move(items)) {}
template <class T>
ItemList<T>::ItemList(const ItemList& other) = default;
template <class T>
ItemList<T>::ItemList(ItemList&& other) noexcept = default;
template <class T>
ItemList<T>& ItemList<T>::operator=(const ItemList& other) = default;
template <class T>
ItemList<T>& ItemList<T>::operator=(ItemList&& other) noexcept = default;
template <class T>
ItemList<T>::~ItemList() = default;
template <class T>
bool ItemList<T>::empty() const {
  return items_.empty();
}

}  // namespace antler
