#pragma once

#include <functional>

#include "antler/core/tensor.h"
#include "antler/graph/rewrite.h"
#include "antler/graph/value.h"

namespace antler::testing {

/// f(x) built while the first `unknown` axes of x are, then replayed with x's sizes, as a Model
/// does.
inline Tensor replayed(const std::function<Value(const Value&)>& f, const Tensor& x, int unknown) {
  TensorSpec spec{x.shape(), x.dtype()};
  for (int axis = 0; axis < unknown; ++axis) spec.shape.set(axis, None);
  const Value input = make_input(spec);
  const Value y = f(input);
  const Value argument(x);
  return evaluate(inline_graph({{input}, {y}}, {&argument, 1}).front());
}

}  // namespace antler::testing
