#include "antler/layers/merging.h"

#include <algorithm>

#include "antler/layers/layer_with_options.h"
#include "antler/layers/shape_list.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/extrema.h"
#include "antler/ops/logical.h"
#include "antler/ops/operands.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

using Binary = Value (*)(const Value&, const Value&);

// Axes of size 1 after the batch axis, as many as `rank` needs.
Shape expanded(Shape shape, int rank) {
  while (shape.rank() < rank) shape = shape.inserted(1, 1);
  return shape;
}

void check_shapes(const std::vector<Shape>& shapes) {
  int rank = 0;
  for (const Shape& shape : shapes) {
    if (shape.rank() == 0) {
      throw ShapeError("expected inputs with a batch axis, got " + shape_list(shapes));
    }
    rank = std::max(rank, shape.rank());
  }
  Shape sum = expanded(shapes[0], rank);
  for (const Shape& shape : shapes) {
    const Shape term = expanded(shape, rank);
    for (int axis = 0; axis < rank; ++axis) {
      if (sum[axis] == term[axis] || term[axis] == None || (axis > 0 && term[axis] == 1)) continue;
      if (sum[axis] == None || (axis > 0 && sum[axis] == 1)) {
        sum.set(axis, term[axis]);
      } else {
        throw ShapeError("expected inputs of one shape, or with sizes of 1, got " +
                         shape_list(shapes));
      }
    }
  }
}

// A mask beside an input, with the feature axis that it lacks.
Value mask_over(const Value& x, const CallContext& context) {
  const Value mask = context.mask(x);
  return mask && mask.rank() < x.rank() ? ops::expand_dims(mask, -1) : mask;
}

class MergeLayer : public LayerWithOptions<MergeOptions> {
 public:
  using LayerWithOptions::LayerWithOptions;

  bool takes_list(std::size_t) const override { return true; }
  bool supports_masking() const override { return true; }

  void build_list(const std::vector<Shape>& inputs) override { check(inputs); }

  std::vector<Value> call_list(const std::vector<Value>& inputs,
                               CallContext& context) const override {
    check(shapes_of(inputs));
    int rank = 0;
    for (const Value& input : inputs) rank = std::max(rank, input.rank());
    std::vector<Value> terms;
    for (Value term : inputs) {
      while (term.rank() < rank) term = ops::expand_dims(term, 1);
      terms.push_back(term);
    }
    return {merge(terms, context)};
  }

  Value compute_mask(const std::vector<Value>& inputs, const CallContext& context) const override {
    Value any;
    for (const Value& input : inputs) {
      const Value mask = context.mask(input);
      if (!mask) return Value();
      any = any ? ops::logical_or(any, mask) : mask;
    }
    return any;
  }

 protected:
  virtual void check(const std::vector<Shape>& inputs) const { check_shapes(inputs); }
  virtual Value merge(const std::vector<Value>& terms, const CallContext& context) const = 0;
};

Value sum_of(const std::vector<Value>& terms) {
  Value sum = terms[0];
  for (std::size_t i = 1; i < terms.size(); ++i) sum = sum + terms[i];
  return sum;
}

class AddLayer final : public MergeLayer {
  using MergeLayer::MergeLayer;
  std::string class_name() const override { return "Add"; }
  Value merge(const std::vector<Value>& terms, const CallContext&) const override {
    return sum_of(terms);
  }
};

class SubtractLayer final : public MergeLayer {
  using MergeLayer::MergeLayer;
  std::string class_name() const override { return "Subtract"; }
  void check(const std::vector<Shape>& inputs) const override {
    if (inputs.size() != 2) {
      throw ShapeError("expected two inputs, got " + std::to_string(inputs.size()));
    }
    MergeLayer::check(inputs);
  }
  Value merge(const std::vector<Value>& terms, const CallContext&) const override {
    return terms[0] - terms[1];
  }
};

class MultiplyLayer final : public MergeLayer {
  using MergeLayer::MergeLayer;
  std::string class_name() const override { return "Multiply"; }
  Value merge(const std::vector<Value>& terms, const CallContext& context) const override {
    Value product, any;
    bool all_masked = true;
    for (const Value& term : terms) {
      const Value mask = mask_over(term, context);
      const Value factor = mask ? ops::where(mask, term, 1) : term;
      product = product ? product * factor : factor;
      all_masked = all_masked && mask;
      if (mask) any = any ? ops::logical_or(any, mask) : mask;
    }
    if (all_masked) product = ops::where(any, product, 0);
    return product;
  }
};

class AverageLayer final : public MergeLayer {
  using MergeLayer::MergeLayer;
  std::string class_name() const override { return "Average"; }
  Value merge(const std::vector<Value>& terms, const CallContext&) const override {
    return ops::detail::as_floating(sum_of(terms)) / static_cast<double>(terms.size());
  }
};

// Keras' rule: where only one of two has a mask that leaves a place out, the other's number stands;
// the mask of the two is dropped as soon as one has none.
Value extreme_of(const std::vector<Value>& terms, const CallContext& context, Binary extreme) {
  Value best = terms[0];
  Value best_mask = mask_over(best, context);
  for (std::size_t i = 1; i < terms.size(); ++i) {
    const Value mask = mask_over(terms[i], context);
    const Value term = mask ? ops::where(mask, terms[i], best) : terms[i];
    if (best_mask) best = ops::where(best_mask, best, term);
    best_mask = mask && best_mask ? ops::logical_or(best_mask, mask) : Value();
    best = extreme(best, term);
  }
  return best;
}

class MaximumLayer final : public MergeLayer {
  using MergeLayer::MergeLayer;
  std::string class_name() const override { return "Maximum"; }
  Value merge(const std::vector<Value>& terms, const CallContext& context) const override {
    return extreme_of(terms, context, ops::maximum);
  }
};

class MinimumLayer final : public MergeLayer {
  using MergeLayer::MergeLayer;
  std::string class_name() const override { return "Minimum"; }
  Value merge(const std::vector<Value>& terms, const CallContext& context) const override {
    return extreme_of(terms, context, ops::minimum);
  }
};

}  // namespace

Add::Add(const MergeOptions& options) : Layer(std::make_shared<AddLayer>(options)) {}
Subtract::Subtract(const MergeOptions& options) : Layer(std::make_shared<SubtractLayer>(options)) {}
Multiply::Multiply(const MergeOptions& options) : Layer(std::make_shared<MultiplyLayer>(options)) {}
Average::Average(const MergeOptions& options) : Layer(std::make_shared<AverageLayer>(options)) {}
Maximum::Maximum(const MergeOptions& options) : Layer(std::make_shared<MaximumLayer>(options)) {}
Minimum::Minimum(const MergeOptions& options) : Layer(std::make_shared<MinimumLayer>(options)) {}

Layer Add::from_config(const Config& config) {
  return Add(layer_options<MergeOptions>("Add", config));
}
Layer Subtract::from_config(const Config& config) {
  return Subtract(layer_options<MergeOptions>("Subtract", config));
}
Layer Multiply::from_config(const Config& config) {
  return Multiply(layer_options<MergeOptions>("Multiply", config));
}
Layer Average::from_config(const Config& config) {
  return Average(layer_options<MergeOptions>("Average", config));
}
Layer Maximum::from_config(const Config& config) {
  return Maximum(layer_options<MergeOptions>("Maximum", config));
}
Layer Minimum::from_config(const Config& config) {
  return Minimum(layer_options<MergeOptions>("Minimum", config));
}

}  // namespace antler
