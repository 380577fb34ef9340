#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "antler/core/callable.h"
#include "antler/core/tensor.h"
#include "antler/graph/value.h"

namespace antler {

/// What a Variable is made of. `name` is Keras' short name ("kernel"), `path` the full one
/// ("sequential/dense/kernel").
struct VariableState {
  std::string name;
  std::string path;
  TensorSpec spec;
  bool trainable = true;
  /// A penalty added to the loss, and a projection after each update; may be empty.
  Callable<Value(const Value&)> regularizer;
  Callable<Value(const Value&)> constraint;
  std::shared_ptr<std::byte[]> storage;
  bool placed = false;
};

struct VariableOptions {
  std::string name = "variable";
  bool trainable = true;
};

/// A tensor that outlives programs: a weight, a moving statistic, an optimizer's slot, a metric's
/// total, a counter. A handle: copies are the same variable. It is a leaf of the graph; all changes
/// inside programs go through a context's `assign`.
///
/// The storage is aligned to 64 bytes, in Keras' layout, and never moves once placed.
/// Errors   ShapeError and TypeError when an assigned tensor does not fit.
/// Threads  reading while a program that writes it runs is not allowed.
/// Source   keras.Variable.
class Variable {
 public:
  Variable() = default;  // empty
  explicit Variable(const Tensor& initial, const VariableOptions& options = {});

  explicit operator bool() const { return node_ != nullptr; }
  bool operator==(const Variable& other) const { return node_ == other.node_; }

  const std::string& name() const { return state().name; }
  const std::string& path() const { return state().path; }
  void set_path(std::string path) { state().path = std::move(path); }
  const Shape& shape() const { return state().spec.shape; }
  DType dtype() const { return state().spec.dtype; }
  std::int64_t size() const { return shape().size(); }
  bool trainable() const { return state().trainable; }
  void set_trainable(bool trainable) { state().trainable = trainable; }

  /// The leaf of the graph.
  Value value() const { return {node_, 0}; }
  /// A copy of the present elements.
  Tensor read() const;
  /// Copies `tensor` in; it must have the same shape and element type.
  void assign(const Tensor& tensor);

  VariableState& state() const;
  const void* identity() const { return node_.get(); }
  std::byte* storage() const { return state().storage.get(); }

  /// The variable of a leaf, or an empty one.
  static Variable of(const Value& value);

 private:
  std::shared_ptr<const Node> node_;
};

/// Moves the variables that are not placed yet into one block, each aligned to 64 bytes, in order,
/// so that what is used together lies together; pads with zeros. Placed ones stay.
void place_together(std::span<const Variable> variables);

}  // namespace antler
