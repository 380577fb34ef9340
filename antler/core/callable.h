#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

namespace antler {

/// An object of a type that only its maker knows. A copy copies the object.
class ErasedObject {
 public:
  ErasedObject() = default;  // empty
  template <class T>
  static ErasedObject of(T object) {
    return {new T(std::move(object)), &kType<T>};
  }
  ErasedObject(const ErasedObject& other)
      : object_(other.object_ == nullptr ? nullptr : other.type_->copy(other.object_)),
        type_(other.type_) {}
  ErasedObject(ErasedObject&& other) noexcept
      : object_(std::exchange(other.object_, nullptr)), type_(other.type_) {}
  ErasedObject& operator=(ErasedObject other) noexcept {
    std::swap(object_, other.object_);
    std::swap(type_, other.type_);
    return *this;
  }
  ~ErasedObject() {
    if (object_ != nullptr) type_->destroy(object_);
  }

  void* get() const { return object_; }

 private:
  struct Type {
    void* (*copy)(const void* object);
    void (*destroy)(void* object);
  };
  template <class T>
  static constexpr Type kType = {
      [](const void* object) -> void* { return new T(*static_cast<const T*>(object)); },
      [](void* object) { delete static_cast<T*>(object); }};

  ErasedObject(void* object, const Type* type) : object_(object), type_(type) {}

  void* object_ = nullptr;
  const Type* type_ = nullptr;
};

namespace detail {
[[noreturn]] void refuse_empty_call();
}

template <class Signature>
class Callable;

/// A function, lambda or object that is called with `Arguments` and gives a `Result`, as
/// std::function, whose header alone would take a sixth of a second in every file that includes
/// antler.h (docs/design/0013). Members are not taken; a lambda does for them.
///
/// A copy copies the object with its state. One of nothing, of nullptr or of an empty std::function
/// is false. Errors: StateError when such a one is called.
template <class Result, class... Arguments>
class Callable<Result(Arguments...)> {
 public:
  Callable() = default;
  Callable(std::nullptr_t) {}
  template <class F>
    requires(!std::same_as<F, Callable> && !std::is_member_pointer_v<F> &&
             std::is_invocable_r_v<Result, F&, Arguments...> && std::copy_constructible<F>)
  Callable(F function) {
    if constexpr (requires { function == nullptr; }) {
      if (function == nullptr) return;
    }
    object_ = ErasedObject::of(std::move(function));
    call_ = [](void* object, Arguments... arguments) -> Result {
      return static_cast<Result>((*static_cast<F*>(object))(std::forward<Arguments>(arguments)...));
    };
  }

  explicit operator bool() const { return object_.get() != nullptr; }
  Result operator()(Arguments... arguments) const {
    if (object_.get() == nullptr) detail::refuse_empty_call();
    return call_(object_.get(), std::forward<Arguments>(arguments)...);
  }

 private:
  ErasedObject object_;
  Result (*call_)(void* object, Arguments... arguments) = nullptr;
};

}  // namespace antler
