#include "antler/layers/call_context.h"

#include <algorithm>

#include "antler/core/random.h"
#include "antler/ops/random.h"

namespace antler {

CallContext::CallContext(const CallOptions& options) : training_(options.training) {}
CallContext::~CallContext() = default;

Value CallContext::mask(const Value& value) const {
  for (const auto& [masked, mask] : masks_) {
    if (masked.is_same(value)) return mask;
  }
  return Value();
}

void CallContext::set_mask(const Value& value, const Value& mask) {
  for (auto& [masked, present] : masks_) {
    if (!masked.is_same(value)) continue;
    present = mask;
    return;
  }
  if (mask) masks_.emplace_back(value, mask);
}

void CallContext::add_loss(const Value& loss) { losses_.push_back(loss); }

std::uint32_t& CallContext::next_stream_of(std::int64_t seed) {
  for (auto& [present, next] : next_streams_of_seeds_) {
    if (present == seed) return next;
  }
  return next_streams_of_seeds_.emplace_back(seed, 0).second;
}

void CallContext::set_random_source(const Value& seed, const Value& step) {
  seed_ = seed;
  step_ = step;
  has_source_ = true;
}

Value CallContext::draw(const Shape& shape, bool normal, const std::optional<std::int64_t>& seed) {
  ops::Random op{.kind = normal ? ops::Random::Kind::normal : ops::Random::Kind::uniform,
                 .shape = shape};
  if (seed) {
    op.stream = next_stream_of(*seed)++;
    return apply(op, {Tensor(*seed), has_source_ ? step_ : Value(Tensor(own_step_))});
  }
  if (!seed_) {
    seed_ = Tensor(static_cast<std::int64_t>(default_seed()));
    step_ = Tensor(static_cast<std::int64_t>(antler::next_stream()));
  }
  op.stream = next_stream_++;
  return apply(op, {seed_, step_});
}

CallScope::CallScope(CallContext& context, const std::vector<Value>& inputs,
                     const CallOptions& options)
    : context_(context), training_(context.training_), options_(std::move(context.options_)) {
  context.options_ = options;
  if (options.training) context.training_ = options.training;
  for (std::size_t i = 0; i < std::min(options.mask.size(), inputs.size()); ++i) {
    masks_.emplace_back(inputs[i], context.mask(inputs[i]));
    context.set_mask(inputs[i], options.mask[i]);
  }
}

CallScope::~CallScope() {
  // The last first: one value may be several inputs.
  for (auto saved = masks_.rbegin(); saved != masks_.rend(); ++saved) {
    context_.set_mask(saved->first, saved->second);
  }
  context_.options_ = std::move(options_);
  context_.training_ = training_;
}

Value CallContext::random_uniform(const Shape& shape, std::optional<std::int64_t> seed) {
  return draw(shape, false, seed);
}

Value CallContext::random_normal(const Shape& shape, std::optional<std::int64_t> seed) {
  return draw(shape, true, seed);
}

}  // namespace antler
