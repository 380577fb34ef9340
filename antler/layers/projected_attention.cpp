#include "antler/layers/projected_attention.h"

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/layers/shape_list.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/attention.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/cast.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/logical.h"
#include "antler/ops/reshape.h"
#include "antler/ops/transpose.h"

namespace antler::detail {
namespace {

// "abc,cde->abde": `free` axes stay, `summed` ones go, `made` ones come.
struct Projection {
  std::string equation, bias_axes;
};

Projection projection_for(int free, int summed, int made) {
  const auto letters = [](int first, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += static_cast<char>('a' + first + i);
    return text;
  };
  const std::string kept = letters(0, free);
  const std::string gone = letters(free, summed);
  const std::string come = letters(free + summed, made);
  return {kept + gone + "," + gone + come + "->" + kept + come, come};
}

Layer make_projection(const EinsumDenseOptions& common, const std::string& name, int free,
                      int summed, const std::vector<std::int64_t>& made) {
  const Projection parts = projection_for(free, summed, static_cast<int>(made.size()));
  std::vector<std::int64_t> sizes(static_cast<std::size_t>(free - 1), None);
  sizes.insert(sizes.end(), made.begin(), made.end());
  EinsumDenseOptions options = common;
  options.name = name;
  if (options.bias_axes) options.bias_axes = parts.bias_axes;
  return EinsumDense(parts.equation, Shape(sizes), options);
}

// Projected inputs (batch, ..., heads, size) as (batches, time, heads, size), where `time` are the
// axes that attention runs over, and `batches` all before heads that are not.
class Arrangement {
 public:
  Arrangement(std::vector<int> axes, int rank) : axes_(std::move(axes)), rank_(rank) {
    for (int axis = 0; axis < rank - 2; ++axis) {
      if (std::find(axes_.begin(), axes_.end(), axis) == axes_.end()) batches_.push_back(axis);
    }
    order_ = batches_;
    order_.insert(order_.end(), axes_.begin(), axes_.end());
    order_.insert(order_.end(), {rank - 2, rank - 1});
  }

  Value flat(const Value& x) const {
    if (is_plain()) return x;
    const Shape& s = x.shape();
    return ops::reshape(ops::transpose(x, order_),
                        {size(s, batches_), size(s, axes_), s[-2], s[-1]});
  }

  // `like`: a projected query.
  Value restored(const Value& output, const Shape& like) const {
    if (is_plain()) return output;
    std::vector<std::int64_t> sizes;
    std::vector<int> back(order_.size());
    for (std::size_t i = 0; i < order_.size(); ++i) {
      sizes.push_back(like[order_[i]]);
      back[static_cast<std::size_t>(order_[i])] = static_cast<int>(i);
    }
    sizes.back() = output.shape().back();
    return ops::transpose(ops::reshape(output, Shape(sizes)), back);
  }

  // (batch, other axes, heads, T..., S...)
  Shape scores_shape(const Shape& query, const Shape& key) const {
    std::vector<std::int64_t> sizes;
    for (const int axis : batches_) sizes.push_back(query[axis]);
    sizes.push_back(query[-2]);
    for (const int axis : axes_) sizes.push_back(query[axis]);
    for (const int axis : axes_) sizes.push_back(key[axis]);
    return Shape(sizes);
  }

  // A mask gets the axes that it lacks in front of T.
  Value flat_mask(const Value& given, const Shape& query, const Shape& key) const {
    const Shape scores = scores_shape(query, key);
    const int attended = 2 * static_cast<int>(axes_.size());
    Value mask = given;
    if (mask.rank() < attended || mask.rank() > scores.rank()) {
      throw ShapeError("expected a mask that broadcasts to the scores " + scores.to_string() +
                       ", got " + given.shape().to_string());
    }
    while (mask.rank() < scores.rank()) mask = ops::expand_dims(mask, mask.rank() - attended);
    for (int axis = 0; axis < scores.rank(); ++axis) {
      const std::int64_t size = mask.shape()[axis];
      if (size == 1 || size == scores[axis]) continue;
      throw ShapeError("expected a mask that broadcasts to the scores " + scores.to_string() +
                       ", got " + given.shape().to_string());
    }
    if (is_plain()) return mask;
    const int heads_axis = static_cast<int>(batches_.size());
    Shape full = scores;
    full.set(heads_axis, mask.shape()[heads_axis]);
    return ops::reshape(ops::broadcast_to(mask, full), {size(query, batches_), full[heads_axis],
                                                        size(query, axes_), size(key, axes_)});
  }

 private:
  bool is_plain() const { return rank_ == 4; }
  static std::int64_t size(const Shape& shape, const std::vector<int>& axes) {
    std::int64_t product = 1;
    for (const int axis : axes) product *= shape[axis];
    return product;
  }

