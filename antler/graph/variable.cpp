#include "antler/graph/variable.h"

#include <cstring>

#include "antler/core/error.h"
#include "antler/graph/node.h"

namespace antler {
namespace {

std::size_t byte_size(const VariableState& state) {
  return static_cast<std::size_t>(state.spec.shape.size() * item_size(state.spec.dtype));
}

}  // namespace

Variable::Variable(const Tensor& initial, const VariableOptions& options) {
  if (initial.dtype() == DType::string) {
    with_error_prefix("Variable: ", [] { refuse_strings(); });
  }
  auto state = std::make_unique<VariableState>();
  state->name = options.name;
  state->path = options.name;
  state->trainable = options.trainable;
  state->spec = {initial.shape(), initial.dtype()};
  state->storage = allocate_aligned(byte_size(*state), true);
  std::memcpy(state->storage.get(), initial.raw(), byte_size(*state));
  node_ = Node::variable(std::move(state));
}

VariableState& Variable::state() const {
  if (node_ == nullptr) throw StateError("Variable: an empty variable was used");
  return node_->variable_state();
}

Tensor Variable::read() const {
  Tensor out = Tensor::uninitialized(dtype(), shape());
  std::memcpy(out.mutable_raw(), storage(), byte_size(state()));
  return out;
}

void Variable::assign(const Tensor& tensor) {
  if (tensor.shape() != shape()) {
    throw ShapeError(path() + ": expected shape " + shape().to_string() + ", got " +
                     tensor.shape().to_string());
  }
  if (tensor.dtype() != dtype()) {
    throw TypeError(path() + ": expected type " + std::string(antler::name(dtype())) + ", got " +
                    std::string(antler::name(tensor.dtype())) + "; convert with astype()");
  }
  std::memcpy(storage(), tensor.raw(), byte_size(state()));
}

Variable Variable::of(const Value& value) {
  Variable out;
  if (value && value.node().kind() == NodeKind::variable) out.node_ = value.shared_node();
  return out;
}

void place_together(std::span<const Variable> variables) {
  constexpr std::size_t kAlignment = 64;
  const auto padded = [](const VariableState& state) {
    return (byte_size(state) + kAlignment - 1) / kAlignment * kAlignment;
  };
  std::size_t total = 0;
  for (const Variable& v : variables) total += v.state().placed ? 0 : padded(v.state());
  const std::shared_ptr<std::byte[]> arena = allocate_aligned(total, true);
  std::size_t offset = 0;
  for (const Variable& v : variables) {
    VariableState& state = v.state();
    if (state.placed) continue;
    std::memcpy(arena.get() + offset, state.storage.get(), byte_size(state));
    state.storage = {arena, arena.get() + offset};
    state.placed = true;
    offset += padded(state);
  }
}

}  // namespace antler
