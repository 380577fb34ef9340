#include "antler/layers/call_context.h"

#include "antler/core/random.h"
#include "antler/ops/random.h"

namespace antler {

Value CallContext::mask(const Value& value) const {
  const auto found = masks_.find(key_of(value));
  return found == masks_.end() ? Value() : found->second;
}

void CallContext::set_mask(const Value& value, const Value& mask) {
  masks_.insert_or_assign(key_of(value), mask);
}

void CallContext::set_random_source(const Value& seed, const Value& step) {
  seed_ = seed;
  step_ = step;
}

Value CallContext::draw(const Shape& shape, bool normal, const std::optional<std::int64_t>& seed) {
  ops::Random op{.kind = normal ? ops::Random::Kind::normal : ops::Random::Kind::uniform,
                 .shape = shape};
  if (seed) {
    op.stream = next_streams_of_seeds_[*seed]++;
    return apply(op, {Tensor(*seed), step_ ? step_ : Value(Tensor(std::int64_t{0}))});
  }
  if (!seed_) {
    set_random_source(Tensor(static_cast<std::int64_t>(default_seed())),
                      Tensor(static_cast<std::int64_t>(antler::next_stream())));
  }
  op.stream = next_stream_++;
  return apply(op, {seed_, step_});
}

Value CallContext::random_uniform(const Shape& shape, std::optional<std::int64_t> seed) {
  return draw(shape, false, seed);
}

Value CallContext::random_normal(const Shape& shape, std::optional<std::int64_t> seed) {
  return draw(shape, true, seed);
}

}  // namespace antler
