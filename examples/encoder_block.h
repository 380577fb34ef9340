// A Transformer's encoder block as layers of one's own.
#pragma once

#include <antler/antler.h>

namespace course {

using antler::CallContext, antler::Dense, antler::Layer, antler::LayerBase,
    antler::LayerNormalization, antler::MultiHeadAttention, antler::Shape, antler::Value,
    antler::Variable;

// x + two Dense layers on each step, normalized: what every block ends with.
struct FeedForward : LayerBase {
  FeedForward(std::int64_t width, std::int64_t hidden)
      : first(add_layer(Dense(hidden, {.activation = "relu"}))), second(add_layer(Dense(width))) {}
  Value call(const Value& x, CallContext& context) const override {
    return norm(x + second(first(x, context), context), context);
  }
  Layer first, second, norm = add_layer(LayerNormalization());
};

// Every step looks at every step, then thinks by itself.
struct EncoderBlock : LayerBase {
  EncoderBlock(std::int64_t width, std::int64_t heads)
      : attention(add_layer(MultiHeadAttention(heads, width / heads))),
        norm(add_layer(LayerNormalization())),
        feed_forward(add_layer(antler::make_layer<FeedForward>(width, 2 * width))) {}
  Value call(const Value& x, CallContext& context) const override {
    return feed_forward(norm(x + attention({x, x}, context), context), context);
  }
  Layer attention, norm, feed_forward;
};

// A learned vector for each place in the window: attention alone knows no order.
struct Positions : LayerBase {
  void build(const Shape& in) override {
    places =
        add_weight({.name = "places", .shape = {in[1], in[2]}, .initializer = "random_uniform"});
  }
  Value call(const Value& x, CallContext&) const override { return x + places; }
  Variable places;
};

}  // namespace course