  std::vector<int> axes_, batches_, order_;
  int rank_;
};

Value both(const Value& a, const Value& b) {
  if (!a || !b) return a ? a : b;
  return ops::logical_and(a, b);
}

}  // namespace

void check_attention_inputs(const std::vector<Shape>& inputs) {
  if (inputs.size() < 2 || inputs.size() > 3) {
    throw ShapeError("expected 2 or 3 inputs (query, value, key), got " +
                     std::to_string(inputs.size()));
  }
  const int rank = inputs[0].rank();
  bool fits = rank >= 3;
  for (const Shape& shape : inputs) fits = fits && shape.rank() == rank;
  for (int axis = 1; fits && axis < rank - 1; ++axis) {
    const std::int64_t a = inputs[1][axis], b = inputs.back()[axis];
    fits = a == None || b == None || a == b;
  }
  if (fits) return;
  throw ShapeError("expected query (batch, T, n), value (batch, S, m) and key (batch, S, k), got " +
                   shape_list(inputs));
}

Value input_mask(const std::vector<Value>& inputs, std::size_t i, const CallContext& context) {
  const std::vector<Value>& given = context.options().mask;
  if (i < given.size() && given[i]) return given[i];
  return i < inputs.size() ? context.mask(inputs[i]) : Value();
}

Config attention_build_config(const std::vector<Shape>& built) {
  if (built.empty()) return Config();
  constexpr const char* kNames[] = {"query_shape", "value_shape", "key_shape"};
  Config shapes = Config::map();
  for (std::size_t i = 0; i < built.size(); ++i) shapes.set(kNames[i], to_config(built[i]));
  return Config::map({{"shapes_dict", shapes}});
}

void ProjectedAttention::build(const std::vector<Shape>& inputs, const SizesArg& output_shape,
                               bool use_gate) {
  check_attention_inputs(inputs);
  const Shape& query_shape = inputs[0];
  const int free = query_shape.rank() - 1;
  const auto make = [&](const char* name, std::int64_t heads, std::int64_t size, const Shape& input,
                        ActivationArg activation = {}) {
    EinsumDenseOptions options = projection;
    options.activation = std::move(activation);
    const Layer layer = make_projection(options, name, free, 1, {heads, size});
    layer.base().ensure_built({input});
    return layer;
  };
  query = make("query", sizes.heads, sizes.key_dim, query_shape);
  key = make("key", sizes.groups, sizes.key_dim, inputs.back());
  if (use_gate) gate = make("gate", sizes.heads, sizes.value_dim, query_shape, "sigmoid");
  value = make("value", sizes.groups, sizes.value_dim, inputs[1]);
  const std::vector<std::int64_t> made =
      output_shape.is_none() ? std::vector<std::int64_t>{query_shape.back()} : output_shape.get();
  output = make_projection(projection, "attention_output", free, 2, made);
  Shape given = query_shape;
  given.set(-1, sizes.heads);
  output.base().ensure_built({given.inserted(given.rank(), sizes.value_dim)});
}

std::vector<Layer> ProjectedAttention::projections() const {
  if (!gate) return {query, key, value, output};
  return {query, key, gate, value, output};
}

std::vector<std::string> ProjectedAttention::attributes() const {
  if (!gate) return {"query_dense", "key_dense", "value_dense", "output_dense"};
  return {"query_dense", "key_dense", "gate_dense", "value_dense", "output_dense"};
}

Value ProjectedAttention::mask_for(const std::vector<Value>& inputs, const Value& query_mask,
                                   CallContext& context) const {
  const auto flags = [](const Value& mask) { return ops::cast(mask, DType::boolean); };
  Value mask;
  if (query_mask) mask = ops::expand_dims(flags(query_mask), -1);
  for (std::size_t i = 1; i < 3; ++i) {  // of value and key, also of a key that is the value
    if (const Value given = input_mask(inputs, i, context)) {
      mask = both(mask, ops::expand_dims(flags(given), -2));
    }
  }
  const std::int64_t queries = inputs[0].shape()[1], keys = inputs[1].shape()[1];
  if (context.options().use_causal_mask) {
    mask = both(mask, ops::expand_dims(ops::causal_mask(queries, keys), 0));
  }
  if (sliding_window) {
    mask = both(mask, ops::expand_dims(ops::window_mask(queries, keys, *sliding_window), 0));
  }
  const Value& given = context.options().attention_mask;
  return both(given ? flags(given) : Value(), mask);
}

std::vector<Value> ProjectedAttention::call(const std::vector<Value>& inputs,
                                            const Value& query_mask, CallContext& context) const {
  check_attention_inputs(shapes_of(inputs));
  const bool wants_scores = context.options().return_attention_scores;
  const Value mask = mask_for(inputs, query_mask, context);
  const Value q = query(inputs[0], context);
  const Value k = key(inputs.back(), context);
  const Value gates = gate ? gate(inputs[0], context) : Value();
  const Value v = value(inputs[1], context);
  const Arrangement arrangement(axes, q.rank());
  // Keras' fused form lets a row without keys see all; scores that are made one by one are 0 there.
  const bool is_fused = q.rank() == 4 && dropout_rate == 0 && !wants_scores;
  const ops::AttentionOptions options{
      .mask = mask ? arrangement.flat_mask(mask, q.shape(), k.shape()) : Value(),
      .scale = 1 / std::sqrt(static_cast<double>(sizes.key_dim)),
      .zero_masked_rows = !is_fused};
  const Value flat_q = arrangement.flat(q), flat_k = arrangement.flat(k);
  const Value flat_v = arrangement.flat(v);
  ops::AttentionResult result;
  if (dropout_rate > 0 && context.training()) {
    result.scores = ops::attention_scores(flat_q, flat_k, options);
    result.output = ops::attention_output(dropout(result.scores, context), flat_v);
  } else {
    result = ops::attention(flat_q, flat_k, flat_v, options);
  }
  Value heads = arrangement.restored(result.output, q.shape());
  if (gates) heads = heads * gates;
  const Value y = output(heads, context);
  if (!wants_scores) return {y};
  return {y, ops::reshape(result.scores, arrangement.scores_shape(q.shape(), k.shape()))};
}

}  // namespace antler::detail
