#pragma once

#include <concepts>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "antler/core/error.h"
#include "antler/graph/op_fields.h"
#include "antler/graph/tensor_spec.h"
#include "antler/graph/value.h"

namespace antler {

class GradientContext;

/// Identifies an op's type, not its attributes.
using OpId = const void*;

namespace detail {
template <class T>
inline constexpr char kOpTag = 0;
}  // namespace detail

template <class T>
constexpr OpId op_id() {
  return &detail::kOpTag<T>;
}

/// What every op type offers. An op is a small value that holds only its attributes:
///
///   struct Softmax {
///     int axis = -1;
///     static constexpr std::string_view name = "softmax";
///     static constexpr int arity = 1;                              // or kVariadic
///     static constexpr const char* fields[] = {"axis"};            // its members, in order
///     TensorSpec infer(std::span<const TensorSpec>) const;         // or a vector: many outputs
///     std::vector<Value> gradient(const GradientContext&) const;   // absent: not differentiable
///     Softmax specialized(std::span<const TensorSpec>) const;      // optional, before infer
///     static constexpr bool is_view = true;        // optional: same bytes as input 0
///     static constexpr bool takes_strings = true;  // optional: is never run
///   };
///
/// Two ops are merged only if they are equal: of one type, with equal fields. An op that holds a
/// function or a body says itself what equal means, by an operator==.
template <class T>
concept OpType = std::copyable<T> && requires(const T& op, std::span<const TensorSpec> specs) {
  { T::name } -> std::convertible_to<std::string_view>;
  { T::arity } -> std::convertible_to<int>;
  op.infer(specs);
};

inline constexpr int kVariadic = -1;

/// Any op, type-erased. Copies share; nothing changes after construction.
class Op {
 public:
  Op() = default;
  // Asking for all of OpType here would be circular: copying a T may try this constructor.
  template <class T>
    requires requires { T::arity; }
  Op(T op) : self_(std::make_shared<const Model<T>>(std::move(op))) {}

  std::string_view name() const { return self_->name(); }
  OpId id() const { return self_->id(); }
  int arity() const { return self_->arity(); }
  bool is_differentiable() const { return self_->is_differentiable(); }
  /// Whether the only output is the first input's bytes under another spec: no kernel is run.
  bool is_view() const { return self_->is_view(); }
  /// The attributes, by name: a map, of those that have something to show.
  Config fields() const { return self_->fields(); }
  /// Whether strings may go in and out; all other ops refuse them.
  bool takes_strings() const { return self_->takes_strings(); }
  /// The specs of all outputs, from known shapes. Errors: ShapeError, TypeError, ValueError.
  std::vector<TensorSpec> infer(std::span<const TensorSpec> inputs) const {
    return self_->infer(inputs);
  }
  /// One Value an input, empty where no gradient flows; may have the shape before broadcasting.
  std::vector<Value> gradient(const GradientContext& context) const {
    return self_->gradient(context);
  }
  /// The op with what depends on its inputs' specs filled in; itself for most ops.
  Op specialized(std::span<const TensorSpec> inputs) const {
    const Op changed = self_->specialized(inputs);
    return changed.self_ == nullptr ? *this : changed;
  }
  bool operator==(const Op& other) const {
    return self_ == other.self_ || (id() == other.id() && self_->equals(*other.self_));
  }
  /// The op as a T, or nullptr when it is another.
  template <class T>
  const T* as() const {
    return self_ != nullptr && id() == op_id<T>() ? &static_cast<const Model<T>&>(*self_).op
                                                  : nullptr;
  }

 private:
  struct Concept {
    virtual ~Concept() = default;
    virtual std::string_view name() const = 0;
    virtual OpId id() const = 0;
    virtual int arity() const = 0;
    virtual bool is_differentiable() const = 0;
    virtual bool is_view() const = 0;
    virtual bool takes_strings() const = 0;
    virtual std::vector<TensorSpec> infer(std::span<const TensorSpec> inputs) const = 0;
    virtual std::vector<Value> gradient(const GradientContext& context) const = 0;
    virtual Op specialized(std::span<const TensorSpec> inputs) const = 0;
    virtual bool equals(const Concept& other) const = 0;
    virtual Config fields() const = 0;
  };

  template <class T>
  struct Model final : Concept {
    static_assert(OpType<T>);
    explicit Model(T value) : op(std::move(value)) {}
    std::string_view name() const override { return T::name; }
    OpId id() const override { return op_id<T>(); }
    int arity() const override { return T::arity; }
    bool is_differentiable() const override {
      return requires(const GradientContext& c) { op.gradient(c); };
    }
    bool is_view() const override {
      if constexpr (requires { T::is_view; }) {
        return T::is_view;
      } else {
        return false;
      }
    }
    bool takes_strings() const override {
      if constexpr (requires { T::takes_strings; }) {
        return T::takes_strings;
      } else {
        return false;
      }
    }
    std::vector<TensorSpec> infer(std::span<const TensorSpec> inputs) const override {
      if constexpr (std::same_as<decltype(op.infer(inputs)), TensorSpec>) {
        return {op.infer(inputs)};
      } else {
        return op.infer(inputs);
      }
    }
    std::vector<Value> gradient(const GradientContext& context) const override {
      if constexpr (requires { op.gradient(context); }) {
        return op.gradient(context);
      } else {
        return {};
      }
    }
    Op specialized(std::span<const TensorSpec> inputs) const override {
      if constexpr (requires { op.specialized(inputs); }) {
        return Op(op.specialized(inputs));
      } else {
        return Op();
      }
    }
    bool equals(const Concept& other) const override {
      const T& others = static_cast<const Model&>(other).op;
      if constexpr (requires { op == others; }) {
        return op == others;
      } else {
        return detail::has_same_fields(op, others);
      }
    }
    Config fields() const override { return detail::fields_of(op); }
    T op;
  };

  std::shared_ptr<const Concept> self_;
};

/// Adds a node: checks the arity, infers the outputs. Inputs may have unknown axes; an output axis
/// that follows from one is unknown too. Errors: the op's, opened by its name.
std::vector<Value> apply_all(const Op& op, std::vector<Value> inputs);
/// The only (or the first) output of apply_all.
Value apply(const Op& op, std::vector<Value> inputs);

}  // namespace antler
